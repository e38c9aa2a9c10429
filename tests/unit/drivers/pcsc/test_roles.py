"""Slots are classified by the names that PC/SC gives them, without any setting."""

from __future__ import annotations

import pytest

from drivers.pcsc.events import CardArrived, CardGone, ReadersChanged
from drivers.pcsc.monitor import matching
from drivers.pcsc.places import TOGETHER_MS, Places
from drivers.pcsc.roles import Kind, Role, classify, partners_of

CONTACT, CONTACTLESS = "ACS ACR1281 1S Dual Reader 00 00", "ACS ACR1281 1S Dual Reader 00 01"
SAM = "ACS ACR1281 1S Dual Reader 00 02"

SLOTS = {
    CONTACT: (Kind.CONTACT, Role.PUBLIC),
    CONTACTLESS: (Kind.CONTACTLESS, Role.PUBLIC),
    SAM: (Kind.SAM, Role.SAM),
    "ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] 00 00": (Kind.CONTACTLESS, Role.PUBLIC),
    "ACS ACR1252 1S CL Reader [ACR1252 Reader SAM] 01 00": (Kind.SAM, Role.SAM),
    "ACS ACR122U PICC Interface 00 00": (Kind.CONTACTLESS, Role.PUBLIC),
    "SpringCard CrazyWriter SAM A 00 02": (Kind.SAM, Role.SAM),
    "Broadcom Corp 58200 [Contacted SmartCard] (0123456789ABCD) 00 00": (Kind.CONTACT, Role.PUBLIC),
    "Broadcom Corp 58200 [Contactless SmartCard] (0123456789ABCD) 01 00": (Kind.CONTACTLESS, Role.PUBLIC),
    "Yubico YubiKey OTP+FIDO+CCID 00 00": (None, Role.TOKEN),
    "Virtual PCD 00 00": (None, Role.VIRTUAL),
    "Desk 00 00": (Kind.UNKNOWN, Role.PUBLIC),
}


@pytest.mark.parametrize("name", SLOTS)
def test_a_slot_is_known_by_its_name(name: str) -> None:
    """FC-8, FC-1."""
    (slot,) = classify([name])
    kind, role = SLOTS[name]
    assert slot.role is role
    assert kind in (None, slot.kind)


def test_a_pattern_never_chooses_a_sam_slot_or_a_virtual_reader() -> None:
    names = (CONTACT, CONTACTLESS, SAM, "Virtual PCD 00 00")
    assert matching(names, "*") == (CONTACT, CONTACTLESS)
    assert matching(names, "*", CONTACT) == (CONTACTLESS,)
    assert matching(names, "Virtual PCD 00 00") == matching(names, "virtual*") == ()


def test_a_name_with_brackets_is_a_name_and_no_pattern() -> None:
    name = "ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] 00 00"
    assert matching((name,), name) == (name,)


def test_a_card_seen_by_both_slots_of_a_device_is_one_card() -> None:
    """FC-13."""
    posted: list[object] = []
    places = Places(posted.append)
    places.on_event(ReadersChanged(0, (CONTACT, CONTACTLESS)))
    posted.clear()
    places.on_event(CardArrived(0, CONTACTLESS))
    places.on_event(CardArrived(400, CONTACT))
    places.on_event(CardGone(800, CONTACTLESS))
    assert places.slot_with_card(CONTACTLESS) == CONTACT
    places.on_event(CardGone(9_000, CONTACT))
    assert posted == [CardArrived(0, CONTACTLESS), CardGone(9_000, CONTACTLESS)]


def test_a_card_forgotten_in_one_slot_does_not_make_the_other_deaf() -> None:
    posted: list[object] = []
    places = Places(posted.append)
    places.on_event(ReadersChanged(0, (CONTACT, CONTACTLESS)))
    places.on_event(CardArrived(0, CONTACT))
    places.on_event(CardArrived(TOGETHER_MS + 1, CONTACTLESS))
    assert posted[-1] == CardArrived(TOGETHER_MS + 1, CONTACTLESS)


def test_two_slots_that_are_not_known_to_be_one_place_stay_apart() -> None:
    assert partners_of(("Desk 00 00", "Desk 00 01")) == {}
    assert partners_of((CONTACT, CONTACTLESS, SAM)) == {CONTACT: CONTACTLESS, CONTACTLESS: CONTACT}
