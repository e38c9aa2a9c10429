"""Usage figures, derived from a visit's states before and after an event. Pure.

No personal data: that a visit began, how long it waited, whether the centre was reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from terminal.visit.states import Counter, Failed, Finished, Identifying, Idle, Reading, Serving
from terminal.visit.steps import Certainty, Look, Submit


class Kind(StrEnum):
    """``waited``: from a tap, a scan or a touch to the screen that answered it, in ms."""

    STARTED = "started"
    STOPPED = "stopped"
    VISIT = "visit"
    WAITED = "waited"
    OFFLINE = "offline"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Measure:
    kind: Kind
    value: int = 0


@dataclass(frozen=True, slots=True)
class Observed:
    """Start of the present wait, in monotonic ms; None outside of a wait."""

    waiting_since_ms: float | None = None


def waits(counter: Counter) -> bool:
    """Somebody looks at a screen that can only say: one moment."""
    match counter.stage:
        case Reading() | Identifying():
            return True
        case Serving(step=Look() | Submit()):
            return True
        case Serving(facts=facts):
            return any(line.certainty is Certainty.WAITING for line in facts.lines)
    return False


def observe(
    observed: Observed, before: Counter, after: Counter, began_ms: float, now_ms: float
) -> tuple[Observed, tuple[Measure, ...]]:
    """``began_ms`` is when the event happened at its device, ``now_ms`` when it has been dealt with."""
    measures: list[Measure] = []
    free = (Idle, Finished, Failed)
    if isinstance(before.stage, free) and not isinstance(after.stage, free):
        measures.append(Measure(Kind.VISIT))
    if before.online != after.online:
        measures.append(Measure(Kind.ONLINE if after.online else Kind.OFFLINE))
    since = observed.waiting_since_ms
    if since is None and waits(after):
        return Observed(began_ms), tuple(measures)
    if since is not None and not waits(after):
        if not isinstance(after.stage, Idle):
            measures.append(Measure(Kind.WAITED, max(0, round(now_ms - since))))
        return Observed(), tuple(measures)
    return observed, tuple(measures)
