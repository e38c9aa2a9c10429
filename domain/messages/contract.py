"""The contract between a terminal and the central service: messages, outcomes, versions.

HTTP with JSON bodies under ``/v1``. Times are RFC 3339 with offset, money is integer fen, personal
numbers never stand in a URL. Errors are ``application/problem+json`` (RFC 9457) with a stable code.
Both sides import this module; the published OpenAPI document is generated from it.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from domain.messages.bounds import bounded_body, bounded_time, plain_text

CONTRACT_VERSION = "1.0"
BATCH_LIMIT = 200
"""Transactions in one batch at the most."""

MAXIMUM_COUNT = 2**53 - 1
"""Integers of the contract stay exact wherever JSON is read (RFC 8259, 6)."""

ShortText = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(plain_text)]
PlausibleTime = Annotated[AwareDatetime, AfterValidator(bounded_time)]
Body = Annotated[dict[str, JsonValue], AfterValidator(bounded_body)]


class Message(BaseModel):
    """Base of every message: frozen, and closed against fields the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TrustLevel(StrEnum):
    """How far what was presented is trusted; each level includes the ones before it."""

    NONE = "none"
    READ = "read"
    VERIFIED = "verified"
    HOLDER = "holder"

    @property
    def rank(self) -> int:
        return list(TrustLevel).index(self)

    def reaches(self, needed: TrustLevel) -> bool:
        return self.rank >= needed.rank


class SocialSecurityCardPresented(Message):
    """The identity part of a card that was read; never its holder's other data."""

    kind: Literal["social_security_card"] = "social_security_card"
    card_number: Annotated[str, Field(min_length=1, max_length=9), AfterValidator(plain_text)]
    identification_code: Annotated[str, Field(pattern=r"^[0-9A-F]{32}$")]
    social_security_number: Annotated[str | None, Field(pattern=r"^[0-9]{17}[0-9X]$")] = None


class ECardTokenPresented(Message):
    """The opaque token of an electronic card; only the central service knows whose it is."""

    kind: Literal["e_card_token"] = "e_card_token"
    token: Annotated[str, Field(min_length=8, max_length=256), AfterValidator(plain_text)]


class TUnionCardPresented(Message):
    """A transport card that was read: its number and its issuer's, good for rides only."""

    kind: Literal["t_union_card"] = "t_union_card"
    number: Annotated[str, Field(pattern=r"^[0-9]{19}$")]
    issuer: Annotated[str, Field(pattern=r"^[0-9A-F]{16}$")]


class SignedECardPresented(Message):
    """A signed electronic card as it was shown: the central service proves it again."""

    kind: Literal["signed_e_card"] = "signed_e_card"
    content: Annotated[str, Field(pattern=r"^OC2:[0-9A-Z $%*+\-./:]{1,414}$")]


class RideCodePresented(Message):
    """A transport ride code (JT/T 1179) as it was shown, 332 to 364 bytes in base64."""

    kind: Literal["ride_code"] = "ride_code"
    content: Annotated[str, Field(pattern=r"^[0-9A-Za-z+/]{442,486}={0,2}$")]


class HolderPresented(Message):
    """A holder the central service already named in an identification during this visit."""

    kind: Literal["holder"] = "holder"
    subject: ShortText
    presented_as: Literal["social_security_card", "e_card_token", "signed_e_card", "ride_code"]


ShownMessage = SocialSecurityCardPresented | ECardTokenPresented | SignedECardPresented | RideCodePresented
"""Credentials that identify a person."""

CredentialMessage = Annotated[
    ShownMessage | TUnionCardPresented | HolderPresented, Field(discriminator="kind")
]


class IdentificationRequest(Message):
    """Who is this? Asked once a visit, for a card or a code."""

    terminal: ShortText
    trust: TrustLevel
    credential: ShownMessage = Field(discriminator="kind")
    services: tuple[ShortText, ...] = ()


