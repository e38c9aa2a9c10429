"""Entries of the catalogue. A new service is one more entry and no code.

Each ``kind`` is a way of serving that terminal and centre both know; the fields of a kind stand in the
entry beside those every entry has.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from config.catalogue.icons import ICONS

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
Fen = Annotated[int, Field(ge=0, le=10**12)]
CounterKind = Literal["village", "government", "bank", "hospital", "hall", "museum", "card-office", "street"]
List = Literal["public", "village", "common"]
Category = Literal["farmer", "disabled", "veteran", "retired", "student", "jobless"]
"""Categories of a person in the register beside the age."""


def _drawn(icon: str) -> str:
    if icon not in ICONS:
        raise ValueError(f"there is no picture {icon!r}; one of {', '.join(sorted(ICONS))}")
    return icon


Icon = Annotated[str, AfterValidator(_drawn)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(Part):
    """One name in both languages."""

    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=80)]


class Department(Part):
    id: Slug
    name: Name
    icon: Icon


class FormField(Part):
    """One thing an application asks for, on a screen of its own."""

    id: Slug
    label: Name
    kind: Literal["digits", "money", "date", "phone", "identity", "text"]
    longest: Annotated[int, Field(ge=1, le=60)] = 20


class Document(Part):
    """A paper that belongs to an application, to be brought along to its window.

    ``photograph``: it is photographed at the counter instead; ``optional``: the application may go without
    it. ``most_bytes`` bounds the picture.
    """

    id: Slug
    name: Name
    photograph: bool = False
    optional: bool = False
    most_bytes: Annotated[int, Field(ge=20_000, le=400_000)] = 200_000

    @model_validator(mode="after")
    def optional_where_photographed(self) -> Document:
        if self.optional and not self.photograph:
            raise ValueError("optional is for papers with photograph = true: who brings one needs no leave")
        return self


class Offline(Part):
    """Offline policy of an entry; see ``domain.offline_policy``."""

    allowed: bool = False
    trust: Literal["none", "read", "verified", "holder"] = "verified"
    count: Annotated[int, Field(ge=0)] = 0
    count_per_card: Annotated[int, Field(ge=0)] = 0
    age_hours: Annotated[int, Field(ge=0, le=9600)] = 0
    conflict: Literal["first_wins", "keep"] = "first_wins"

    @model_validator(mode="after")
    def limits_where_allowed(self) -> Offline:
        if self.allowed and not (self.count and self.age_hours):
            raise ValueError("what is allowed offline needs count and age_hours above 0")
        return self


class Entry(Part):
    """Fields of every service. ``sample`` marks an entry modelled on published lists of other cities.

    ``trust`` is what booking needs: ``read`` a card that was read, ``verified`` one that proved itself or
    an electronic card, ``holder`` also its PIN. ``featured`` puts it on the first screen.
    ``list`` is the list of the city it belongs to. ``youngest``, ``oldest`` (years) and ``only`` limit
    its users; of the categories of ``only`` one is enough.
    """

    id: Slug
    name: Name
    icon: Icon
    counters: Annotated[tuple[CounterKind, ...], Field(min_length=1)]
    trust: Literal["read", "verified", "holder"] = "verified"
    list: List = "common"
    featured: bool = False
    sample: bool = True
    youngest: Annotated[int, Field(ge=0, le=120)] = 0
    oldest: Annotated[int, Field(ge=0, le=150)] = 150
    only: tuple[Category, ...] = ()
    offline: Offline = Offline()
    receipt: Name | None = None
    """A sentence for the receipt: what happens next."""

    @model_validator(mode="after")
    def somebody_may(self) -> Entry:
        if self.youngest > self.oldest:
            raise ValueError(f"nobody is at least {self.youngest} and at most {self.oldest} years old")
        return self

    @property
    def for_some(self) -> bool:
        """Whether it is not for everybody."""
        return self.youngest > 0 or self.oldest < 150 or bool(self.only)


class Query(Entry):
    """Shows what a department knows of the holder; books nothing."""

    kind: Literal["query"]
    about: Literal[
        "subsidies", "contributions", "accounts", "applications", "bills", "certification", "cards"
    ]


class Application(Entry):
    """A form, handed in; its number comes back, its status is asked later.

    ``days`` are working days until an answer. ``window`` is where its papers are looked at: who hands in
    gets a number of that window's queue, too.
    """

    kind: Literal["application"]
    fields: Annotated[tuple[FormField, ...], Field(max_length=8)] = ()
    documents: Annotated[tuple[Document, ...], Field(max_length=6)] = ()
    fee_fen: Fen = 0
    days: Annotated[int, Field(ge=0, le=365)] = 15
    window: Name | None = None

    @model_validator(mode="after")
    def whole(self) -> Application:
        ids = [*(each.id for each in self.fields), *(each.id for each in self.documents)]
        if twice := {id for id in ids if ids.count(id) > 1}:
            raise ValueError(f"{', '.join(sorted(twice))} stands twice among fields and documents")
        if self.fee_fen and self.trust != "holder":
            raise ValueError('a fee is taken from the account: it needs trust = "holder"')
        if self.offline.allowed and self.fee_fen:
            raise ValueError("a fee is never taken offline")
        if self.offline.allowed and self.photographed:
            raise ValueError("papers are photographed for the centre: such an application is never offline")
        return self

    @property
    def photographed(self) -> tuple[Document, ...]:
        """The papers the counter's camera takes."""
        return tuple(each for each in self.documents if each.photograph)


