"""Steps that a service can ask of a visit, as data.

A service is a pure function from the known ``Facts`` to the next ``Step``; the visit carries the
step out, adds the result to the facts, and asks again. A new service therefore needs no new state.
Texts are ids of the translation files with arguments, never sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from pydantic import JsonValue

from domain.credential import Credential
from domain.messages.contract import Holder, TrustLevel


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its id in the translation files, with its arguments by name."""

    id: str
    args: tuple[tuple[str, str], ...] = ()


BOTH = "both"


def text(id: str, **args: str) -> Text:
    return Text(id, tuple(sorted(args.items())))


def both(zh: str, en: str) -> Text:
    """A name that comes with its languages, as the catalogue and the centre give them."""
    return Text(BOTH, (("en", en), ("zh_CN", zh)))


class Certainty(StrEnum):
    """How a line of business ended, as the person must see it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PARTLY = "partly"
    """Of several lines some were refused."""
    NEUTRAL = "neutral"
    """Nothing was booked, and nothing needed to be."""


@dataclass(frozen=True, slots=True)
class SubmissionOutcome:
    """``accepted``: journalled and promised under the offline policy, to be confirmed by the centre.

    ``code`` is the fault code when refused; ``data`` is the service's answer.
    """

    certainty: Certainty
    transaction_id: str
    code: str = ""
    data: tuple[tuple[str, JsonValue], ...] = ()

    def get(self, name: str) -> JsonValue:
        return dict(self.data).get(name)


CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class Draft:
    """Business to be journalled and sent. It gets its id and sequence once, when it is journalled."""

    service: str
    action: str
    body: tuple[tuple[str, JsonValue], ...] = ()
    with_credential: bool = True
    person: int = 0
    """Person whose credential goes with it: 0 for the visitor, n for the n-th additional person."""
    names_clerk: bool = False
    """Whether the clerk who serves this visit stands in its body, under ``CLERK``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One draft of this visit and how it stands; ``number`` counts from 0 within the visit."""

    number: int
    draft: Draft
    outcome: SubmissionOutcome | None = None

    @property
    def certainty(self) -> Certainty:
        return self.outcome.certainty if self.outcome else Certainty.WAITING


@dataclass(frozen=True, slots=True)
class Person:
    """One more who came with the first: a guest of the same party, a second clerk."""

    credential: Credential
    holder: Holder | None = None


class PinState(StrEnum):
    """``asked``: the card is at work on it. ``wrong`` may be tried again while tries are left."""

    NOT_ASKED = "not_asked"
    CHECKING = "checking"
    WRONG = "wrong"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a service may base its next step on. ``today`` is the terminal's business date.

    ``begun_at`` is when this visit began, ``now`` when the service was asked. ``clerk`` serves this visit,
    empty without a clerk. ``answers`` are the centre's answers by the names of their questions; ``pin`` how
    the card answered to the PIN, never the PIN. """

    today: date
    online: bool
    credential: Credential | None = None
    holder: Holder | None = None
    others: tuple[Person, ...] = ()
    answers: tuple[tuple[str, Mapping[str, JsonValue]], ...] = ()
    begun_at: datetime | None = None
    now: datetime | None = None
    pin: PinState = PinState.NOT_ASKED
    tries_left: int | None = None
    chosen: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    finished: bool = False
    clerk: str = ""

    @property
    def trust(self) -> TrustLevel:
        """A right PIN adds to a card that was proved; it proves nothing about one that was only read."""
        found = self.holder.trust if self.holder else TrustLevel.NONE
        if self.credential and self.credential.trust.reaches(found):
            found = self.credential.trust
        return TrustLevel.HOLDER if self.pin is PinState.RIGHT and found is TrustLevel.VERIFIED else found

    def answer(self, name: str) -> Mapping[str, JsonValue] | None:
        """Last answer of the centre to this question; None while it was not asked."""
        return next((data for asked, data in reversed(self.answers) if asked == name), None)

    def value(self, name: str) -> str | None:
        """Last text typed into this field."""
        return next((value for field, value in reversed(self.values) if field == name), None)

    def credential_of(self, person: int) -> tuple[Credential | None, Holder | None]:
        """Credential and holder meant by a draft's ``person``."""
        if person == 0:
            return self.credential, self.holder
        other = self.others[person - 1]
        return other.credential, other.holder


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; ``picture`` names an icon of the family."""

    id: str
    label: Text
    picture: str
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class LineView:
    """How one line reads on a screen and a receipt: a title, a short note, its certainty. ``picture`` says
    what it is to somebody who cannot read; without one its certainty is the picture."""

    title: str | Text
    note: Text
    certainty: Certainty
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Choose:
    """Ask the person to choose one of a few things; ``lines`` and ``largest`` are what it is about.
    ``scans``: a barcode is as good an answer, and becomes an item; ``lays``: so is a card laid down, which is
    not read and means the first option."""

    question: Text
    options: tuple[Option, ...]
    lines: tuple[LineView, ...] = ()
    largest: Text | None = None
    scans: bool = False
    lays: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """Ask for a card or a code before the service can go on; ``another`` for one more person's.

    ``options`` are other honest ways on, e.g. for a guest without a card; ``lines`` who is there already.
    """

    sentence: Text
    another: bool = False
    options: tuple[Option, ...] = ()
    lines: tuple[LineView, ...] = ()


class FieldKind(StrEnum):
    """Characters that may be typed into a field, and the keys offered for it."""

    DIGITS = "digits"
    MONEY = "money"
    DATE = "date"
    PHONE = "phone"
    IDENTITY = "identity"
    TEXT = "text"
    NAME = "name"
    """A person's name, in Chinese characters or letters."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for one thing to be typed. ``mistake`` says what was wrong with what was typed before.
    ``scans``: a barcode is as good an answer, and becomes an item."""

    field: str
    question: Text
    kind: FieldKind
    longest: int = 20
    mistake: Text | None = None
    suggestion: str = ""
    scans: bool = False


@dataclass(frozen=True, slots=True)
class EnterPin:
    """Ask for the card's PIN; it goes to the card and nowhere else. Needs the card in a reader."""

    sentence: Text
    lines: tuple[LineView, ...] = ()
    largest: Text | None = None


