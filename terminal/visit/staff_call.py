"""Help that comes: a call is out until it is answered by a named person, or until it is over.

The screen says "calling" from the touch on, "coming" only with a name, and the next way after
``ANSWER_WAIT_MS`` without an answer.
"""

from __future__ import annotations

from dataclasses import replace

from terminal.visit.effects import CallStaff, EndStaffCall, PlaySound, Speak, StopTimer
from terminal.visit.states import Counter
from terminal.visit.steps import text
from terminal.visit.timing import Moved, start_timer, touched
from terminal.visit.world import World

STAFF_CALL = "staff_call"
ANSWER_WAIT_MS = 60_000
NEXT_WAY_SHOWN_MS = 20_000


def call(counter: Counter, world: World) -> Moved:
    """The first touch calls; a further one while a call is out only keeps the screen."""
    if counter.staff_called and not counter.staff_unanswered:
        return touched(counter, world)
    called = replace(counter, staff_called=True, staff_coming="", staff_unanswered=False)
    timed, timer = start_timer(called, STAFF_CALL, ANSWER_WAIT_MS)
    kept, effects = touched(timed, world)
    return kept, (CallStaff(), PlaySound("warning"), Speak(text("ui.staff_calling")), timer, *effects)


def answered(counter: Counter, name: str, world: World) -> Moved:
    """An answer to a call that is over is nobody's."""
    if not counter.staff_called or counter.staff_coming == name:
        return counter, ()
    coming = replace(counter, staff_coming=name, staff_unanswered=False)
    said = Speak(text("ui.staff_coming", name=name))
    kept, effects = touched(coming, world)
    return kept, (StopTimer(STAFF_CALL), PlaySound("soft"), said, *effects)


def unanswered(counter: Counter, world: World) -> Moved:
    """The call stays out, an answer is still welcome; the person gets time for the next way."""
    if not counter.staff_called or counter.staff_coming:
        return counter, ()
    timed, timer = start_timer(replace(counter, staff_unanswered=True), "notice", NEXT_WAY_SHOWN_MS)
    kept, effects = touched(replace(timed, notice=text("ui.staff_next_way")), world)
    return kept, (PlaySound("soft"), Speak(text("ui.staff_next_way")), timer, *effects)


def ended(counter: Counter) -> Counter:
    return replace(counter, staff_called=False, staff_coming="", staff_unanswered=False)


def over(before: Counter, after: Counter) -> Moved:
    """The end of the call, where a step took it back or staff is there."""
    if not before.staff_called or after.staff_called:
        return after, ()
    left = tuple(each for each in after.timers if each[0] != STAFF_CALL)
    return replace(after, timers=left), (StopTimer(STAFF_CALL), EndStaffCall(after.clerk))
