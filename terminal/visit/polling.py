"""A code on the counter's screen, while the centre is asked whether somebody came with it."""

from __future__ import annotations

from dataclasses import replace

from terminal.visit.effects import AskCentre
from terminal.visit.events import Answered, Event, NotAnswered, TimerFired
from terminal.visit.moves import advance, fail
from terminal.visit.states import Counter, Serving
from terminal.visit.steps import Service, ShowCode
from terminal.visit.timing import WATCH, WATCH_MS, Moved, start_timer
from terminal.visit.world import World


def watching(
    counter: Counter, stage: Serving, step: ShowCode, service: Service, event: Event, world: World
) -> Moved | None:
    """Handle an event while a phone is awaited; None where the event is about something else. A centre that
    does not answer is asked again: neither the code's lifetime nor the person's wait is lengthened by it.
    """
    match event:
        case Answered(name=step.watch.name, data=data):
            others = tuple(each for each in stage.facts.answers if each[0] != step.watch.name)
            facts = replace(stage.facts, answers=(*others, (step.watch.name, data)))
            if service.step(facts) != step:
                return advance(counter, service, facts, world)
            timed, timer = start_timer(counter, WATCH, WATCH_MS)
            return replace(timed, stage=replace(stage, facts=facts)), (timer,)
        case NotAnswered(name=step.watch.name, code=code) if code.startswith("central."):
            timed, timer = start_timer(counter, WATCH, WATCH_MS)
            return timed, (timer,)
        case NotAnswered(name=step.watch.name, code=code):
            return fail(counter, code)
        case _:
            return None


def look_again(counter: Counter, event: TimerFired) -> Moved | None:
    """It is time to ask once more; None for every other timer, and for one that was stopped."""
    stage = counter.stage
    if event.name != WATCH or (event.name, event.serial) not in counter.timers:
        return None
    if not isinstance(stage, Serving) or not isinstance(stage.step, ShowCode):
        return None
    subject = stage.facts.holder.subject if stage.facts.holder else ""
    return counter, (AskCentre(stage.step.watch, subject),)
