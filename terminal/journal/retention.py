"""Retention of the journal: contents are purged first, then whole records, never open ones.

A purged content is overwritten in the database (``secure_delete``) and its copies leave the write-ahead
log; the record's hash stays, so that the chain can still be proved. Whole records go from the oldest end
only, and a checkpoint takes their place in the chain.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.transaction_state import FOR_THE_CLERK, UNDECIDED
from terminal.journal.encryption import KeyRing
from terminal.journal.migrations import At
from terminal.journal.proof import seal_checkpoints, seal_standings
from terminal.journal.store import Journal

BATCH = 500
NEEDED = ", ".join(f"'{standing.value}'" for standing in (*UNDECIDED, *FOR_THE_CLERK))


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a decided record is kept: its content, and the record itself."""

    content: timedelta = timedelta(days=30)
    record: timedelta = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Purged:
    contents: int = 0
    records: int = 0


def purge(journal: Journal, retention: Retention, now: datetime) -> Purged:
    """Purge in small steps, so that no transaction waits; a crash leaves each step done or undone."""
    contents = records = 0
    while done := journal.writer.write(
        lambda database: _contents(database, journal.ring, now - retention.content, journal.writer.at)
    ):
        contents += done
    while done := journal.writer.write(
        lambda database: _records(database, journal.ring, now - retention.record, now, journal.writer.at)
    ):
        records += done
    if contents or records:
        journal.writer.read(lambda database: database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        journal.writer.at("after purge")
    return Purged(contents, records)


def _contents(database: sqlite3.Connection, ring: KeyRing, before: datetime, at: At) -> int:
    rows = database.execute(
        "SELECT r.sequence FROM record r JOIN standing s USING (sequence) WHERE r.sealed IS NOT NULL "  # noqa: S608
        f"AND s.standing NOT IN ({NEEDED}) AND julianday(s.changed_at) < julianday(?) "
        "ORDER BY r.sequence LIMIT ?",
        (before.isoformat(), BATCH),
    ).fetchall()
    database.executemany("UPDATE record SET sealed = NULL WHERE sequence = ?", rows)
    at("in purge")
    database.executemany("UPDATE standing SET answer = NULL, key = NULL WHERE sequence = ?", rows)
    seal_standings(database, ring, (sequence for (sequence,) in rows))
    return len(rows)


def _records(database: sqlite3.Connection, ring: KeyRing, before: datetime, now: datetime, at: At) -> int:
    """Removes from the oldest end, up to the first record that is young or still needed."""
    rows = database.execute(
        "SELECT r.sequence, r.hash, s.standing, julianday(s.changed_at) < julianday(?) "
        "FROM record r JOIN standing s USING (sequence) ORDER BY r.sequence LIMIT ?",
        (before.isoformat(), BATCH),
    ).fetchall()
    needed = {standing.value for standing in (*UNDECIDED, *FOR_THE_CLERK)}
    gone = []
    for sequence, hash, standing, old in rows:
        if not old or standing in needed:
            break
        gone.append((sequence, hash))
    newest = database.execute("SELECT max(sequence) FROM record").fetchone()[0]
    if gone and gone[-1][0] == newest:
        gone.pop()
    if not gone:
        return 0
    last = gone[-1]
    database.execute("INSERT INTO checkpoint (sequence, hash, at) VALUES (?, ?, ?)", (*last, now.isoformat()))
    seal_checkpoints(database, ring)
    database.execute("DELETE FROM checkpoint WHERE sequence < ?", (last[0],))
    at("in purge")
    for table in ("settlement", "lane", "standing", "record"):
        database.execute(f"DELETE FROM {table} WHERE sequence <= ?", (last[0],))  # noqa: S608
    return len(gone)
