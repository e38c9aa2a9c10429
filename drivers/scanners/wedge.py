"""A hand scanner that types: keys faster or steadier than a hand, ended by Enter or Tab. Pure.

The window gives every key press here before any control gets it, and holds it until it is known whether a
scanner or a person typed: a scan never presses a button, and a person's typing is never swallowed. Times are
those of the key events, in ms: a stall of the receiving program does not cut a scan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from drivers.scanners.layouts import LAYOUTS, wrong_layout

__all__ = ["GAP_MS", "LAYOUTS", "LONGEST", "Verdict", "Wedge", "press", "wrong_layout"]

FAST_MS = 35.0
"""Between two keys of a scanner; the fastest typist needs 60 ms, a slow scanner 20."""
SLOW_MS = 85.0
"""Between two keys of the slowest scanner; so slow it is known by its steadiness alone."""
STEADY = 0.25
"""Most by which steady keys differ, as a share of the slowest."""
STEADY_KEYS = 8
GAP_MS = 150.0
"""A longer pause ends what was typed."""
SHORTEST = 4
"""Keys of the shortest scan: what a hand might drum is shorter."""
LONGEST = 1024
REST_MS = 5_000.0
"""For so long the rest of a broken scan is not taken for a scan of its own."""
REST_SHORT_MS = 1_000.0
"""For so long a single key is its rest as well."""
ENDS = frozenset({"\r", "\n", "\t"})


class Verdict(Enum):
    """Answer to a key: ``PASS`` (a person's, or too early to tell), ``KEEP`` for the scan, scan ``DONE``,
    or it is ``BROKEN`` and discarded."""

    PASS = auto()
    KEEP = auto()
    DONE = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Wedge:
    """Keys typed without a pause so far, and the time of the last one. ``lost``: a broken scan before it."""

    typed: str = ""
    at_ms: float = float("-inf")
    fast: int = 0
    quickest_ms: float = float("inf")
    slowest_ms: float = 0.0
    lost: str = ""
    lost_at_ms: float = float("-inf")

    def __repr__(self) -> str:
        return f"Wedge({len(self.typed)} keys)"

    @property
    def by_scanner(self) -> bool:
        """Whether no hand types like this."""
        gaps = len(self.typed) - 1
        if len(self.typed) < SHORTEST:
            return False
        if self.fast * 2 > gaps:
            return True
        steady = self.slowest_ms - self.quickest_ms <= STEADY * self.slowest_ms
        return len(self.typed) >= STEADY_KEYS and steady and self.slowest_ms <= SLOW_MS


def press(wedge: Wedge, key: str, at_ms: float) -> tuple[Wedge, Verdict, str]:
    """The wedge after a key, the verdict, and the scan when it is ``DONE``.

    ``key`` is the text of a key press; a key without text passes and changes nothing. The first key of a scan
    cannot be told from a person's: it passes, and is part of the scan all the same.
    """
    if not key:
        return wedge, Verdict.PASS, ""
    gap = at_ms - wedge.at_ms
    if gap > GAP_MS:
        wedge = _after_pause(wedge)
    if key in ENDS:
        return _ended(wedge, at_ms)
    if not wedge.typed:
        return replace(wedge, typed=key, at_ms=at_ms), Verdict.PASS, ""
    fast = gap <= FAST_MS
    typed = (wedge.typed + key)[-LONGEST - 1 :]
    after = replace(
        wedge,
        typed=typed,
        at_ms=at_ms,
        fast=min(wedge.fast + fast, LONGEST),
        quickest_ms=min(wedge.quickest_ms, gap),
        slowest_ms=max(wedge.slowest_ms, gap),
    )
    return after, Verdict.KEEP if fast or after.by_scanner else Verdict.PASS, ""


def _after_pause(wedge: Wedge) -> Wedge:
    if wedge.by_scanner:
        return Wedge(lost=wedge.typed, lost_at_ms=wedge.at_ms)
    return Wedge(lost=wedge.lost, lost_at_ms=wedge.lost_at_ms)


def _ended(wedge: Wedge, at_ms: float) -> tuple[Wedge, Verdict, str]:
    since_lost = at_ms - wedge.lost_at_ms
    if wedge.lost and since_lost <= REST_MS and _rest(wedge, since_lost):
        return Wedge(), Verdict.BROKEN, ""
    if not wedge.by_scanner:
        return Wedge(lost=wedge.lost, lost_at_ms=wedge.lost_at_ms), Verdict.PASS, ""
    return Wedge(), Verdict.DONE, wedge.typed


def _rest(wedge: Wedge, since_lost_ms: float) -> bool:
    """Whether this is the rest of the broken scan: no new scan of it, and no hand's typing."""
    if wedge.by_scanner:
        return not wedge.typed.startswith(wedge.lost)
    if len(wedge.typed) < 2:
        return since_lost_ms <= REST_SHORT_MS
    return wedge.slowest_ms <= FAST_MS
