"""The states of a counter. Each is frozen and says all a screen needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.codes.code import RideCode, SignedECard
from domain.credential import PersonalCredential, SocialSecurityCard
from terminal.visit.receipt import Receipt
from terminal.visit.steps import (
    Ask,
    Choose,
    Collect,
    EnterPin,
    Facts,
    Finish,
    Look,
    Photograph,
    PinState,
    Present,
    SetPin,
    ShowCode,
    Submit,
    Text,
)


@dataclass(frozen=True, slots=True)
class Resume:
    """A service that waits for a card: where to go on once it is known. ``another``: it is one more
    person's, beside those the facts already tell of."""

    service: str
    facts: Facts
    another: bool = False


@dataclass(frozen=True, slots=True)
class Idle:
    """No visit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A card was seen and is being read; shown within 100 ms of arrival."""

    reader: str
    slow: bool = False
    resume: Resume | None = None


@dataclass(frozen=True, slots=True)
class Checking:
    """A code that vouches for itself is being proved; a few milliseconds, unless a disk is slow."""

    code: SignedECard | RideCode
    slow: bool = False
    resume: Resume | None = None


@dataclass(frozen=True, slots=True)
class Identifying:
    """The centre is being asked who this is; ``slow`` after two seconds."""

    credential: PersonalCredential
    slow: bool = False
    resume: Resume | None = None


@dataclass(frozen=True, slots=True)
class ChoosingService:
    """The person is known and more than one service is offered here; ``group`` is the one that was
    opened, empty for all of them, and ``page`` counts from 0. ``typed`` is the search text, None without
    a search."""

    facts: Facts
    group: str = ""
    page: int = 0
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """A service is at work and its current step is on the screen."""

    service: str
    facts: Facts
    step: Choose | Present | Ask | EnterPin | SetPin | Look | Photograph | ShowCode | Collect | Submit
    slow: bool = False


class Paper(StrEnum):
    """The receipt on paper: ``none`` where nothing was booked or no printer is set."""

    NONE = "none"
    OFFERED = "offered"
    PRINTING = "printing"
    COPY_OFFERED = "copy_offered"
    COPYING = "copying"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Finished:
    """The result is on the screen; ``paper_said`` is what became of the receipt on paper."""

    service: str
    facts: Facts
    result: Finish
    receipt: Receipt | None = None
    paper: Paper = Paper.NONE
    paper_said: Text | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Something named went wrong before a service could decide; ``code`` is a fault code."""

    code: str


LOUDEST = 4
USUAL_VOLUME = 3

Stage = Idle | Reading | Checking | Identifying | ChoosingService | Serving | Finished | Failed


@dataclass(frozen=True, slots=True)
class Counter:
    """The whole state: the stage of the visit, and the state beside it.

    ``readers`` are the attached readers; ``reader_fault``, ``camera_fault``,
    ``scanner_fault`` and ``out_of_service`` are fault codes or
    empty. ``card_in`` names the reader whose card belongs to this visit or was left from the last;
    ``card_waiting`` one whose card arrived during another person's visit. ``timers`` holds the
    serial of each running timer by its name; the event of an older start is ignored. ``volume`` is how loud
    voice and sounds are, 0 to ``LOUDEST``. It, easy mode and the language are preferences of one person; the
    counter's own language is ``home_language``. ``clerk`` serves this one visit, as staff records sign.
    """

    stage: Stage = Idle()
    readers: tuple[str, ...] = ()
    reader_fault: str = ""
    camera_fault: str = ""
    scanner_fault: str = ""
    out_of_service: str = ""
    online: bool = True
    card_in: str = ""
    card_waiting: str = ""
    easy_mode: bool = False
    language: str = "zh_CN"
    clerk: str = ""
    home_language: str = "zh_CN"
    volume: int = USUAL_VOLUME
    time_warning: bool = False
    staff_called: bool = False
    """A call is out; ``staff_coming`` names the person who answered it, ``staff_unanswered``: nobody in
    time."""
    staff_coming: str = ""
    staff_unanswered: bool = False
    notice: Text | None = None
    timers: tuple[tuple[str, int], ...] = ()
    timer_serial: int = 0

    @property
    def any_card(self) -> str:
        """The reader with the card of this visit, or else with one that came during it; empty without a card.
        The card of this visit may have been taken away and laid again.
        """
        return self.card_in or self.card_waiting

    @property
    def card_missing(self) -> bool:
        """Whether the PIN of a card is being asked for, and no card lies on a reader."""
        stage = self.stage
        if not isinstance(stage, Serving) or not isinstance(stage.step, EnterPin):
            return False
        needed = isinstance(stage.facts.credential, SocialSecurityCard)
        return needed and stage.facts.pin is not PinState.CHECKING and not self.any_card
