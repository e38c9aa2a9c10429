"""What a right PIN adds to trust, against a table of its own; and how often a card is given a PIN."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.catalogue.loading import catalogue
from domain.messages.contract import TrustLevel
from terminal.services.catalogue.kinds import service_for
from terminal.services.catalogue.phone_binding import BEGIN
from terminal.visit.effects import CheckPin
from terminal.visit.events import Answered, Chosen, PinChecked, PinTyped
from terminal.visit.steps import Facts, PinState
from tests.unit.terminal.visit.counter_desk import CARD, HOLDER, Desk

NONE, READ, VERIFIED, HIGHEST = TrustLevel.NONE, TrustLevel.READ, TrustLevel.VERIFIED, TrustLevel.HOLDER
PROVED = HOLDER.model_copy(update={"trust": VERIFIED})


@pytest.mark.parametrize("pin", PinState)
@pytest.mark.parametrize(
    ("card", "centre", "without_pin", "with_pin"),
    [
        (NONE, NONE, NONE, NONE),
        (READ, NONE, READ, READ),
        (READ, READ, READ, READ),
        (NONE, READ, READ, READ),
        (READ, VERIFIED, VERIFIED, HIGHEST),
        (VERIFIED, READ, VERIFIED, HIGHEST),
        (VERIFIED, VERIFIED, VERIFIED, HIGHEST),
        (READ, HIGHEST, HIGHEST, HIGHEST),
    ],
)
def test_a_right_pin_lifts_a_proved_card_and_no_other(
    card: TrustLevel, centre: TrustLevel, without_pin: TrustLevel, with_pin: TrustLevel, pin: PinState
) -> None:
    facts = Facts(
        date(2026, 11, 23),
        online=True,
        credential=replace(CARD, trust=card),
        holder=HOLDER.model_copy(update={"trust": centre}),
        pin=pin,
    )
    assert facts.trust is (with_pin if pin is PinState.RIGHT else without_pin)


def test_without_a_person_there_is_no_trust_whatever_the_pin() -> None:
    assert Facts(date(2026, 11, 23), online=True, pin=PinState.RIGHT).trust is NONE


def test_a_pin_is_given_to_the_card_once_however_often_its_keys_are_pressed() -> None:
    """Each PIN that is wrong costs one of three tries: a second press must not cost another."""
    shipped = catalogue()
    desk = Desk((service_for(shipped.services["issue-e-card"], shipped),))
    desk.identified_by_card(PROVED)
    desk.tell(Answered("phone", {"bound": False}), Chosen(BEGIN))
    before = len(desk.effects(CheckPin))
    desk.tell(PinTyped("123456"), PinTyped("123456"), PinTyped("654321"))
    assert len(desk.effects(CheckPin)) == before + 1
    desk.tell(PinChecked(), PinTyped("123456"))
    assert len(desk.effects(CheckPin)) == before + 1
