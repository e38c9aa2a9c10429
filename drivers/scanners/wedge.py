"""A hand scanner that types: keys so fast that no hand could, ended by Enter. Pure.

The face gives every key press here before any control sees it, whatever has the focus, and obeys the
verdict: a scan never presses a button, and a person's typing is never swallowed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

FAST_MS = 35.0
"""Between two keys of a scanner; the fastest typist needs 60 ms, a slow scanner 20."""
SHORTEST = 4
"""Keys of the shortest scan: what a hand might drum is shorter."""
LONGEST = 1024
ENDS = frozenset({"\r", "\n", "\t"})


class Verdict(Enum):
    """Treatment of a key: ``PASS`` it on, ``KEEP`` it for the scan, or the scan is ``DONE``."""

    PASS = auto()
    KEEP = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class Wedge:
    """Keys typed fast so far, and the time of the last one."""

    typed: str = ""
    at_ms: float = float("-inf")

    def __repr__(self) -> str:
        return f"Wedge({len(self.typed)} keys)"


def press(wedge: Wedge, key: str, at_ms: float) -> tuple[Wedge, Verdict, str]:
    """The wedge after a key, what to do with the key, and the scan when it is ``DONE``.

    ``key`` is the text of a key press; a key without text passes and changes nothing. The first key of a
    scan cannot be distinguished from a person's and passes as text; it is part of the scan all the same.
    """
    if not key:
        return wedge, Verdict.PASS, ""
    fast = at_ms - wedge.at_ms <= FAST_MS
    if key in ENDS:
        if fast and len(wedge.typed) >= SHORTEST:
            return Wedge(), Verdict.DONE, wedge.typed
        return Wedge(), Verdict.PASS, ""
    if not fast:
        return Wedge(key, at_ms), Verdict.PASS, ""
    typed = (wedge.typed + key)[-LONGEST - 1 :]
    return replace(wedge, typed=typed, at_ms=at_ms), Verdict.KEEP, ""


# What the keys of a US layout give under other layouts scanners are often left in.
_US = "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_GERMAN = "^1234567890ß´qwertzuiopü+asdfghjklöäyxcvbnm,.-"
_FRENCH = "²&é\"'(-è_çà)=azertyuiop^$qsdfghjklmùwxcvbn,;:!"
_MARKS = {"german": set("ß´üöä"), "french": set("²éèçàù")}


def wrong_layout(scan: str) -> str:
    """The layout a scan was typed in by mistake, as far as its letters show: ``german``, ``french`` or "".

    Letters no code of this city holds betray it; nothing is guessed back, the scanner is to be set right.
    """
    letters = set(scan.lower())
    for layout, marks in _MARKS.items():
        if letters & marks:
            return layout
    if scan and not scan.isascii():
        return "unknown"
    return ""


LAYOUTS = {"german": dict(zip(_US, _GERMAN, strict=False)), "french": dict(zip(_US, _FRENCH, strict=False))}
"""For tests and demonstrations: how a scanner in a wrong layout types what it read."""
