"""One paper before the camera: taken, looked at, kept or taken again; or gone on without it."""

from __future__ import annotations

from dataclasses import replace

from terminal.visit.effects import PlaySound, TakePicture
from terminal.visit.events import Event, NotPhotographed, Photographed
from terminal.visit.moves import advance, show_notice
from terminal.visit.states import Counter, Serving
from terminal.visit.steps import Photograph, Service
from terminal.visit.timing import Moved, touched_with
from terminal.visit.world import World

TAKE, KEEP, AGAIN, WITHOUT = "picture.take", "picture.keep", "picture.again", "picture.without"
KEPT, LEFT_OUT = "kept", "left out"


def decided(paper: str) -> str:
    """The value that says what was decided of a paper; no field of a form is called so."""
    return f"{paper}.decided"


def options(step: Photograph) -> tuple[str, ...]:
    """Buttons that may be touched now."""
    if step.shot:
        return (KEEP, AGAIN)
    return (TAKE, WITHOUT) if step.optional else (TAKE,)


def photographing(
    counter: Counter, stage: Serving, step: Photograph, service: Service, option: str, world: World
) -> Moved:
    if option not in options(step):
        return counter, ()
    if option == TAKE:
        return touched_with(counter, world, TakePicture(step.paper, step.most_bytes))
    said = {
        KEEP: (decided(step.paper), KEPT),
        AGAIN: (step.paper, ""),
        WITHOUT: (decided(step.paper), LEFT_OUT),
    }
    facts = replace(stage.facts, values=(*stage.facts.values, said[option]))
    return advance(counter, service, facts, world)


def told_of_picture(
    counter: Counter, stage: Serving, step: Photograph, service: Service, event: Event, world: World
) -> Moved | None:
    """None where the event is about something else. An answer that comes late changes nothing."""
    match event:
        case Photographed(paper=paper, sha256=sha256) if paper == step.paper and not step.shot:
            facts = replace(stage.facts, values=(*stage.facts.values, (paper, sha256)))
            moved, effects = advance(counter, service, facts, world)
            return moved, (PlaySound("seen"), *effects)
        case NotPhotographed(paper=paper, code=code) if paper == step.paper:
            return show_notice(counter, code)
        case Photographed() | NotPhotographed():
            return counter, ()
        case _:
            return None
