"""Time limits of a visit: each timer has a name and the serial of its latest start."""

from __future__ import annotations

from dataclasses import replace

from terminal.visit.effects import Effect, SpeakAgain, StartTimer, StopTimer
from terminal.visit.states import USUAL_VOLUME, ChoosingService, Counter, Failed, Finished, Idle, Serving
from terminal.visit.world import World

Moved = tuple[Counter, tuple[Effect, ...]]
"""Result of every transition of a visit: the next counter, and the effects."""

WATCH, WATCH_MS = "watch", 1_000
"""How often the centre is asked while a code is shown."""

FRESH_TIMERS = ("slow", "rest", "warning", "result", WATCH)
"""Timers that belong to one screen; a move to another stops them."""


def start_timer(counter: Counter, name: str, after_ms: int) -> tuple[Counter, StartTimer]:
    serial = counter.timer_serial + 1
    others = tuple(timer for timer in counter.timers if timer[0] != name)
    return replace(counter, timer_serial=serial, timers=(*others, (name, serial))), StartTimer(
        name, serial, after_ms
    )


def restart_rest(counter: Counter, world: World) -> tuple[Counter, StartTimer]:
    """Restart the idle timeout and remove its warning."""
    return start_timer(without_timers(counter), "rest", patient(counter, world.limits.rest_ms))


def without_timers(counter: Counter) -> Counter:
    timers = tuple(timer for timer in counter.timers if timer[0] not in FRESH_TIMERS)
    return replace(counter, timers=timers, time_warning=False)


def as_found(counter: Counter) -> Counter:
    """Without what one person wished of the screen: the next finds it as this one did."""
    return replace(
        counter,
        easy_mode=False,
        language=counter.home_language,
        volume=USUAL_VOLUME,
        time_warning=False,
        staff_called=False,
        staff_coming="",
        staff_unanswered=False,
        clerk="",
        notice=None,
    )


def touched(counter: Counter, world: World) -> Moved:
    """A sign of life. At the idle screen it counts only where a wish was left: that goes with the rest."""
    if "slow" in dict(counter.timers):
        # The terminal is at work, and says so when it takes long: nobody is asked whether they are there.
        return counter, ()
    wished = replace(counter, notice=None) != as_found(counter)
    if isinstance(counter.stage, Serving | ChoosingService) or (isinstance(counter.stage, Idle) and wished):
        timed, timer = restart_rest(counter, world)
        return timed, (StopTimer("warning"), timer)
    return counter, ()


def touched_with(counter: Counter, world: World, effect: Effect) -> Moved:
    moved, effects = touched(counter, world)
    return moved, (*effects, effect)


def listening(counter: Counter, world: World) -> Moved:
    """Extend the screen's time for a listener, also on a result."""
    if isinstance(counter.stage, Finished | Failed):
        timed, timer = start_timer(counter, "result", patient(counter, world.limits.result_ms))
        return timed, (timer, SpeakAgain())
    return touched_with(counter, world, SpeakAgain())


def patient(counter: Counter, ms: int) -> int:
    """Easy mode doubles every limit."""
    return ms * 2 if counter.easy_mode else ms
