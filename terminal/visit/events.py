"""Everything that can happen to a visit. Device events come from ``drivers``; the rest is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from domain.codes.code import RideCode, SignedECard
from domain.credential import ProvedECard, ProvedRideCode, SocialSecurityCard, TUnionCard
from domain.messages.contract import Holder
from drivers.codes.code_seen import CodeSeen
from drivers.codes.events import CameraChanged, ScannerChanged
from drivers.pcsc.events import (
    CardArrived,
    CardGone,
    CardUnreadable,
    ReadersChanged,
    ReaderServiceChanged,
)
from drivers.printers.events import NotPrinted, Printed
from terminal.visit.steps import ServiceSet, SubmissionOutcome


@dataclass(frozen=True, slots=True)
class CardRead:
    """The reader thread finished reading; ``elapsed_ms`` is from arrival to here."""

    reader: str
    card: SocialSecurityCard | TUnionCard
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class CardFailed:
    """Reading ended in a named fault."""

    reader: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeChecked:
    """This code was verified offline; its holder is present."""

    code: SignedECard | RideCode
    credential: ProvedECard | ProvedRideCode


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """This code did not; ``reason`` is a fault code."""

    code: SignedECard | RideCode
    reason: str


@dataclass(frozen=True, slots=True)
class Identified:
    """The centre knows who this is."""

    holder: Holder


@dataclass(frozen=True, slots=True)
class NotIdentified:
    """The centre refused (``code`` of the contract) or could not be asked (``central.…``)."""

    code: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """One line of business reached its outcome; ``line`` is the number the draft was given."""

    line: int
    outcome: SubmissionOutcome


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person touched an option; ``option`` is one of the step's option ids."""

    option: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The person finished a form; values by field name."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PinTyped:
    """Six digits on their way to the card; no state ever holds them."""

    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinChecked:
    """The card took the PIN (``code`` empty), or the reason of its refusal; ``tries_left`` where the card
    states it.
    """

    code: str = ""
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The centre's answer to a question."""

    name: str
    data: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The centre refused to answer, or could not be asked (``central.…``)."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Photographed:
    """A picture of this paper was taken; it stays with the shell, its hash stands for it here."""

    paper: str
    sha256: str


@dataclass(frozen=True, slots=True)
class NotPhotographed:
    """No picture of this paper was taken; ``code`` says why."""

    paper: str
    code: str


@dataclass(frozen=True, slots=True)
class Done:
    """The person says: that is all."""


@dataclass(frozen=True, slots=True)
class ReceiptWanted:
    """The person wants the receipt on paper."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """The person, or the clerk, starts over."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """The person asks for more time."""


@dataclass(frozen=True, slots=True)
class StaffCalled:
    """The person asks for help."""


@dataclass(frozen=True, slots=True)
class StaffAnswered:
    """A person of the staff, by name, answered the call and is coming."""

    name: str


@dataclass(frozen=True, slots=True)
class EasyModeToggled:
    pass


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    language: str


@dataclass(frozen=True, slots=True)
class SayAgain:
    """The person wants to hear once more what stands on the screen."""


@dataclass(frozen=True, slots=True)
class VolumeSet:
    """How loud the person wants it, 0 (nothing) to ``LOUDEST``; heard at once."""

    volume: int


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer started by an effect ran out; an old timer's event carries an old ``serial``."""

    name: str
    serial: int


@dataclass(frozen=True, slots=True)
class CentralReach:
    """The link to the centre went away or came back."""

    online: bool


@dataclass(frozen=True, slots=True)
class ClerkServes:
    """A clerk who signed in serves this visit, or the one that begins now; its end is the end of it."""

    clerk: str


@dataclass(frozen=True, slots=True)
class BusinessStopped:
    """The terminal may not take business (journal unusable, revoked …); an empty code lifts it."""

    code: str


@dataclass(frozen=True, slots=True)
class OfferChanged:
    """This counter offers something else from its next idle moment on."""

    services: ServiceSet


Event = (
    CardArrived
    | CardGone
    | CardUnreadable
    | ReadersChanged
    | ReaderServiceChanged
    | CameraChanged
    | ScannerChanged
    | CodeSeen
    | CardRead
    | CardFailed
    | CodeChecked
    | CodeRefused
    | Identified
    | NotIdentified
    | Submitted
    | Chosen
    | Typed
    | PinTyped
    | PinChecked
    | Answered
    | NotAnswered
    | Photographed
    | NotPhotographed
    | Done
    | ReceiptWanted
    | Printed
    | NotPrinted
    | StartOver
    | MoreTime
    | StaffCalled
    | StaffAnswered
    | EasyModeToggled
    | LanguageChanged
    | SayAgain
    | VolumeSet
    | TimerFired
    | CentralReach
    | BusinessStopped
    | ClerkServes
    | OfferChanged
)
