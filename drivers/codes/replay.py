"""The table of codes already taken. On disk, so that a restart does not open it again.

It forgets a code when the code's own time is over, and knows the latest time it was ever asked at: with a
clock set back nothing is admitted. A new or replaced table admits only codes younger
than itself, so that deleting it gains nothing.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.codes.faults import NotChecked
from domain.codes.replay import Admission, Use
from runtime.sqlite_file import SqliteFile

SET_BACK_S = 5.0
"""A clock may step back this far, as synchronisation does, and still be believed."""

SCHEMA = """
CREATE TABLE use (id BLOB PRIMARY KEY, ends_at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX use_ends_at ON use (ends_at);
CREATE TABLE mark (began_at REAL NOT NULL, newest_at REAL NOT NULL);
PRAGMA user_version = 1;
"""


class SqliteReplayTable:
    """Methods may be called from any thread, and by several terminals that share one disk."""

    def __init__(self, path: Path, began_at: datetime) -> None:
        """``began_at`` is now; it counts where the table is new. Raises ``NotChecked``."""
        self._turn = threading.Lock()
        try:
            self._database = _opened(path, began_at)
        except sqlite3.DatabaseError:
            self._database = _made_anew(path, began_at)

    def admit(self, use: Use, now: datetime) -> Admission:
        with self._turn:
            try:
                return self._admit(use, now.timestamp())
            except sqlite3.Error as error:
                raise NotChecked(type(error).__name__) from error
            finally:
                if self._database.in_transaction:
                    with contextlib.suppress(sqlite3.Error):
                        self._database.execute("ROLLBACK")

    def _admit(self, use: Use, now: float) -> Admission:
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        began_at, newest_at = database.execute("SELECT began_at, newest_at FROM mark").fetchone()
        if now < newest_at - SET_BACK_S:
            return Admission.CLOCK_SET_BACK
        if use.made_at.timestamp() < int(began_at):
            return Admission.BEFORE_TABLE
        newest_at = max(now, newest_at)
        database.execute("DELETE FROM use WHERE ends_at < ?", (newest_at - SET_BACK_S,))
        ends_at = max(use.ends_at.timestamp(), now)
        fresh = database.execute("INSERT OR IGNORE INTO use VALUES (?, ?)", (use.id, ends_at)).rowcount == 1
        database.execute("UPDATE mark SET newest_at = ?", (newest_at,))
        database.execute("COMMIT")
        return Admission.FRESH if fresh else Admission.USED

    def close(self) -> None:
        with self._turn:
            self._database.close()


@dataclass(frozen=True, slots=True)
class Remembered:
    """How many codes a table on disk still refuses, and until when the oldest of them; None of none."""

    codes: int
    oldest_ends_at: datetime | None


def remembered(path: Path) -> Remembered | None:
    """None where there is no table yet. Raises ``sqlite3.Error`` for what is none."""
    if not path.exists():
        return None
    with SqliteFile(path).reading() as database:
        codes, oldest = database.execute("SELECT count(*), min(ends_at) FROM use").fetchone()
    return Remembered(codes, datetime.fromtimestamp(oldest, UTC) if oldest is not None else None)


def taking_since(path: Path) -> datetime | None:
    """Codes made before this are not taken by the table on disk; None where there is none yet."""
    if not path.exists():
        return None
    try:
        with SqliteFile(path).reading() as database:
            found = database.execute("SELECT began_at FROM mark").fetchone()
    except sqlite3.DatabaseError:
        return None
    return datetime.fromtimestamp(found[0], UTC) if found else None


def _opened(path: Path, began_at: datetime) -> sqlite3.Connection:
    """Raises ``NotChecked``, or ``sqlite3.DatabaseError`` for a damaged file."""
    file = SqliteFile(path, prepare=lambda database: _prepare(database, began_at.timestamp()))
    try:
        return file.open()
    except (sqlite3.OperationalError, OSError) as error:
        raise NotChecked("the replay table cannot be opened or written") from error


def _prepare(database: sqlite3.Connection, began_at: float) -> None:
    if database.execute("PRAGMA user_version").fetchone() == (0,):
        database.executescript("BEGIN IMMEDIATE;" + SCHEMA)
        database.execute("INSERT INTO mark VALUES (?, ?)", (began_at, began_at))
        database.execute("COMMIT")
    if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("damaged")


def _made_anew(path: Path, began_at: datetime) -> sqlite3.Connection:
    """Replace a damaged table; the damaged file is kept for analysis."""
    with contextlib.suppress(OSError):
        SqliteFile(path).set_aside()
    try:
        return _opened(path, began_at)
    except sqlite3.DatabaseError as error:
        raise NotChecked("the replay table cannot be made") from error
