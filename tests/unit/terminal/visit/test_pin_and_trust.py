"""What a right PIN adds to trust, against a table of its own; and how often a card is given a PIN."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.catalogue.loading import catalogue
from domain.messages.contract import TrustLevel
from drivers.pcsc.events import CardArrived, CardGone
from terminal.services.catalogue.kinds import service_for
from terminal.services.catalogue.phone_binding import BEGIN
from terminal.visit.effects import CheckPin, Speak
from terminal.visit.events import Answered, Chosen, PinChecked, PinTyped
from terminal.visit.states import Serving
from terminal.visit.steps import Facts, PinState, Text
from tests.unit.terminal.visit.counter_desk import CARD, HOLDER, READER, Desk

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


def at_the_pin() -> Desk:
    """A card lies there, and its PIN is being asked for."""
    shipped = catalogue()
    desk = Desk((service_for(shipped.services["issue-e-card"], shipped),))
    desk.identified_by_card(PROVED)
    desk.tell(Answered("phone", {"bound": False}), Chosen(BEGIN))
    assert not desk.counter.card_missing
    return desk


def test_a_card_taken_while_its_pin_is_asked_for_is_said_at_once_and_an_older_mistake_is_gone() -> None:
    desk = at_the_pin()
    desk.tell(PinTyped("000000"), PinChecked("card.pin_wrong", 2))
    before = len(desk.asked)
    desk.tell(CardGone(2.0, READER))
    assert desk.counter.card_missing
    assert Speak(Text("fault.visit.card_for_pin")) in desk.asked[before:]
    assert desk.counter.notice is None
    assert isinstance(desk.counter.stage, Serving)
    assert desk.counter.stage.facts.pin is PinState.NOT_ASKED


def test_a_pin_without_the_card_costs_no_try_and_the_card_laid_again_takes_it() -> None:
    desk = at_the_pin()
    desk.tell(CardGone(2.0, READER), PinTyped("123456"))
    assert not desk.effects(CheckPin)
    desk.tell(CardArrived(3.0, "Another reader 01"))
    assert not desk.counter.card_missing
    assert desk.counter.notice is None
    desk.tell(PinTyped("123456"))
    assert [asked.reader for asked in desk.effects(CheckPin)] == ["Another reader 01"]


def test_a_card_taken_and_laid_again_before_the_pin_is_asked_for_takes_it_too() -> None:
    shipped = catalogue()
    desk = Desk((service_for(shipped.services["issue-e-card"], shipped),))
    desk.identified_by_card(PROVED)
    desk.tell(Answered("phone", {"bound": False}), CardGone(2.0, READER), CardArrived(3.0, READER))
    desk.tell(Chosen(BEGIN), PinTyped("123456"))
    assert [asked.reader for asked in desk.effects(CheckPin)] == [READER]
    assert desk.counter.card_waiting == ""