class Holder(Message):
    """The answer to an identification. Names and numbers arrive masked; ``subject`` is opaque and stable.

    ``services`` holds, for each service asked for, what that service knows of the holder, e.g.
    ``{"library": {"status": "active", "loans": 1, "loan_limit": 10}}``.
    """

    subject: ShortText
    masked_name: str
    masked_number: str
    trust: TrustLevel
    services: dict[str, dict[str, JsonValue]] = {}


class Question(Message):
    """What does the centre know? Books nothing. ``subject`` is a holder this terminal has identified."""

    terminal: ShortText
    subject: ShortText | None = None
    service: ShortText
    name: ShortText
    body: Body = {}


class Answer(Message):
    """The answer to a question; names and numbers in it are masked, money is fen."""

    data: dict[str, JsonValue] = {}


class Transaction(Message):
    """One piece of business, exactly as it was journalled. Every retry carries these same bytes."""

    id: UUID
    terminal: ShortText
    sequence: Annotated[int, Field(ge=1, le=MAXIMUM_COUNT)]
    previous: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the record before this one on the same terminal; 64 zeros for the first."""
    service: ShortText
    action: ShortText
    occurred_at: PlausibleTime
    trust: TrustLevel
    credential: CredentialMessage | None = None
    body: Body = {}


class Delivery(Message):
    """A transaction on its way. What may differ between tries stands here, outside the hash."""

    transaction: Transaction
    accepted_offline: bool = False
    """True when the person was already shown acceptance; the centre then applies the service's conflict rule.
    """
    attempt: Annotated[int, Field(ge=1, le=MAXIMUM_COUNT)] = 1
    withdrawn: bool = False
    """True when the person was shown that nothing was booked, although an earlier try of this id may have
    arrived. The centre stores ``withdrawn`` for an id it does not know, so that a try still on its way is
    never applied; it undoes what it applied, or answers ``confirmed`` where that cannot be undone.
    """


class PendingWork(Message):
    """Undelivered work of the terminal, sent with every batch so that it is not entered again by hand."""

    count: Annotated[int, Field(ge=0, le=2**31 - 1)]
    oldest_at: PlausibleTime | None = None


class TransactionBatch(Message):
    terminal: ShortText
    pending: PendingWork
    deliveries: Annotated[tuple[Delivery, ...], Field(min_length=1, max_length=BATCH_LIMIT)]


class Outcome(StrEnum):
    """The centre's outcome of one transaction."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    DIFFERENT_BODY = "different_body"
    RUNNING = "running"
    WITHDRAWN = "withdrawn"
    """Not applied, or undone, because the terminal said that nothing was booked."""


class TransactionResult(Message):
    """The stored answer to one transaction; the same for every repeat of it.

    ``code`` is a fault code when refused, else empty. ``data`` is the service's own answer, e.g.
    ``{"due_date": "2026-12-23", "title": "…"}``.
    """

    id: UUID
    outcome: Outcome
    code: str = ""
    data: dict[str, JsonValue] = {}
    decided_at: AwareDatetime
    retry_after_ms: Annotated[int | None, Field(ge=0)] = None


class BatchResult(Message):
    """Results in the order of the deliveries. A batch of one whose item is ``different_body`` or
    ``running`` is answered with status 409 and a problem document instead."""

    server_time: AwareDatetime
    results: tuple[TransactionResult, ...]


class Problem(Message):
    """RFC 9457 problem document; ``code`` is the stable fault code."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""


class Health(Message):
    contract: str = CONTRACT_VERSION
    server_time: AwareDatetime
    retention_days: int
    """How long a transaction's id, hash and result are kept: longer than a terminal may be offline."""


def canonical(message: Message) -> bytes:
    """The one byte form of a message: sorted keys, no spaces, UTF-8. Hashes are taken over this."""
    fields = message.model_dump(mode="json")
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def body_hash(transaction: Transaction) -> str:
    """SHA-256 of a transaction in canonical form, 64 hex digits: its identity beside its id, and
    what the next record on the same terminal names as ``previous``."""
    return hashlib.sha256(canonical(transaction)).hexdigest()
