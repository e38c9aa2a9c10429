"""Events from the staff desk to the screens: posted from its threads, handed over on theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from terminal.diagnostics.check import Check
from terminal.diagnostics.usage_metrics.day import Day
from terminal.journal.record import Entry
from terminal.journal.verification import Verification
from terminal.staff.account import Member
from terminal.staff.audit import Deed
from terminal.staff.items import Item


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Let in, on record."""

    member: Member


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why not (a fault code); ``left_s``: seconds until the number may be tried again."""

    code: str
    left_s: int = 0


@dataclass(frozen=True, slots=True)
class InboxRead:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TodayRead:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ItemDecided:
    """A clerk's decision is on disk, in the journal and on the staff record."""

    item: Item


@dataclass(frozen=True, slots=True)
class DeskRefused:
    """Something staff asked for could not be done; ``code`` says why, the detail is in the log."""

    code: str


@dataclass(frozen=True, slots=True)
class JournalRead:
    """The newest records, newest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class JournalVerified:
    verification: Verification


@dataclass(frozen=True, slots=True)
class TestDone:
    """One self-test; ``count`` of ``total`` in this round are done."""

    check: Check
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class CameraOpened:
    """The live picture may be shown; on record."""


@dataclass(frozen=True, slots=True)
class PictureTaken:
    """The live picture moved on; ``serial`` counts them, 0 when the camera gives none."""

    serial: int


@dataclass(frozen=True, slots=True)
class DayRead:
    day: Day


@dataclass(frozen=True, slots=True)
class RecordRead:
    """The newest deeds of staff, newest first; ``broken`` are numbers of those changed since."""

    deeds: tuple[Deed, ...]
    broken: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HouseRead:
    """A hotel's day as its centre tells it; ``code`` says why there is none."""

    day: Mapping[str, JsonValue]
    code: str = ""


@dataclass(frozen=True, slots=True)
class TicketInspected:
    """Result of the ride book for a card or code; ``code`` is the reason of an invalid ticket. ``tail`` are
    its last four digits, ``at`` and ``line`` those of the ride, ``riders`` on it for ``fen`` together.
    """

    kind: str = ""
    tail: str = ""
    at: str = ""
    line: str = ""
    riders: int = 1
    fen: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class MayServe:
    """This clerk serves the visit beneath the pages, or the next; on record. ``clerk`` signs it."""

    clerk: str


@dataclass(frozen=True, slots=True)
class MayClean:
    """The screen may be wiped for a while; on record."""


@dataclass(frozen=True, slots=True)
class MayLeave:
    """The terminal may be left for the system beneath it; on record."""


StaffEvent = (
    SignedIn
    | NotSignedIn
    | InboxRead
    | TodayRead
    | ItemDecided
    | DeskRefused
    | JournalRead
    | JournalVerified
    | TestDone
    | CameraOpened
    | DayRead
    | RecordRead
    | PictureTaken
    | HouseRead
    | TicketInspected
    | MayServe
    | MayClean
    | MayLeave
)
