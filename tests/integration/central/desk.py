"""A terminal as the centre sees it: it numbers, chains and sends transactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pydantic import JsonValue

from central.database import Database
from central.departments.registry import DEPARTMENTS
from central.holders import identify
from central.transactions import apply_batch
from domain.messages.contract import (
    Delivery,
    HolderPresented,
    IdentificationRequest,
    PendingWork,
    SocialSecurityCardPresented,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
    body_hash,
)
from tests.cities import personas
from tests.integration.central.conftest import NOW

BOOK, ANOTHER, REFERENCE = "2371600000010", "2371600000027", "2371600000249"


def card(persona: str) -> SocialSecurityCardPresented:
    person = personas()[persona]
    return SocialSecurityCardPresented(
        card_number=person.card_number, identification_code=person.identification_code
    )


@dataclass
class Desk:
    database: Database
    terminal: str = "BZ-LIB-0001"
    now: datetime = NOW
    sequence: int = 0
    previous: str = "0" * 64
    made: list[Transaction] = field(default_factory=list)

    def make(
        self, action: str, barcode: str, persona: str | None = None, at: datetime | None = None
    ) -> Transaction:
        made = self.with_body(action, persona, {"barcode": barcode}, at)
        self.made.append(made)
        return made

    def with_body(
        self,
        action: str,
        persona: str | None,
        body: dict[str, JsonValue],
        at: datetime | None = None,
    ) -> Transaction:
        """The next of the library's transactions, not sent yet."""
        self.sequence += 1
        made = Transaction(
            id=uuid4(),
            terminal=self.terminal,
            sequence=self.sequence,
            previous=self.previous,
            service="library",
            action=action,
            occurred_at=at or self.now,
            trust=TrustLevel.READ,
            credential=card(persona) if persona else None,
            body=body,
        )
        self.previous = body_hash(made)
        return made

    def send(
        self, *made: Transaction, offline: bool = False, withdrawn: bool = False, pending: int = 0
    ) -> list[TransactionResult]:
        deliveries = tuple(
            Delivery(transaction=each, accepted_offline=offline, withdrawn=withdrawn) for each in made
        )
        batch = TransactionBatch(
            terminal=self.terminal, pending=PendingWork(count=pending), deliveries=deliveries
        )
        return self.database.write(lambda connection: apply_batch(connection, batch, DEPARTMENTS, self.now))

    def do(self, action: str, barcode: str, persona: str | None = None, **how: bool) -> TransactionResult:
        return self.send(self.make(action, barcode, persona), **how)[0]

    def identify(self, persona: str, services: tuple[str, ...] = ("library",)) -> dict[str, JsonValue]:
        request = IdentificationRequest(
            terminal=self.terminal, trust=TrustLevel.READ, credential=card(persona), services=services
        )
        holder = self.database.write(lambda connection: identify(connection, request, DEPARTMENTS, self.now))
        return {"subject": holder.subject, **holder.services.get("library", {})}

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)


def presented(subject: object) -> HolderPresented:
    return HolderPresented(subject=str(subject), presented_as="social_security_card")


def ids(results: list[TransactionResult]) -> list[UUID]:
    return [result.id for result in results]
