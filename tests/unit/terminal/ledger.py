"""A centre that fits in a test: it keeps what it was sent, applies each id once, and fails when told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from domain.messages.contract import (
    BatchResult,
    Delivery,
    Health,
    Outcome,
    Transaction,
    TransactionBatch,
    TransactionResult,
    body_hash,
)
from drivers.central.faults import CentralFault

SERVER_TIME = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Rule = Callable[[Delivery], TransactionResult | None]
Before = Callable[[TransactionBatch], None]


def confirmed(transaction: Transaction) -> TransactionResult:
    data = {"title": "活着", "due_date": "2026-12-21"}
    return TransactionResult(
        id=transaction.id, outcome=Outcome.CONFIRMED, data=dict(data), decided_at=SERVER_TIME
    )


def refused(transaction: Transaction, code: str) -> TransactionResult:
    return TransactionResult(id=transaction.id, outcome=Outcome.REFUSED, code=code, decided_at=SERVER_TIME)


@dataclass
class Ledger:
    """``before`` and ``after`` may raise what a network does, before or after the batch is applied;
    ``rule`` may decide a delivery otherwise than by confirming it."""

    stored: dict[UUID, tuple[str, TransactionResult]] = field(default_factory=dict)
    applied: list[Transaction] = field(default_factory=list)
    batches: list[TransactionBatch] = field(default_factory=list)
    before: Before = lambda _: None
    after: Before = lambda _: None
    rule: Rule = lambda _: None
    server_time: datetime = SERVER_TIME
    down: CentralFault | None = None

    def health(self, budget_ms: int) -> Health:
        if self.down:
            raise self.down
        return Health(server_time=self.server_time, retention_days=400)

    def deliver(self, batch: TransactionBatch, budget_ms: int) -> BatchResult:
        self.batches.append(batch)
        if self.down:
            raise self.down
        self.before(batch)
        results = tuple(self._decided(delivery) for delivery in batch.deliveries)
        self.after(batch)
        return BatchResult(server_time=self.server_time, results=results)

    def _decided(self, delivery: Delivery) -> TransactionResult:
        transaction = delivery.transaction
        hash, known = self.stored.get(transaction.id, ("", None))
        if known is None:
            return self._keep(delivery, self._result(delivery))
        if hash != body_hash(transaction):
            return TransactionResult(
                id=transaction.id, outcome=Outcome.DIFFERENT_BODY, decided_at=SERVER_TIME
            )
        if delivery.withdrawn and known.outcome is Outcome.CONFIRMED:
            self.applied = [each for each in self.applied if each.id != transaction.id]
            return self._keep(delivery, _withdrawn(transaction))
        return known

    def _result(self, delivery: Delivery) -> TransactionResult:
        if delivery.withdrawn:
            return _withdrawn(delivery.transaction)
        return self.rule(delivery) or confirmed(delivery.transaction)

    def _keep(self, delivery: Delivery, result: TransactionResult) -> TransactionResult:
        if result.outcome is Outcome.RUNNING:
            return result
        if result.outcome is Outcome.CONFIRMED:
            self.applied.append(delivery.transaction)
        self.stored[delivery.transaction.id] = (body_hash(delivery.transaction), result)
        return result


def _withdrawn(transaction: Transaction) -> TransactionResult:
    return TransactionResult(id=transaction.id, outcome=Outcome.WITHDRAWN, decided_at=SERVER_TIME)
