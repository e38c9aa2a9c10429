"""A code on the screen, in a visit: the centre is asked each second, which lengthens nobody's time; what it
says of another order, or not at all, changes nothing."""

from __future__ import annotations

import pytest

from config.catalogue.loading import catalogue
from domain.credential import SocialSecurityCard
from domain.messages.contract import TrustLevel
from terminal.services.catalogue.kinds import service_for
from terminal.services.catalogue.phone_binding import ANSWER, BEGIN, FRESH, SAME
from terminal.visit.effects import AskCentre
from terminal.visit.events import (
    Answered,
    Chosen,
    NotAnswered,
    PinChecked,
    PinTyped,
    StartOver,
    Submitted,
    TimerFired,
)
from terminal.visit.states import Failed, Finished, Idle, Serving
from terminal.visit.steps import Certainty, Choose, ShowCode, SubmissionOutcome, Submit
from terminal.visit.timing import WATCH
from tests.unit.terminal.visit.counter_desk import CARD, HOLDER, Desk

ORDER = "0193a7c2-5b1e-7c40-9a55-3f0d2f6b1e77"
PROVED = HOLDER.model_copy(update={"trust": TrustLevel.VERIFIED})
CODE = {"code": "A" * 26, "hash": "0" * 64, "address": "https://card.example/phone"}


def proved() -> SocialSecurityCard:
    fields = {name: getattr(CARD, name) for name in CARD.__dataclass_fields__}
    return SocialSecurityCard(**{**fields, "trust": TrustLevel.VERIFIED})


@pytest.fixture
def desk() -> Desk:
    """Somebody has ordered a binding: its code stands on the screen."""
    shipped = catalogue()
    desk = Desk((service_for(shipped.services["issue-e-card"], shipped),))
    desk.identified_by_card(PROVED)
    desk.tell(Answered("phone", {"bound": False}), Chosen(BEGIN))
    desk.tell(PinTyped("123456"), PinChecked())
    desk.tell(Answered(FRESH, CODE))
    desk.tell(Submitted(0, SubmissionOutcome(Certainty.CONFIRMED, ORDER)))
    assert shown(desk).content == f"https://card.example/phone#{ORDER}.{'A' * 26}"
    return desk


def shown(desk: Desk) -> ShowCode:
    stage = desk.counter.stage
    assert isinstance(stage, Serving), stage
    assert isinstance(stage.step, ShowCode), stage.step
    return stage.step


def told(desk: Desk, **said: str) -> None:
    """The second is over, the centre is asked and answers."""
    desk.fire(WATCH)
    desk.tell(Answered("binding", {"order": ORDER, **said}))


def looks(desk: Desk) -> int:
    questions = [each.question for each in desk.asked if isinstance(each, AskCentre)]
    return sum(question.name == "binding" for question in questions)


def test_it_is_asked_again_and_again_and_nobodys_time_grows(desk: Desk) -> None:
    rest = dict(desk.counter.timers)["rest"]
    for _ in range(3):
        told(desk, state="open")
    assert looks(desk) == 3
    assert dict(desk.counter.timers)["rest"] == rest
    stage = desk.counter.stage
    assert isinstance(stage, Serving)
    assert [name for name, _ in stage.facts.answers].count("binding") == 1


def test_a_centre_that_does_not_answer_is_asked_again(desk: Desk) -> None:
    desk.fire(WATCH)
    desk.tell(NotAnswered("binding", "central.unreachable"))
    told(desk, state="open")
    assert looks(desk) == 2
    desk.fire(WATCH)
    desk.tell(NotAnswered("binding", "holder.not_presented"))
    assert desk.counter.stage == Failed("holder.not_presented")


def test_what_is_told_of_another_order_is_nobodys_phone(desk: Desk) -> None:
    desk.fire(WATCH)
    desk.tell(Answered("binding", {"order": "another", "state": "claimed", "digits": "1111"}))
    shown(desk)


def test_the_phone_that_came_is_compared_and_the_code_is_asked_about_no_more(desk: Desk) -> None:
    told(desk, state="claimed", digits="4821")
    stage = desk.counter.stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Choose)
    assert WATCH not in dict(desk.counter.timers)
    before = looks(desk)
    desk.tell(TimerFired(WATCH, desk.counter.timer_serial))
    assert looks(desk) == before
    desk.tell(Chosen(ANSWER + SAME))
    stage = desk.counter.stage
    assert isinstance(stage, Serving)
    assert isinstance(stage.step, Submit)
    assert [each.draft.action for each in desk.submitted()] == ["issue", "bind"]
    desk.tell(Submitted(1, SubmissionOutcome(Certainty.CONFIRMED, "2")))
    assert isinstance(desk.counter.stage, Finished)


@pytest.mark.parametrize("reason", ["binding.expired", "binding.too_many_tries", "binding.used"])
def test_a_code_that_is_over_ends_the_visit_with_its_reason(desk: Desk, reason: str) -> None:
    told(desk, refusal=reason)
    stage = desk.counter.stage
    assert isinstance(stage, Finished)
    assert stage.result.reason is not None
    assert stage.result.reason.id == f"fault.{reason}"


def test_who_goes_away_takes_the_code_off_the_screen_and_a_late_answer_finds_nobody(desk: Desk) -> None:
    desk.fire(WATCH)
    desk.tell(StartOver())
    assert desk.counter.stage == Idle()
    desk.tell(Answered("binding", {"order": ORDER, "state": "claimed", "digits": "4821"}))
    assert desk.counter.stage == Idle()
    assert "A" * 26 not in repr(desk.counter)
