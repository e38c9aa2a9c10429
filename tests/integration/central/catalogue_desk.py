"""A counter of the catalogue as the centre sees it: it asks, sends, and sends again what is still running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from pydantic import JsonValue
from sqlalchemy import Select, select

from central.carrying_out import carried_out, here
from central.database import Database
from central.departments.department import Department
from central.departments.registry import DEPARTMENTS
from central.departments.tables import account, posting
from central.holders import identify
from central.questions import answer
from central.tables import holder
from central.transactions import apply_batch
from domain.messages.contract import (
    CredentialMessage,
    Delivery,
    IdentificationRequest,
    PendingWork,
    Question,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
    body_hash,
)
from tests.cities import personas
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import card


@dataclass
class CatalogueDesk:
    database: Database
    departments: Mapping[str, Department] = field(default_factory=lambda: DEPARTMENTS)
    terminal: str = "BZ-GOV-0001"
    now: datetime = NOW
    sequence: int = 0
    previous: str = "0" * 64

    def make(
        self,
        service: str,
        action: str,
        persona: str,
        *,
        trust: TrustLevel = TrustLevel.HOLDER,
        credential: CredentialMessage | None = None,
        at: datetime | None = None,
        **body: JsonValue,
    ) -> Transaction:
        self.sequence += 1
        made = Transaction(
            id=uuid4(),
            terminal=self.terminal,
            sequence=self.sequence,
            previous=self.previous,
            service=service,
            action=action,
            occurred_at=at or self.now,
            trust=trust,
            credential=credential or card(persona),
            body=body,
        )
        self.previous = body_hash(made)
        return made

    def send(self, made: Transaction, *, offline: bool = False, withdrawn: bool = False) -> TransactionResult:
        """As ``POST /v1/transactions`` does it."""
        delivery = Delivery(transaction=made, accepted_offline=offline, withdrawn=withdrawn)
        batch = TransactionBatch(terminal=self.terminal, pending=PendingWork(count=0), deliveries=(delivery,))
        results = self.database.write(
            lambda connection: apply_batch(connection, batch, self.departments, self.now)
        )
        (result,) = carried_out(self.database, batch, results, self.departments, self.now)
        return result

    def do(self, service: str, action: str, persona: str, **more: Any) -> TransactionResult:
        offline = bool(more.pop("offline", False))
        return self.send(self.make(service, action, persona, **more), offline=offline)

    def ask(self, service: str, name: str, persona: str, **body: JsonValue) -> dict[str, JsonValue]:
        """As ``POST /v1/questions`` answers a terminal that has just read this card."""
        asked = Question(
            terminal=self.terminal, subject=self.seen(persona), service=service, name=name, body=body
        )
        with self.database.read() as connection:
            return dict(answer(connection, asked, self.departments, self.now))

    def ask_of_nobody(
        self, service: str, name: str, terminal: str, body: dict[str, JsonValue]
    ) -> dict[str, JsonValue]:
        """A question that is about no holder."""
        asked = Question(terminal=terminal, service=service, name=name, body=body)
        with self.database.read() as connection:
            return dict(answer(connection, asked, self.departments, self.now))

    def seen(self, persona: str) -> str:
        """The card is laid on this terminal's reader; the centre's name for its holder."""
        request = IdentificationRequest(
            terminal=self.terminal, trust=TrustLevel.VERIFIED, credential=card(persona)
        )
        known = self.database.write(
            lambda connection: identify(connection, request, here(self.departments, ()), self.now)
        )
        return known.subject

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)

    def rows(self, query: Select[Any]) -> list[Any]:
        with self.database.read() as connection:
            return list(connection.execute(query))

    def one(self, query: Select[Any]) -> Any:
        with self.database.read() as connection:
            return connection.execute(query).scalar_one()

    def balance(self, persona: str) -> int:
        return int(self.one(select(account.c.balance_fen).where(account.c.subject == self.subject(persona))))

    def movements(self, persona: str) -> list[int]:
        """Fen of each movement of the account since the city was seeded."""
        mine = select(account.c.id).where(account.c.subject == self.subject(persona))
        rows = self.rows(select(posting.c.fen).where(posting.c.account.in_(mine)).order_by(posting.c.id))
        return [row.fen for row in rows]

    def subject(self, persona: str) -> str:
        number = personas()[persona].social_security_number
        return str(self.one(select(holder.c.subject).where(holder.c.social_security_number == number)))


def said(result: TransactionResult) -> str:
    return result.code or result.outcome.value
