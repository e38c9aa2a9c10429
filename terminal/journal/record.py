"""One record of the journal: the transaction as it is sent, its hash, and what it is ordered by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import JsonValue

from domain.messages.contract import CredentialMessage, Transaction, TrustLevel, body_hash
from domain.transaction_state import Standing

FIRST_PREVIOUS = "0" * 64
"""Predecessor's hash in the first record of a terminal."""


@dataclass(frozen=True, slots=True, repr=False)
class Business:
    """Transaction to be journalled. ``lanes`` name the card, the person and the things it is about: of
    transactions that share a lane only one is on its way at a time, in their order.
    """

    service: str
    action: str
    trust: TrustLevel
    credential: CredentialMessage | None
    body: Mapping[str, JsonValue]
    lanes: tuple[str, ...] = ()

    @property
    def amount_fen(self) -> int:
        """Amount that counts for the offline limits: the body's ``amount_fen``, else 0."""
        amount = self.body.get("amount_fen", 0)
        return amount if isinstance(amount, int) and amount > 0 else 0

    def __repr__(self) -> str:
        return f"Business({self.service}.{self.action})"


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """A transaction that is on disk. ``lanes`` are the sealed names of its lanes."""

    transaction: Transaction
    hash: str
    lanes: tuple[bytes, ...]
    amount_fen: int = 0

    @property
    def id(self) -> UUID:
        return self.transaction.id

    @property
    def sequence(self) -> int:
        return self.transaction.sequence

    def __repr__(self) -> str:
        return f"Record({self.sequence}, {self.id})"


@dataclass(frozen=True, slots=True)
class Entry:
    """How one record stands, without anything personal: what lists, screens and checks read."""

    sequence: int
    id: UUID
    service: str
    action: str
    trust: TrustLevel
    occurred_at: datetime
    amount_fen: int
    standing: Standing
    code: str
    changed_at: datetime
    kept: bool
    """False once the content was purged and only the hash is left."""


def build(
    business: Business, id: UUID, terminal: str, sequence: int, previous: str, occurred_at: datetime
) -> Transaction:
    """The transaction as every try will carry it."""
    return Transaction(
        id=id,
        terminal=terminal,
        sequence=sequence,
        previous=previous,
        service=business.service,
        action=business.action,
        occurred_at=occurred_at,
        trust=business.trust,
        credential=business.credential,
        body=dict(business.body),
    )


def recorded(transaction: Transaction, lanes: tuple[bytes, ...], amount_fen: int) -> Record:
    return Record(transaction, body_hash(transaction), lanes, amount_fen)
