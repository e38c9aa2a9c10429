"""Changes of a reader's state, as events of the card in it. Pure.

pcsc-lite counts insertions and removals in the upper 16 bits of the event state: two more while the
card is "still" there means that it left and another came between two looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from smartcard import scard


class Change(Enum):
    ARRIVED = auto()
    GONE = auto()
    MUTE = auto()


@dataclass(frozen=True, slots=True)
class ReaderState:
    """The last event state seen, as PC/SC wants it back; 0 for a reader not looked at yet."""

    event: int = 0

    @property
    def present(self) -> bool:
        return bool(self.event & scard.SCARD_STATE_PRESENT)

    @property
    def mute(self) -> bool:
        return self.present and bool(self.event & scard.SCARD_STATE_MUTE)

    @property
    def count(self) -> int:
        return self.event >> 16 & 0xFFFF


def changes(before: ReaderState, after: ReaderState) -> tuple[Change, ...]:
    """Events between two observations of one reader, in order."""
    moves = (after.count - before.count) & 0xFFFF if before.event else 0
    here = Change.MUTE if after.mute else Change.ARRIVED
    match before.present, after.present:
        case False, True:
            return (here,)
        case True, False:
            return (Change.GONE,)
        case True, True if moves >= 2:
            return (Change.GONE, here)
        case True, True if after.mute and not before.mute:
            return (Change.MUTE,)
        case False, False if moves >= 2:
            return (Change.ARRIVED, Change.GONE)
        case _:
            return ()
