"""Time limits of a visit: each timer has a name and the serial of its latest start."""

from __future__ import annotations

from dataclasses import replace

from terminal.visit.effects import Effect, StartTimer, StopTimer
from terminal.visit.states import ChoosingService, Counter, Serving
from terminal.visit.world import World

Moved = tuple[Counter, tuple[Effect, ...]]
"""What every step of a visit gives: the next counter, and what is to be done."""

FRESH_TIMERS = ("slow", "rest", "warning", "result")
"""Timers that belong to one screen; a move to another stops them."""


def start_timer(counter: Counter, name: str, after_ms: int) -> tuple[Counter, StartTimer]:
    serial = counter.timer_serial + 1
    others = tuple(timer for timer in counter.timers if timer[0] != name)
    return replace(counter, timer_serial=serial, timers=(*others, (name, serial))), StartTimer(
        name, serial, after_ms
    )


def restart_rest(counter: Counter, world: World) -> tuple[Counter, StartTimer]:
    """Every sign of life gives the whole rest anew and takes a warning away."""
    return start_timer(without_timers(counter), "rest", patient(counter, world.limits.rest_ms))


def without_timers(counter: Counter) -> Counter:
    timers = tuple(timer for timer in counter.timers if timer[0] not in FRESH_TIMERS)
    return replace(counter, timers=timers, time_warning=False)


def touched(counter: Counter, world: World) -> Moved:
    if isinstance(counter.stage, Serving | ChoosingService):
        timed, timer = restart_rest(counter, world)
        return timed, (StopTimer("warning"), timer)
    return counter, ()


def touched_with(counter: Counter, world: World, effect: Effect) -> Moved:
    moved, effects = touched(counter, world)
    return moved, (*effects, effect)


def patient(counter: Counter, ms: int) -> int:
    """Easy mode doubles every limit."""
    return ms * 2 if counter.easy_mode else ms
