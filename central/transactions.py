"""Transactions, each applied exactly once whatever is repeated, reordered or sent twice at a time.

An id is claimed in the same database transaction that applies it. A second delivery waits for that claim
and then reads the stored answer; another body is refused and raises an alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Update, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central import alarms, offline_rule
from central.codes.shown import ShownElsewhere
from central.departments.department import (
    Business,
    Decision,
    Department,
    KeepsPaid,
    KeepsWhatHappened,
    refused,
)
from central.holders import resolve
from central.retention import RETENTION_DAYS, perhaps_forgotten
from central.riders import beyond_rides
from central.tables import received, terminal
from central.unidentified import Unidentified
from domain.messages.contract import Delivery, Outcome, TransactionBatch, TransactionResult, body_hash

RUNNING_RETRY_MS = 500
TOO_OLD = "central.too_old"
NOT_IN_SCOPE = "trust.not_in_scope"
InScope = Callable[[str], bool]


def every_service(_: str) -> bool:
    """The scope of the one terminal of a centre on loopback."""
    return True


def apply_batch(
    connection: Connection,
    batch: TransactionBatch,
    departments: Mapping[str, Department],
    now: datetime,
    kept_days: int = RETENTION_DAYS,
    in_scope: InScope = every_service,
) -> list[TransactionResult]:
    """The results in the order of the deliveries. One database transaction for all of them. ``in_scope``:
    whether the terminal may do a service."""
    hashes = first_hashes(batch.deliveries)
    ours = _claim(connection, batch.deliveries, hashes)
    stored = _stored(connection, [id for id in hashes if id not in ours])
    too_old = perhaps_forgotten(connection, batch, now, kept_days) if ours else set()
    results = []
    fresh: list[dict[str, Any]] = []
    for delivery in batch.deliveries:
        id = str(delivery.transaction.id)
        if id in ours and body_hash(delivery.transaction) == hashes[id]:
            ours.discard(id)
            if delivery.transaction.sequence in too_old:
                subject, result = "", _too_old(delivery, now)
            else:
                subject, result = _decide(connection, delivery, departments, now, in_scope)
            fresh.append(_values(result, subject))
            stored[id] = _Stored(hashes[id], result)
        elif body_hash(delivery.transaction) != stored[id].hash:
            alarms.different_body(connection, delivery.transaction, now)
            result = TransactionResult(
                id=delivery.transaction.id, outcome=Outcome.DIFFERENT_BODY, decided_at=now
            )
        else:
            result = stored[id].result
            if delivery.withdrawn and result.outcome is Outcome.CONFIRMED:
                _note_withdrawn(connection, delivery, departments, now)
                result = _withdraw(connection, delivery, departments, result, now)
        results.append(result)
    if fresh:
        connection.execute(_store_all(), fresh)
    new = sum(each["code"] != TOO_OLD for each in fresh)
    _note_terminal(connection, batch, new, now)
    alarms.check_chain(connection, batch, now)
    return results


def first_hashes(deliveries: Sequence[Delivery]) -> dict[str, str]:
    """The body hash by id. Of two bodies under one id in a batch the first stands."""
    hashes: dict[str, str] = {}
    for delivery in deliveries:
        hashes.setdefault(str(delivery.transaction.id), body_hash(delivery.transaction))
    return hashes


class _Stored:
    __slots__ = ("hash", "result")

    def __init__(self, hash: str, result: TransactionResult) -> None:
        self.hash = hash
        self.result = result


def _claim(connection: Connection, deliveries: Sequence[Delivery], hashes: Mapping[str, str]) -> set[str]:
    """Claim the ids not stored before. In sorted order, so that two batches never wait for each other."""
    rows: dict[str, dict[str, Any]] = {}
    for delivery in deliveries:
        each = delivery.transaction
        rows.setdefault(
            str(each.id),
            {
                "id": str(each.id),
                "hash": hashes[str(each.id)],
                "terminal": each.terminal,
                "sequence": each.sequence,
                "previous": each.previous,
                "service": each.service,
                "action": each.action,
                "occurred_at": each.occurred_at,
                "accepted_offline": delivery.accepted_offline,
            },
        )
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    claim = dialect.insert(received).on_conflict_do_nothing(index_elements=["id"]).returning(received.c.id)
    ordered = [rows[id] for id in sorted(rows)]
    return set(connection.execute(claim, ordered).scalars())


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, _Stored]:
    if not ids:
        return {}
    rows = connection.execute(select(received).where(received.c.id.in_(ids)))
    return {row.id: _Stored(row.hash, _result_of(row)) for row in rows}


def stored_results(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, TransactionResult]:
    """The answers as they are stored now."""
    return {UUID(id): each.result for id, each in _stored(connection, [str(id) for id in ids]).items()}


def _result_of(row: Row[Any]) -> TransactionResult:
    return TransactionResult(
        id=row.id,
        outcome=Outcome(row.outcome),
        code=row.code,
        data=row.data,
        decided_at=row.decided_at,
        retry_after_ms=RUNNING_RETRY_MS if row.outcome == Outcome.RUNNING else None,
    )


def _decide(
    connection: Connection,
    delivery: Delivery,
    departments: Mapping[str, Department],
    now: datetime,
    in_scope: InScope,
) -> tuple[str, TransactionResult]:
    """Whose business it is, and what became of it."""
    if not (delivery.withdrawn or in_scope(delivery.transaction.service)):
        subject, decision = "", refused(NOT_IN_SCOPE)
    else:
        subject, decision = _decision(connection, delivery, departments, now)
    return subject, TransactionResult(
        id=delivery.transaction.id,
        outcome=decision.outcome,
        code=decision.code,
        data=dict(decision.data),
        decided_at=now,
    )


def _too_old(delivery: Delivery, now: datetime) -> TransactionResult:
    """Result for a transaction whose earlier answer may have been deleted: a person decides, whatever the
    counter showed.
    """
    outcome = Outcome.CONFIRMED if delivery.withdrawn else Outcome.REFUSED
    return TransactionResult(id=delivery.transaction.id, outcome=outcome, code=TOO_OLD, decided_at=now)


def _decision(
    connection: Connection, delivery: Delivery, departments: Mapping[str, Department], now: datetime
) -> tuple[str, Decision]:
    transaction = delivery.transaction
    if delivery.withdrawn:
        return "", Decision(Outcome.WITHDRAWN)
    department = departments.get(transaction.service)
    if department is None:
        return "", refused("central.service_unknown")
    if beyond_rides(transaction):
        return "", refused("bus.rides_only")
    if reason := offline_rule.refusal_of(delivery, department):
        return "", refused(reason)
    transaction = offline_rule.as_said(delivery)
    try:
        subject = resolve(
            connection,
            transaction.credential,
            transaction.terminal,
            now,
            late=delivery.accepted_offline,
            done_at=transaction.occurred_at,
        )
    except ShownElsewhere as taken:
        alarms.code_replayed(connection, transaction, now)
        if isinstance(department, KeepsWhatHappened):
            business = Business(transaction, taken.subject, delivery.accepted_offline, now)
            return taken.subject, department.apply_replayed(connection, business)
        return "", refused(taken.reason)
    except Unidentified as unidentified:
        return "", refused(unidentified.reason)
    business = Business(transaction, subject, delivery.accepted_offline, now)
    return subject, department.apply(connection, business)


def _note_withdrawn(
    connection: Connection, delivery: Delivery, departments: Mapping[str, Department], now: datetime
) -> None:
    """Money that was paid stays paid; a person hears of it."""
    department = departments.get(delivery.transaction.service)
    if department is not None and isinstance(department, KeepsPaid):
        department.keeps_paid(connection, delivery.transaction, now)


def _withdraw(
    connection: Connection,
    delivery: Delivery,
    departments: Mapping[str, Department],
    stored: TransactionResult,
    now: datetime,
) -> TransactionResult:
    """Undo business, where possible, whose person was shown "not booked"."""
    department = departments.get(delivery.transaction.service)
    if department is None or not department.undo(connection, delivery.transaction):
        return stored
    result = TransactionResult(id=stored.id, outcome=Outcome.WITHDRAWN, decided_at=now)
    subject = connection.execute(
        select(received.c.subject).where(received.c.id == str(result.id))
    ).scalar_one()
    connection.execute(_store_all(), [_values(result, subject)])
    return result


def _values(result: TransactionResult, subject: str) -> dict[str, Any]:
    return {
        "of_id": str(result.id),
        "outcome": result.outcome.value,
        "code": result.code,
        "data": result.data,
        "decided_at": result.decided_at,
        "subject": subject,
    }


def _store_all() -> Update:
    return update(received).where(received.c.id == bindparam("of_id"))


def _note_terminal(connection: Connection, batch: TransactionBatch, fresh: int, now: datetime) -> None:
    """Record the number of transactions the terminal still holds, and how many of its numbers came."""
    highest = max(each.transaction.sequence for each in batch.deliveries)
    held = {"seen_at": now, "pending": batch.pending.count, "oldest_at": batch.pending.oldest_at}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    noted = dialect.insert(terminal).values(id=batch.terminal, received=fresh, highest=highest, **held)
    higher = case((terminal.c.highest < highest, highest), else_=terminal.c.highest)
    counted = {"received": terminal.c.received + fresh, "highest": higher}
    connection.execute(noted.on_conflict_do_update(index_elements=["id"], set_={**held, **counted}))


def counted(connection: Connection) -> int:
    """How many transactions the centre holds."""
    return connection.execute(select(func.count()).select_from(received)).scalar_one()
