"""Agreement of looks: a linear code is believed after enough evidence for one text at one place. Pure.

Each look at a code carries points, ``NEEDED`` in all. A look that proves itself brings all of them; others
need looks that agree by text and place. A different text at the same place counts against both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drivers.codes.decoded import DecodedCode
from drivers.codes.place import Place

NEEDED = 6
LIKELY, UNCLEAR, CONTRADICTED = 3, 1, 0
"""Points of a look: two likely looks are enough, six unclear ones, never one that the picture contradicts."""
REMEMBERED_FRAMES = 30
"""Two seconds at 15 frames a second."""
SAME_PLACE = 0.25
"""Distance of the centres as a share of the length; two labels one above the other are farther apart."""


@dataclass(frozen=True, slots=True)
class Look:
    """One code as one frame showed it. ``points`` is its evidence, 0 to ``NEEDED``."""

    code: DecodedCode
    points: int
    frame: int


class Agreement:
    """Looks of the last ``REMEMBERED_FRAMES`` frames. Not for use by two threads."""

    def __init__(self) -> None:
        self._looks: list[Look] = []
        self._frame = 0

    def next_frame(self) -> None:
        self._frame += 1
        oldest = self._frame - REMEMBERED_FRAMES
        self._looks = [look for look in self._looks if look.frame > oldest]

    def points(self, code: DecodedCode) -> int:
        """Evidence so far for this text at this place."""
        return sum(look.points for look in self._same(code))

    def add(self, code: DecodedCode, points: int) -> None:
        self._looks.append(Look(code, points, self._frame))

    def believed(self, codes: Iterable[DecodedCode]) -> tuple[DecodedCode, ...]:
        """Those of this frame's codes with enough evidence, each once."""
        return tuple(dict.fromkeys(code for code in codes if self._enough(code)))

    def _enough(self, code: DecodedCode) -> bool:
        points = self.points(code)
        return points >= NEEDED and points > 2 * self._against(code)

    def _same(self, code: DecodedCode) -> list[Look]:
        """Looks at this text, followed backwards from place to place as a hand moves it."""
        found: list[Look] = []
        at, frame = code.place, self._frame
        for look in reversed(self._looks):
            if look.code == code and _follows(look, at, frame):
                found.append(look)
                at, frame = look.code.place, look.frame
        return found

    def _against(self, code: DecodedCode) -> int:
        """The most evidence for another text at this place, never seen beside this one in a frame."""
        frames = {look.frame for look in self._looks if look.code == code}
        rivals = {look.code for look in self._looks if _contradict(look.code, code)}
        beside = {look.code for look in self._looks if look.frame in frames}
        return max((self._total(rival) for rival in rivals - beside), default=0)

    def _total(self, code: DecodedCode) -> int:
        return sum(look.points for look in self._looks if look.code == code)


def _follows(look: Look, at: Place | None, frame: int) -> bool:
    if look.code.place is None or at is None:
        return look.code.place is at
    return look.code.place.may_be(at, frame - look.frame)


def _contradict(one: DecodedCode, other: DecodedCode) -> bool:
    if one.symbology != other.symbology or one == other or one.place is None or other.place is None:
        return False
    return one.place.distance(other.place) < SAME_PLACE
