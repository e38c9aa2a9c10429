"""FC-64: "coming" is said only after a named person has answered; without an answer the next way is named."""

from __future__ import annotations

import pytest

from drivers.pcsc.events import CardArrived
from terminal.visit.effects import CallStaff, EndStaffCall, Speak
from terminal.visit.events import ClerkServes, StaffAnswered, StaffCalled, StartOver, TimerFired
from terminal.visit.staff_call import ANSWER_WAIT_MS, STAFF_CALL
from terminal.visit.steps import Text
from tests.unit.terminal.visit.counter_desk import READER, Desk
from ui.presenter import staff_text


def called() -> Desk:
    desk = Desk()
    desk.tell(StaffCalled())
    return desk


def shown(desk: Desk) -> str:
    text = staff_text(desk.counter)
    return text.id if text else ""


def serial(desk: Desk) -> int:
    return dict(desk.counter.timers)[STAFF_CALL]


def test_a_touch_calls_and_the_screen_says_calling() -> None:
    desk = called()
    assert CallStaff() in desk.asked
    assert shown(desk) == "ui.staff_calling"
    assert Speak(Text("ui.staff_calling")) in desk.asked


def test_coming_is_said_with_the_name_of_who_answered() -> None:
    desk = called()
    desk.tell(StaffAnswered("王芳"))
    assert staff_text(desk.counter) == Text("ui.staff_coming", (("name", "王芳"),))


def test_an_answer_without_a_call_changes_nothing() -> None:
    desk = Desk()
    before = desk.counter
    assert desk.tell(StaffAnswered("王芳")) == before


def test_a_second_touch_sends_no_second_call() -> None:
    desk = called()
    desk.tell(StaffCalled())
    assert desk.asked.count(CallStaff()) == 1


def test_after_a_minute_without_an_answer_the_next_way_is_shown_and_spoken() -> None:
    desk = called()
    assert ANSWER_WAIT_MS == 60_000
    desk.tell(TimerFired(STAFF_CALL, serial(desk)))
    assert shown(desk) == "ui.staff_next_way"
    assert Speak(Text("ui.staff_next_way")) in desk.asked
    desk.tell(StaffAnswered("王芳"))
    assert shown(desk) == "ui.staff_coming"


def test_a_timer_of_an_earlier_call_says_nothing() -> None:
    desk = called()
    desk.tell(TimerFired(STAFF_CALL, serial(desk) - 1))
    assert shown(desk) == "ui.staff_calling"


def test_an_unanswered_person_may_call_again() -> None:
    desk = called()
    desk.tell(TimerFired(STAFF_CALL, serial(desk)))
    desk.tell(StaffCalled())
    assert desk.asked.count(CallStaff()) == 2
    assert shown(desk) == "ui.staff_calling"


@pytest.mark.parametrize(("event", "by"), [(StartOver(), ""), (ClerkServes("王芳 (1)"), "王芳 (1)")])
def test_the_call_ends_with_the_visit_or_when_the_clerk_is_there(event: object, by: str) -> None:
    desk = Desk()
    desk.tell(CardArrived(READER, 0.0))
    desk.tell(StaffCalled())
    desk.tell(event)  # type: ignore[arg-type]
    assert EndStaffCall(by) in desk.asked
    assert shown(desk) == ""