@dataclass(frozen=True, slots=True)
class SetPin:
    """Ask for a new PIN, twice; it is sealed at once for the owner of ``key`` and bound to ``account``.

    Only the sealed form becomes a value, under ``field``.
    """

    field: str
    sentence: Text
    key: str
    account: str


@dataclass(frozen=True, slots=True)
class Look:
    """Ask the centre something that books nothing; the answer is in ``Facts.answers`` under ``name``."""

    name: str
    service: str
    body: tuple[tuple[str, JsonValue], ...] = ()
    sentence: Text = Text("visit.looking")
    local: bool = False
    """True where the terminal itself answers, without the centre."""
    sends: str = ""
    """The paper whose picture goes to the centre with it."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """Ask for one paper before the camera. ``shot`` is the hash of the picture that was taken and is looked
    at now, empty while none was; ``optional`` whether there is a way on without it."""

    paper: str
    sentence: Text
    most_bytes: int
    shot: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ShowCode:
    """Show a code for a phone to scan, and ask the centre ``watch`` again and again until its answer leads
    the service on. ``content`` is the code's text: a secret of this visit."""

    sentence: Text
    content: str = field(repr=False)
    watch: Look


@dataclass(frozen=True, slots=True)
class Collect:
    """Take items one after the other (books on the shelf of the desk) until the person is done.

    ``drafts`` are to be submitted now; the visit numbers them after the lines already there.
    """

    sentence: Text
    lines: tuple[LineView, ...]
    drafts: tuple[Draft, ...] = ()
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class Submit:
    """Submit and wait for the outcomes before the next step."""

    drafts: tuple[Draft, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of the service: one of three results, the largest thing to show, and what was done."""

    certainty: Certainty
    headline: Text
    largest: Text | None
    lines: tuple[LineView, ...] = ()
    reason: Text | None = None
    next_step: Text | None = None
    receipt: bool = True
    """False where no person waits for one: a gate, a bus."""


Step = Choose | Present | Ask | EnterPin | SetPin | Look | Photograph | ShowCode | Collect | Submit | Finish


class Service(Protocol):
    """A service a counter offers. Pure: the same facts always give the same step.

    ``needs`` is the least trust in what was presented; ``identify`` says whether the centre is asked
    who the holder is before the first step, and ``known_ahead`` whether with it what the service knows of
    the holder; ``takes_copies`` whether a copy's barcode at the idle
    screen is for this service.
    ``group`` is what it stands under where a counter offers many services, None for one of its own.
    ``starts`` are the choices the idle screen may offer without a card, e.g. returning books.
    """

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> Text: ...

    @property
    def picture(self) -> str: ...

    @property
    def needs(self) -> TrustLevel: ...

    @property
    def identify(self) -> bool: ...

    @property
    def known_ahead(self) -> bool: ...

    @property
    def takes_copies(self) -> bool: ...

    @property
    def group(self) -> Option | None: ...

    @property
    def starts(self) -> tuple[Option, ...]: ...

    def step(self, facts: Facts) -> Step: ...


@dataclass(frozen=True, slots=True)
class ServiceSet:
    """The services of one counter, in the order of its profile. ``cautions``: what this counter cannot do of
    a service it offers, by the service's id."""

    services: tuple[Service, ...] = field(default=())
    cautions: tuple[tuple[str, Text], ...] = ()

    def option(self, service: Service) -> Option:
        """The service as it is offered, with what has to be known before it is chosen."""
        return Option(service.id, service.label, service.picture, dict(self.cautions).get(service.id))

    def get(self, service_id: str) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)
