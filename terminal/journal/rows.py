"""The rows of a journal: how a record is written, moved from standing to standing, and found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from drivers.central.contract import Transaction, body_hash, canonical
from terminal.journal.encryption import KeyRing, RandomBytes
from terminal.journal.faults import JournalDamaged
from terminal.journal.record import Record
from terminal.journal.sealing import opened_record, seal_record
from terminal.journal.standing import HELD, Standing

Row = tuple[int, bytes, bytes, bytes, str, int, bytes | None]
RECORD_COLUMNS = "sequence, id, hash, previous, occurred_at, key, sealed"


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
    before = Standing(row[0])
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


def check_link(
    ring: KeyRing,
    row: Row,
    before: tuple[int, str] | None,
) -> Transaction | None:
    """One record against its own hash and the record before it. Raises ``JournalDamaged``."""
    sequence, id, hash, previous, _, key, sealed = row
    if before and previous.hex() != before[1]:
        raise JournalDamaged(f"record {sequence} does not follow the one before it")
    if sealed is None:
        return None
    transaction = opened_record(ring, sequence, key, sealed)
    if (transaction.id, transaction.sequence) != (UUID(bytes=id), sequence):
        raise JournalDamaged(f"record {sequence} holds another transaction")
    if bytes.fromhex(body_hash(transaction)) != hash:
        raise JournalDamaged(f"record {sequence} is not what was written")
    return transaction


def kind_of(database: sqlite3.Connection, sequence: int) -> tuple[str, str]:
    """Service and action of a record."""
    row = database.execute("SELECT service, action FROM record WHERE sequence = ?", (sequence,)).fetchone()
    return row[0], row[1]


def keep_answer(database: sqlite3.Connection, sequence: int, key: int, sealed: bytes) -> None:
    database.execute("UPDATE standing SET key = ?, answer = ? WHERE sequence = ?", (key, sealed, sequence))


def stored_record(database: sqlite3.Connection, ring: KeyRing, sequence: int) -> Record:
    """A record as it was written. Raises ``JournalDamaged``."""
    row = database.execute(
        f"SELECT {RECORD_COLUMNS}, amount_fen FROM record WHERE sequence = ?",  # noqa: S608
        (sequence,),
    ).fetchone()
    transaction = check_link(ring, row[:7], None) if row else None
    if transaction is None:
        raise JournalDamaged(f"record {sequence} has no content")
    lanes = database.execute("SELECT name FROM lane WHERE sequence = ?", (sequence,)).fetchall()
    return Record(transaction, row[2].hex(), tuple(name for (name,) in lanes), row[7])


def open_sequences(database: sqlite3.Connection) -> list[int]:
    rows = database.execute("SELECT sequence FROM standing WHERE standing = 'open' ORDER BY sequence")
    return [row[0] for row in rows]


def oldest_pending(database: sqlite3.Connection) -> datetime | None:
    row = database.execute(
        "SELECT r.occurred_at FROM standing s JOIN record r USING (sequence) "
        "WHERE s.standing IN ('open', 'promised', 'withdrawn') ORDER BY s.sequence LIMIT 1"
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


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
    return of_card[0], datetime.fromisoformat(oldest[0]) if oldest else None
