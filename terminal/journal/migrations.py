"""The schema of the journal, version by version.

Each step and its version number are one SQLite transaction: a kill in the middle leaves the version
before it, and the next start goes on from there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from terminal.journal.faults import JournalTooNew

At = Callable[[str], None]
"""Called with the name of each point at which a crash must do no harm."""

RECORDS = (
    "CREATE TABLE terminal (name TEXT NOT NULL)",
    """CREATE TABLE record (
        sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, hash BLOB NOT NULL, previous BLOB NOT NULL,
        service TEXT NOT NULL, action TEXT NOT NULL, trust TEXT NOT NULL, occurred_at TEXT NOT NULL,
        amount_fen INTEGER NOT NULL, key INTEGER NOT NULL, sealed BLOB)""",
    """CREATE TABLE standing (
        sequence INTEGER PRIMARY KEY REFERENCES record (sequence), standing TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '', changed_at TEXT NOT NULL, key INTEGER, answer BLOB)""",
    "CREATE INDEX undecided ON standing (sequence, standing) "
    "WHERE standing IN ('open', 'promised', 'withdrawn')",
    "CREATE TABLE lane (sequence INTEGER, name BLOB, PRIMARY KEY (sequence, name)) WITHOUT ROWID",
    "CREATE INDEX lane_of ON lane (name)",
)
INBOX = (
    "CREATE INDEX for_the_clerk ON standing (sequence) "
    "WHERE standing IN ('refused_later', 'booked_anyway', 'conflict', 'held_promised', 'held_withdrawn')",
    """CREATE TABLE settlement (
        number INTEGER PRIMARY KEY AUTOINCREMENT, sequence INTEGER NOT NULL, standing TEXT NOT NULL,
        decision TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX settlement_of ON settlement (sequence)",
)
RETENTION = (
    """CREATE TABLE checkpoint (
        sequence INTEGER PRIMARY KEY, hash BLOB NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX kept ON record (sequence) WHERE sealed IS NOT NULL",
)
SEALS = (
    "ALTER TABLE standing ADD COLUMN seal BLOB",
    "ALTER TABLE settlement ADD COLUMN seal BLOB",
    "ALTER TABLE checkpoint ADD COLUMN seal BLOB",
)
STEPS = (RECORDS, INBOX, RETENTION, SEALS)
"""Only ever added to: what a terminal in the field has run stays as it was."""

VERSION = len(STEPS)
SEALED_SINCE = STEPS.index(SEALS) + 1


def version_of(database: sqlite3.Connection) -> int:
    version: int = database.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(database: sqlite3.Connection, at: At, to_version: int = VERSION) -> None:
    """Brings the database to this product's version. Raises ``JournalTooNew``."""
    found = version_of(database)
    if found > VERSION:
        raise JournalTooNew(f"schema {found}; this product knows up to {VERSION}")
    for version in range(found + 1, to_version + 1):
        _step(database, version, at)


def _step(database: sqlite3.Connection, version: int, at: At) -> None:
    database.execute("BEGIN IMMEDIATE")
    try:
        for statement in STEPS[version - 1]:
            database.execute(statement)
            at("in migration")
        database.execute(f"PRAGMA user_version = {version}")
        at("before migration is committed")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    at("after migration")
