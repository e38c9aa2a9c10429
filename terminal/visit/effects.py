"""Effects wanted by a visit, as data. The shell carries them out; an effect with an answer names its event.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.codes.code import RideCode, SignedECard
from domain.credential import Credential, PersonalCredential
from domain.messages.contract import TrustLevel
from terminal.visit.receipt import Receipt
from terminal.visit.steps import Draft, Look, Text


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Read the card in this reader. Answer: ``CardRead`` or ``CardFailed``."""

    reader: str


@dataclass(frozen=True, slots=True)
class CheckCode:
    """See whether this code vouches for itself, here and now. Answer: ``CodeChecked`` or ``CodeRefused``."""

    code: SignedECard | RideCode


@dataclass(frozen=True, slots=True)
class Identify:
    """Ask the centre who this is. Answer: ``Identified`` or ``NotIdentified``."""

    credential: PersonalCredential
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """Journal this, then send it inside the budget or decide it offline. Answer: ``Submitted``.

    ``holder_subject`` is the centre's name for the holder, empty when none was identified; ``trust`` is
    how far the credential is trusted by now. ``clerk`` serves this visit, empty without a clerk.
    """

    line: int
    draft: Draft
    credential: Credential | None
    holder_subject: str
    trust: TrustLevel = TrustLevel.NONE
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Give the PIN to the card with this identification code. Answer: ``PinChecked``."""

    reader: str
    identification_code: str = field(repr=False)
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealPin:
    """Seal a new PIN for the owner of ``key``. Answer: ``Typed`` with the sealed form, or ``PinChecked``."""

    into: str
    key: str
    account: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskCentre:
    """Ask the centre something that books nothing. Answer: ``Answered`` or ``NotAnswered``."""

    question: Look
    subject: str


@dataclass(frozen=True, slots=True)
class TakePicture:
    """Photograph what lies before the camera. Answer: ``Photographed`` or ``NotPhotographed``."""

    paper: str
    most_bytes: int


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Answer: ``TimerFired`` with the same name and serial, unless stopped or restarted."""

    name: str
    serial: int
    after_ms: int


@dataclass(frozen=True, slots=True)
class StopTimer:
    name: str


@dataclass(frozen=True, slots=True)
class PlaySound:
    """``seen``, ``confirmed``, ``accepted``, ``refused``, ``warning`` or ``soft``."""

    name: str


@dataclass(frozen=True, slots=True)
class Speak:
    text: Text


@dataclass(frozen=True, slots=True)
class SpeakAgain:
    """All that stands on the screen, from its beginning."""


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Answer: ``Printed`` or ``NotPrinted`` with this ``slip``."""

    slip: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Call the staff of the house and of the city. Answer: ``StaffAnswered``, perhaps never."""


@dataclass(frozen=True, slots=True)
class EndStaffCall:
    """The person has left or was helped: the call is over. ``answered_by``: who came, empty for nobody."""

    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Wipe what the shell, the screens and the drivers still hold of this visit."""


Effect = (
    ReadCard
    | CheckCode
    | Identify
    | SubmitDraft
    | CheckPin
    | SealPin
    | AskCentre
    | TakePicture
    | StartTimer
    | StopTimer
    | PlaySound
    | Speak
    | SpeakAgain
    | PrintReceipt
    | CallStaff
    | EndStaffCall
    | ForgetPerson
)
