"""The hotlist on this terminal: exact on disk, filtered in memory, updated by deltas.

A fingerprint is the first 16 bytes of SHA-256 over the credential's subject key: the terminal holds no
card number of anybody. The filter alone never blocks a person: whatever it lets through is looked up
in the table before anything is said.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from config.faults import Fault
from terminal.hotlist.filter import FINGERPRINT_BYTES, FingerprintFilter, bits_for

SCHEMA = """
CREATE TABLE IF NOT EXISTS blocked (fingerprint BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL,
                                  checked_at TEXT);
INSERT OR IGNORE INTO state VALUES (1, 0, NULL);
"""
LOAD_ROWS = 100_000
STALE_SHARE = 0.25
"""The filter is rebuilt when this share of its entries was taken off the list."""


class HotlistFault(Fault):
    """A delta that does not fit: not the next version, or not made of fingerprints."""

    code = "hotlist.delta_invalid"


@dataclass(frozen=True, slots=True)
class Delta:
    """Changes from ``base`` to ``version``; ``base`` 0 replaces the whole list."""

    base: int
    version: int
    added: tuple[bytes, ...]
    removed: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class HotlistState:
    """``checked_at``: when the centre last said that this version is the newest; None for never."""

    version: int
    checked_at: datetime | None
    entries: int

    def stale(self, now: datetime, limit: timedelta) -> bool:
        return self.checked_at is None or now - self.checked_at > limit


def kept_state(path: Path) -> HotlistState | None:
    """How a list on disk stands, its terminal running or not; None where there is none. Raises
    ``sqlite3.Error`` for a file that is no list."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        version, checked_at = database.execute("SELECT version, checked_at FROM state").fetchone()
        (entries,) = database.execute("SELECT count(*) FROM blocked").fetchone()
    return HotlistState(version, datetime.fromisoformat(checked_at) if checked_at else None, entries)


def fingerprint(subject_key: str) -> bytes:
    """16 bytes that name a credential without telling whose it is."""
    return hashlib.sha256(subject_key.encode()).digest()[:FINGERPRINT_BYTES]


class Hotlist:
    """One thread applies changes, any may look up: who asks never waits for a change to be written.

    Opening reads the whole list once to fill the filter.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + SCHEMA)
        self._look_ups = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._looking_up = threading.Lock()
        self._filter = FingerprintFilter(bits_for(0))
        self._entries = 0
        self._stale = 0
        self._fill()

    def close(self) -> None:
        with self._looking_up:
            self._look_ups.close()
        self._database.close()

    @property
    def state(self) -> HotlistState:
        row = self._asked("SELECT version, checked_at FROM state")
        checked_at = datetime.fromisoformat(row[1]) if row[1] else None
        return HotlistState(row[0], checked_at, self._entries)

    @property
    def filter_bytes(self) -> int:
        return self._filter.size_bytes

    def blocked(self, subject_key: str) -> bool:
        """Whether this credential is blocked: the filter first, the exact table for what it lets through."""
        wanted = fingerprint(subject_key)
        if wanted not in self._filter:
            return False
        return self._asked("SELECT 1 FROM blocked WHERE fingerprint = ?", wanted) is not None

    def _asked(self, question: str, *about: bytes) -> Any:
        with self._looking_up:
            return self._look_ups.execute(question, about).fetchone()

    def apply(self, delta: Delta, checked_at: datetime | None) -> None:
        """Makes the list the one of ``delta.version``, whole or not at all. ``checked_at`` None: that is not
        the newest version yet, and the list is as old as before. Raises ``HotlistFault``."""
        current = self.state.version
        if delta.base not in (0, current) or delta.version < max(delta.base, current):
            raise HotlistFault(f"from {delta.base} to {delta.version}, while at {current}")
        if any(len(entry) != FINGERPRINT_BYTES for entry in (*delta.added, *delta.removed)):
            raise HotlistFault(f"an entry is not {FINGERPRINT_BYTES} bytes")
        self._write(delta, checked_at)
        self._stale += len(delta.removed)
        too_full = bits_for(self._count()) > self._filter.size_bytes * 8
        if delta.base == 0 or too_full or self._stale > STALE_SHARE * max(self._entries, 1):
            self._fill()
            return
        for entry in delta.added:
            self._filter.add(entry)
        self._entries = self._count()

    def _write(self, delta: Delta, checked_at: datetime | None) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            if delta.base == 0:
                self._database.execute("DELETE FROM blocked")
            self._many("DELETE FROM blocked WHERE fingerprint = ?", delta.removed)
            self._many("INSERT OR IGNORE INTO blocked VALUES (?)", delta.added)
            self._database.execute(
                "UPDATE state SET version = ?, checked_at = coalesce(?, checked_at)",
                (delta.version, checked_at.isoformat() if checked_at else None),
            )
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def _many(self, statement: str, entries: Iterable[bytes]) -> None:
        self._database.executemany(statement, ((entry,) for entry in entries))

    def _count(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM blocked").fetchone()[0]
        return count

    def _fill(self) -> None:
        self._entries = self._count()
        self._stale = 0
        fresh = FingerprintFilter(bits_for(self._entries))
        for rows in self._batches():
            fresh.add_many(np.frombuffer(rows, dtype=np.uint8).reshape(-1, FINGERPRINT_BYTES))
        self._filter = fresh

    def _batches(self) -> Iterator[bytes]:
        cursor = self._database.execute("SELECT fingerprint FROM blocked")
        while rows := cursor.fetchmany(LOAD_ROWS):
            yield b"".join(row[0] for row in rows)
