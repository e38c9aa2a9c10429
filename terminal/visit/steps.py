"""What a service can ask of a visit next, as data.

A service is a pure function from what is known (``Facts``) to the next ``Step``; the visit carries the
step out, adds what happened to the facts, and asks again. A new service therefore needs no new state.
Texts are ids of the translation files with arguments, never sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from pydantic import JsonValue

from drivers.central.contract import Holder, TrustLevel
from terminal.credential import Credential


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence by its id in the translation files, with its arguments by name."""

    id: str
    args: tuple[tuple[str, str], ...] = ()


def text(id: str, **args: str) -> Text:
    return Text(id, tuple(sorted(args.items())))


class Certainty(StrEnum):
    """How a line of business ended, as the person must see it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


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


@dataclass(frozen=True, slots=True)
class Draft:
    """Business to be journalled and sent. It gets its id and sequence once, when it is journalled."""

    service: str
    action: str
    body: tuple[tuple[str, JsonValue], ...] = ()
    with_credential: bool = True


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
class Facts:
    """Everything a service may base its next step on. ``today`` is the terminal's business date."""

    today: date
    online: bool
    credential: Credential | None = None
    holder: Holder | None = None
    chosen: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    finished: bool = False

    @property
    def trust(self) -> TrustLevel:
        if self.holder:
            return self.holder.trust
        return self.credential.trust if self.credential else TrustLevel.NONE


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; ``picture`` names an icon of the family."""

    id: str
    label: Text
    picture: str
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """Ask the person to choose one of a few things."""

    question: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """Ask for a card or a code before the service can go on."""

    sentence: Text


@dataclass(frozen=True, slots=True)
class LineView:
    """How one line reads on a screen and a receipt: a title, a short note, its certainty."""

    title: str
    note: Text
    certainty: Certainty


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


Step = Choose | Present | Collect | Submit | Finish


class Service(Protocol):
    """A service a counter offers. Pure: the same facts always give the same step.

    ``needs`` is the least trust in what was presented; ``identify`` says whether the centre is asked
    who the holder is before the first step; ``takes_copies`` whether a copy's barcode at the idle
    screen is for this service.
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
    def takes_copies(self) -> bool: ...

    @property
    def starts(self) -> tuple[Option, ...]: ...

    def step(self, facts: Facts) -> Step: ...


@dataclass(frozen=True, slots=True)
class ServiceSet:
    """The services of one counter, in the order of its profile."""

    services: tuple[Service, ...] = field(default=())

    def get(self, service_id: str) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)