class Payout(Entry):
    """Money to the holder: everything due of a fund, or an amount of the holder's choice. Never offline."""

    kind: Literal["payout"]
    fund: Slug
    delivery: Literal["card", "cash"] = "card"
    choose_amount: bool = False
    limit_fen: Fen = 0
    """The most at one time, 0 for no limit."""
    limit_day_fen: Fen = 0
    """The most on one day, 0 for no limit."""
    two_person_above_fen: Fen = 0
    """Above this a second clerk's card is needed, 0 for never. It counts all that one person was paid from
    the fund in ``two_person_days``."""
    two_person_days: Annotated[int, Field(ge=1, le=366)] = 30
    certified_alive: bool = False
    """The fund pays nobody who was not certified as alive; see the kind ``certification``."""

    @model_validator(mode="after")
    def never_offline(self) -> Payout:
        if self.offline.allowed:
            raise ValueError("a payout is never offline")
        if self.trust != "holder":
            raise ValueError('a payout needs trust = "holder"')
        if self.limit_fen and self.two_person_above_fen >= self.limit_fen:
            raise ValueError("two_person_above_fen is not below limit_fen: it would never be asked for")
        if self.limit_day_fen and self.limit_day_fen < self.limit_fen:
            raise ValueError("limit_day_fen is below limit_fen")
        return self


class Payment(Entry):
    """Bills paid from the card's account, found by holder, by number or by barcode."""

    kind: Literal["payment"]
    biller: Slug

    @model_validator(mode="after")
    def never_offline(self) -> Payment:
        if self.offline.allowed:
            raise ValueError("a payment is never offline")
        if self.trust != "holder":
            raise ValueError('a payment needs trust = "holder"')
        return self


class Medical(Entry):
    """One step of a patient's way: register at a clinic, settle what was done, give money back."""

    kind: Literal["medical"]
    step: Literal["register", "settle", "refund"]
    clinics: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def clinics_to_register_at(self) -> Medical:
        if (self.step == "register") != bool(self.clinics):
            raise ValueError("clinics stand where patients register, and nowhere else")
        return self


class Attendance(Entry):
    """Sign in and sign out of whatever goes on at a place."""

    kind: Literal["attendance"]
    place: Slug


class Admission(Entry):
    """A gate of a venue, or its desk where a day and a time are booked."""

    kind: Literal["admission"]
    venue: Slug
    step: Literal["enter", "leave", "book"]


class Activation(Entry):
    """The card's bank account, opened for use at a counter."""

    kind: Literal["activation"]
    bank: Slug


class CardManagement(Entry):
    """Card management. ``…-for``: by a clerk, for another person."""

    kind: Literal["card-management"]
    step: Literal["report-lost", "report-lost-for", "unlock", "issue-e-card", "replace", "replace-for"]


class Certification(Entry):
    """A pensioner shows to be alive; valid for so many months."""

    kind: Literal["certification"]
    valid_months: Annotated[int, Field(ge=1, le=36)] = 12


AnyEntry = Annotated[
    Query
    | Application
    | Payout
    | Payment
    | Medical
    | Attendance
    | Admission
    | Activation
    | CardManagement
    | Certification,
    Field(discriminator="kind"),
]


class Subsidy(Part):
    """One of the city's subsidies, as it stands on a person's list."""

    id: Slug
    name: Name
    icon: Icon = "grain"
    sample: bool = True


class File(Part):
    """One file of the catalogue."""

    department: Department
    service: tuple[AnyEntry, ...] = ()
    subsidy: tuple[Subsidy, ...] = ()
