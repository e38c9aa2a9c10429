"""A list kept by deltas: rows by key on disk, its version, and when that was last known to be the newest."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from config.faults import Fault
from runtime.sqlite_file import SqliteFile, damaged, writing

STATE = """
CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL,
                                  checked_at TEXT);
INSERT OR IGNORE INTO state VALUES (1, 0, NULL);
"""
LOAD_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class DeltaTable:
    """``name`` of the table; ``key`` and ``columns`` of its rows. From the program, never from outside."""

    name: str
    key: str
    columns: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        columns = "".join(f", {column} BLOB NOT NULL" for column in self.columns)
        return f"CREATE TABLE IF NOT EXISTS {self.name} ({self.key} BLOB PRIMARY KEY{columns}) WITHOUT ROWID;"


@dataclass(frozen=True, slots=True)
class DeltaState:
    """``checked_at``: when the source last said that this version is the newest; None for never."""

    version: int
    checked_at: datetime | None
    entries: int


class DeltaStore:
    """One thread applies changes, any may look up: a look-up never waits for a change to be written.

    ``unfit`` makes the fault for a delta out of order. A damaged file is set aside and the list begun again
    at version 0, at the start and while running.
    """

    def __init__(
        self,
        path: Path,
        table: DeltaTable,
        unfit: Callable[[str], Fault],
        synchronous: Literal["FULL", "NORMAL"] = "FULL",
    ) -> None:
        self._table = table
        self._unfit = unfit
        self._file = SqliteFile(path, table.schema + STATE, synchronous, prepare=lambda it: _state(it, table))
        self._turn = threading.Lock()
        self._database, self.renewed = self._file.open_or_renew()
        self._look_ups = self._file.open_another()
        self._known = _state(self._database, table)

    def close(self) -> None:
        with self._turn:
            self._look_ups.close()
        self._database.close()

    @property
    def state(self) -> DeltaState:
        return self._known

    def find(self, key: bytes) -> tuple[Any, ...] | None:
        """The row of ``key``, its columns only; None where it is not listed. Raises ``sqlite3.Error``."""
        columns = ", ".join(self._table.columns) or "1"
        question = f"SELECT {columns} FROM {self._table.name} WHERE {self._table.key} = ?"  # noqa: S608
        with self._turn:
            row: tuple[Any, ...] | None = self._look_ups.execute(question, (key,)).fetchone()
        return row

    def batches(self) -> Iterator[list[bytes]]:
        """All keys, so many at a time. For the thread that applies. Raises ``sqlite3.Error``."""
        cursor = self._database.execute(f"SELECT {self._table.key} FROM {self._table.name}")  # noqa: S608
        while rows := cursor.fetchmany(LOAD_ROWS):
            yield [row[0] for row in rows]

    def apply(
        self,
        base: int,
        version: int,
        rows: Iterable[Sequence[bytes]],
        removed: Iterable[bytes],
        checked_at: datetime | None,
    ) -> None:
        """Makes the list the one of ``version``, whole or not at all. ``base`` 0 begins it again. ``rows``:
        key and columns. ``checked_at`` None: that is not the newest version, and the list is as old as
        before. Raises the fault of ``unfit``, ``sqlite3.Error``, ``OSError``."""
        current = self._known.version
        if base not in (0, current) or version < max(base, current):
            raise self._unfit(f"from {base} to {version}, while at {current}")
        try:
            self._write(base, version, rows, removed, checked_at)
            self._known = _state(self._database, self._table)
        except sqlite3.DatabaseError as error:
            if damaged(error):
                self._renew()
            raise

    def _write(
        self,
        base: int,
        version: int,
        rows: Iterable[Sequence[bytes]],
        removed: Iterable[bytes],
        checked_at: datetime | None,
    ) -> None:
        table, marks = self._table, ", ".join("?" * (1 + len(self._table.columns)))
        with writing(self._database) as database:
            if base == 0:
                database.execute(f"DELETE FROM {table.name}")  # noqa: S608
            removal = f"DELETE FROM {table.name} WHERE {table.key} = ?"  # noqa: S608
            database.executemany(removal, ((key,) for key in removed))
            database.executemany(f"INSERT OR REPLACE INTO {table.name} VALUES ({marks})", rows)  # noqa: S608
            database.execute(
                "UPDATE state SET version = ?, checked_at = coalesce(?, checked_at)",
                (version, checked_at.isoformat() if checked_at else None),
            )

    def _renew(self) -> None:
        """Begins the list again; the next round asks for all of it."""
        with self._turn:
            for database in (self._look_ups, self._database):
                with suppress(sqlite3.Error):
                    database.close()
            self._file.set_aside()
            self._database = self._file.open()
            self._look_ups = self._file.open_another()
            self._known = _state(self._database, self._table)
            self.renewed = True


def kept_state(path: Path, table: DeltaTable) -> DeltaState | None:
    """How a list on disk is, its owner running or not; None where there is none. Raises ``sqlite3.Error``."""
    if not path.exists():
        return None
    with SqliteFile(path).reading() as database:
        return _state(database, table)


def _state(database: sqlite3.Connection, table: DeltaTable) -> DeltaState:
    version, checked_at = database.execute("SELECT version, checked_at FROM state").fetchone()
    (entries,) = database.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
    return DeltaState(version, datetime.fromisoformat(checked_at) if checked_at else None, entries)
