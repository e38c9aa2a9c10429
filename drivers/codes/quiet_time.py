"""The same code again: still held there, shown again too soon, or news. Pure but for its memory."""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum, auto

AWAY_MS = 700.0
"""A code not seen for this long was taken away: what comes then is a second presentation."""


class Sight(Enum):
    NEW = auto()
    STILL_THERE = auto()
    TOO_SOON = auto()


class QuietTime:
    """``quiet_ms`` must pass after a code was last seen before it counts again."""

    def __init__(self, quiet_ms: float) -> None:
        self._quiet_ms = quiet_ms
        self._seen: dict[Hashable, float] = {}

    def look(self, code: Hashable, at_ms: float) -> Sight:
        last = self._seen.get(code)
        self._seen = {known: at for known, at in self._seen.items() if at_ms - at < self._quiet_ms}
        self._seen[code] = at_ms
        if last is None or at_ms - last >= self._quiet_ms:
            return Sight.NEW
        return Sight.STILL_THERE if at_ms - last < AWAY_MS else Sight.TOO_SOON
