"""The place of a code in a picture: four corners in pixels. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]

NEAR = 0.5
"""Share of a code's length that a hand moves it between two frames (about 25 cm a second at 15 frames)."""
SAME_SIZE = 1.6


@dataclass(frozen=True, slots=True)
class Place:
    """Corners in reading direction of the code; those of a linear code may lie on one line."""

    top_left: Point
    top_right: Point
    bottom_right: Point
    bottom_left: Point

    @property
    def centre(self) -> Point:
        corners = (self.top_left, self.top_right, self.bottom_right, self.bottom_left)
        return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4

    @property
    def length(self) -> float:
        """Pixels in reading direction, at least 1."""
        (left, top), (right, bottom) = self.top_left, self.top_right
        return max(1.0, hypot(right - left, bottom - top))

    def scaled(self, factor: float) -> Place:
        """The same place in a picture ``factor`` times as large."""
        corners = (self.top_left, self.top_right, self.bottom_right, self.bottom_left)
        return Place(*((x * factor, y * factor) for x, y in corners))

    def distance(self, other: Place) -> float:
        """Between the centres, as a share of the shorter length."""
        (x, y), (to_x, to_y) = self.centre, other.centre
        return hypot(to_x - x, to_y - y) / min(self.length, other.length)

    def may_be(self, later: Place, frames: int) -> bool:
        """True where a hand may have moved a code from here to ``later`` within so many frames."""
        ratio = self.length / later.length
        return 1 / SAME_SIZE < ratio < SAME_SIZE and self.distance(later) <= NEAR * min(max(frames, 1), 3)
