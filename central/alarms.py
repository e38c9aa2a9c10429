"""Alarms: events of a terminal's transactions that must never happen and need a person.

``different_body``  one id came with two bodies
``chain``           a transaction names another one before it than the centre holds
``sequence``        two transactions of one terminal carry the same number
``gap``             more numbers are missing than the terminal says it still holds
``report_refused``   the register of guests refused a report; see ``onecard central reports``
``register_overdue`` a guest was not reported to the register of guests in time
``saga_stands``     a department could not undo its part of what another refused
``code_replayed``   a signed code accepted by one terminal was submitted by another as well
``card_unfinished``  a card was being written when its terminal died or its visit ended: it is void
``fare``            the centre comes to another fare than the terminal did
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from central.tables import alarm, received, terminal
from domain.messages.contract import Transaction, TransactionBatch


def different_body(connection: Connection, transaction: Transaction, now: datetime) -> None:
    sequence, detail = transaction.sequence, str(transaction.id)
    raise_alarm(connection, transaction.terminal, "different_body", sequence, detail, now)


def code_replayed(connection: Connection, transaction: Transaction, now: datetime) -> None:
    sequence, detail = transaction.sequence, str(transaction.id)
    raise_alarm(connection, transaction.terminal, "code_replayed", sequence, detail, now)


def check_chain(connection: Connection, batch: TransactionBatch, now: datetime) -> None:
    """Each transaction of the batch against its neighbours, and the terminal's count against its numbers."""
    sequences = [each.transaction.sequence for each in batch.deliveries]
    rows = connection.execute(
        select(received.c.id, received.c.sequence, received.c.hash, received.c.previous)
        .where(
            received.c.terminal == batch.terminal,
            received.c.sequence >= min(sequences) - 1,
            received.c.sequence <= max(sequences) + 1,
        )
        .order_by(received.c.sequence)
    ).all()
    hashes: dict[int, str] = {}
    for row in rows:
        if row.sequence in hashes:
            raise_alarm(connection, batch.terminal, "sequence", row.sequence, row.id, now)
        before = hashes.get(row.sequence - 1)
        if before is not None and before != row.previous:
            raise_alarm(connection, batch.terminal, "chain", row.sequence, row.id, now)
        hashes[row.sequence] = row.hash
    _check_gaps(connection, batch, now)


def _check_gaps(connection: Connection, batch: TransactionBatch, now: datetime) -> None:
    """Numbers may be missing only as far as the terminal still holds them.

    Looked at where the terminal's newest transaction is in the batch: an older batch that arrives late
    tells what was pending before that one was.
    """
    known = connection.execute(
        select(terminal.c.highest, terminal.c.received).where(terminal.c.id == batch.terminal)
    ).one()
    if all(each.transaction.sequence != known.highest for each in batch.deliveries):
        return
    missing = known.highest - known.received
    if missing > batch.pending.count:
        detail = f"{missing} missing, {batch.pending.count} pending"
        raise_alarm(connection, batch.terminal, "gap", known.highest, detail, now)


def raise_alarm(
    connection: Connection, of_terminal: str, kind: str, sequence: int, detail: str, now: datetime
) -> None:
    """Once for each terminal, kind and number, however often it is seen."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"terminal": of_terminal, "kind": kind, "sequence": sequence, "detail": detail, "at": now}
    connection.execute(dialect.insert(alarm).values(row).on_conflict_do_nothing())


def listed(connection: Connection) -> list[dict[str, object]]:
    """All alarms, newest first."""
    rows = connection.execute(select(alarm).order_by(alarm.c.id.desc()))
    return [
        {
            "terminal": row.terminal,
            "kind": row.kind,
            "sequence": row.sequence,
            "detail": row.detail,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]
