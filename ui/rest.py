"""Brightness of an idle screen, and its rest. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from config.settings import NightSettings

AWAKE_S = 30.0
"""After the last touch the screen stays bright for so long, whatever the hour."""
MOVES_EVERY_S = 60.0
DRIFT = ((0, 0), (2, 1), (3, 3), (1, 4), (-2, 3), (-3, 0), (-1, -2), (1, -1))
"""Pixels by which a waiting screen moves, one step a minute: nothing of it is burnt into the panel."""


@dataclass(frozen=True, slots=True)
class Repose:
    """``shade``: how much of the light is taken away, 0 to 0.8. ``resting``: dark but for a moving hint.
    ``step``: counts the minutes without a visit; what moves, moves by it."""

    shade: float = 0.0
    resting: bool = False
    step: int = 0


def is_night(now: time, night: NightSettings) -> bool:
    """A night goes over midnight, or not."""
    begins, ends = night.begins, night.ends
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends


def repose(now: time, alone_s: float, night: NightSettings) -> Repose:
    """``alone_s``: since the last touch, card or code; 0 while somebody is served."""
    step = int(alone_s // MOVES_EVERY_S)
    if alone_s < AWAKE_S or not is_night(now, night):
        return Repose(step=step)
    return Repose(round(1 - night.brightness, 3), alone_s >= night.rest_after_s, step)


def drift(step: int) -> tuple[int, int]:
    """Where a waiting screen stands, in pixels from its place."""
    return DRIFT[step % len(DRIFT)]
