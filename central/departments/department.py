"""The port every department stands behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from pydantic import JsonValue
from sqlalchemy import Connection

from domain.messages.contract import Outcome, Transaction


@dataclass(frozen=True, slots=True)
class Decision:
    """``code`` is a fault code when refused; ``data`` goes back to the terminal as it is."""

    outcome: Outcome
    code: str = ""
    data: Mapping[str, JsonValue] = field(default_factory=dict)


def confirmed(**data: JsonValue) -> Decision:
    return Decision(Outcome.CONFIRMED, "", data)


def refused(code: str, **data: JsonValue) -> Decision:
    return Decision(Outcome.REFUSED, code, data)


@dataclass(frozen=True, slots=True)
class Business:
    """One transaction, its holder resolved. ``accepted_offline``: the person was already shown acceptance, so
    the department applies its conflict rule instead of its ordinary one.
    """

    transaction: Transaction
    subject: str
    accepted_offline: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question of a terminal; ``subject`` is empty when it concerns no person."""

    name: str
    subject: str
    body: Mapping[str, JsonValue]
    terminal: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """A holder who stands at this ``terminal`` now."""

    subject: str
    terminal: str
    now: datetime


class Department(Protocol):
    """Called inside one database transaction; a refusal must leave nothing behind.

    ``undo`` takes back what a confirmed transaction did and says whether it could.
    ``ask`` answers a question that books nothing, None for one it does not know.
    ``know`` says what the department knows of a holder, for the terminal's screens.
    """

    def apply(self, connection: Connection, business: Business) -> Decision: ...

    def undo(self, connection: Connection, transaction: Transaction) -> bool: ...

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]: ...

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None: ...


@runtime_checkable
class KeepsWhatHappened(Protocol):
    """A department whose business has happened, whatever stands behind it: who was carried was carried."""

    def apply_replayed(self, connection: Connection, business: Business) -> Decision:
        """Apply business on a code that another terminal took before: recorded without a charge."""
        ...


@runtime_checkable
class KeepsPaid(Protocol):
    """A department whose confirmed business is money that left: no terminal takes it back alone."""

    def keeps_paid(self, connection: Connection, transaction: Transaction, now: datetime) -> bool:
        """Notes for a person that the terminal says it was not done."""
        ...
