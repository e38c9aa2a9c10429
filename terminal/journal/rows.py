"""The rows of a journal: how a record is written, moved from standing to standing, and found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.messages.contract import Transaction, body_hash, canonical
from domain.transaction_state import HELD, Standing
from terminal.journal.columns import hash_in, id_in, standing_in, time_in
from terminal.journal.encryption import KeyRing, RandomBytes
from terminal.journal.faults import JournalDamaged
from terminal.journal.record import Record
from terminal.journal.sealing import opened_record, seal_record

RECORD_COLUMNS = "sequence, id, hash, previous, service, action, trust, occurred_at, amount_fen, key, sealed"


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of the record table as it lies on disk; ``sealed`` is None once its content was purged."""

    sequence: int
    id: UUID
    hash: str
    previous: str
    service: str
    action: str
    trust: str
    occurred_at: str
    amount_fen: int
    key: int
    sealed: bytes | None


def row_of(untrusted: tuple[Any, ...]) -> StoredRow:
    """From the columns in their order. Raises ``JournalDamaged``."""
    sequence, id, hash, previous, *rest = untrusted
    return StoredRow(sequence, id_in(id), hash_in(hash), hash_in(previous), *rest)


@dataclass(frozen=True, slots=True)
class Change:
    """One record's move from a standing to the next; ``before`` is None for a new one."""

    sequence: int
    before: Standing | None
    after: Standing
    kind: tuple[str, str]
    amount_fen: int


def insert_record(
    database: sqlite3.Connection, ring: KeyRing, record: Record, random_bytes: RandomBytes
) -> None:
    each = record.transaction
    database.execute(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            each.sequence,
            each.id.bytes,
            bytes.fromhex(record.hash),
            bytes.fromhex(each.previous),
            each.service,
            each.action,
            each.trust.value,
            each.occurred_at.isoformat(),
            record.amount_fen,
            ring.current,
            seal_record(ring, each.sequence, canonical(each), random_bytes),
        ),
    )
    database.executemany(
        "INSERT OR IGNORE INTO lane VALUES (?, ?)", [(each.sequence, lane) for lane in record.lanes]
    )


def move(
    database: sqlite3.Connection,
    sequence: int,
    to: Standing | Callable[[Standing], Standing],
    code: str,
    now: datetime,
) -> list[Change]:
    """Moves one record on: to a standing, or to where that says for the one it has. No change when it
    is there already."""
    row = database.execute(
        "SELECT s.standing, r.service, r.action, r.amount_fen FROM standing s JOIN record r USING (sequence) "
        "WHERE sequence = ?",
        (sequence,),
    ).fetchone()
    if row is None:
        return []
    before = standing_in(row[0])
    after = to if isinstance(to, Standing) else to(before)
    if after is before:
        return []
    database.execute(
        "UPDATE standing SET standing = ?, code = ?, changed_at = ? WHERE sequence = ?",
        (after.value, code, now.isoformat(), sequence),
    )
    if not after.undecided and after not in HELD.values():
        database.execute("DELETE FROM lane WHERE sequence = ?", (sequence,))
    return [Change(sequence, before, after, (row[1], row[2]), row[3])]


def checked(ring: KeyRing, row: StoredRow, before: str | None) -> Transaction | None:
    """One record against its own hash, its columns, and the hash of the record before it (when known).

    Gives its content, None when that was purged. Raises ``JournalDamaged``.
    """
    if before is not None and row.previous != before:
        raise JournalDamaged("it does not follow the one before it")
    if row.sealed is None:
        return None
    transaction = opened_record(ring, row.sequence, row.key, row.sealed)
    if body_hash(transaction) != row.hash:
        raise JournalDamaged("it is not what was written")
    if _columns(transaction) != _columns(row):
        raise JournalDamaged("its columns are not those of its content")
    return transaction


def _columns(of: Transaction | StoredRow) -> tuple[str, ...]:
    """Columns beside the sealed content, in a form in which both can be compared."""
    trust, at = (
        (of.trust, of.occurred_at)
        if isinstance(of, StoredRow)
        else (of.trust.value, of.occurred_at.isoformat())
    )
    return str(of.sequence), str(of.id), of.previous, of.service, of.action, trust, at


def kind_of(database: sqlite3.Connection, sequence: int) -> tuple[str, str]:
    """Service and action of a record."""
    row = database.execute("SELECT service, action FROM record WHERE sequence = ?", (sequence,)).fetchone()
    return row[0], row[1]


def keep_answer(database: sqlite3.Connection, sequence: int, key: int, sealed: bytes) -> None:
    database.execute("UPDATE standing SET key = ?, answer = ? WHERE sequence = ?", (key, sealed, sequence))


def stored_record(database: sqlite3.Connection, ring: KeyRing, sequence: int) -> Record:
    """A record as it was written. Raises ``JournalDamaged``."""
    found = database.execute(
        f"SELECT {RECORD_COLUMNS} FROM record WHERE sequence = ?",  # noqa: S608
        (sequence,),
    ).fetchone()
    row = row_of(found) if found else None
    transaction = checked(ring, row, None) if row else None
    if row is None or transaction is None:
        raise JournalDamaged(f"record {sequence} has no content")
    lanes = database.execute("SELECT name FROM lane WHERE sequence = ?", (sequence,)).fetchall()
    return Record(transaction, row.hash, tuple(name for (name,) in lanes), row.amount_fen)


def open_sequences(database: sqlite3.Connection) -> list[int]:
    rows = database.execute("SELECT sequence FROM standing WHERE standing = 'open' ORDER BY sequence")
    return [row[0] for row in rows]


def oldest_pending(database: sqlite3.Connection) -> datetime | None:
    row = database.execute(
        "SELECT r.occurred_at FROM standing s JOIN record r USING (sequence) "
        "WHERE s.standing IN ('open', 'promised', 'withdrawn') ORDER BY s.sequence LIMIT 1"
    ).fetchone()
    return time_in(row[0]) if row else None


def promised(database: sqlite3.Connection, kind: tuple[str, str], card: bytes) -> tuple[int, datetime | None]:
    oldest = database.execute(
        "SELECT r.occurred_at FROM standing s JOIN record r USING (sequence) "
        "WHERE s.standing IN ('open', 'promised', 'withdrawn') AND s.standing = 'promised' "
        "AND r.service = ? AND r.action = ? ORDER BY s.sequence LIMIT 1",
        kind,
    ).fetchone()
    of_card = database.execute(
        "SELECT count(*) FROM lane l JOIN standing s USING (sequence) JOIN record r USING (sequence) "
        "WHERE l.name = ? AND s.standing = 'promised' AND r.service = ? AND r.action = ?",
        (card, *kind),
    ).fetchone()
    return of_card[0], time_in(oldest[0]) if oldest else None
