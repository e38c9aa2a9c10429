"""The list of entitled cards on this vehicle: exact on disk, updated by deltas; cards by fingerprints."""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from config.faults import Fault
from drivers.central.entitlements import Entry, entry_in, packed
from terminal.hotlist.store import fingerprint

log = logging.getLogger(__name__)

ENTITLEMENTS = Path("entitlements") / "entitlements.db"
"""Below the data folder."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS entitled (fingerprint BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL,
                                  checked_at TEXT);
INSERT OR IGNORE INTO state VALUES (1, 0, NULL);
"""


class EntitlementFault(Fault):
    """A delta that does not fit: not the next version, or signed before the newest that is here."""

    code = "entitlements.delta_invalid"


@dataclass(frozen=True, slots=True)
class ListState:
    """``checked_at``: when the centre last said that this version is the newest; None for never."""

    version: int
    checked_at: datetime | None
    entries: int

    def good(self, now: datetime, days: int) -> bool:
        return self.checked_at is not None and now - self.checked_at <= timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Entitled:
    """Entry of the list for a card; ``version`` is the list's, by which the centre knows the facts used."""

    kinds: tuple[str, ...]
    born: date | None
    version: int


def kept_state(path: Path) -> ListState | None:
    """How a list on disk stands, its terminal running or not; None where there is none. Raises
    ``sqlite3.Error`` for a file that is no list."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return _state(database)


def _state(database: sqlite3.Connection) -> ListState:
    version, checked_at = database.execute("SELECT version, checked_at FROM state").fetchone()
    (entries,) = database.execute("SELECT count(*) FROM entitled").fetchone()
    return ListState(version, datetime.fromisoformat(checked_at) if checked_at else None, entries)


def _opened(path: Path) -> sqlite3.Connection:
    """Raises ``sqlite3.DatabaseError`` for a file that is no list."""
    database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
        _state(database)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


class EntitlementList:
    """One thread applies changes, any may look up: who asks never waits for a change to be written.
    ``good_days``: an older list says nothing."""

    def __init__(self, path: Path, good_days: int) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._good_days = good_days
        try:
            self._database = _opened(path)
        except sqlite3.DatabaseError:
            log.warning("the list of entitled cards was damaged; it is fetched anew")
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._database = _opened(path)
        self._look_ups = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._looking_up = threading.Lock()
        self._known = _state(self._database)

    def close(self) -> None:
        with self._looking_up:
            self._look_ups.close()
        self._database.close()

    @property
    def state(self) -> ListState:
        return self._known

    def of(self, subject_key: str, now: datetime) -> Entitled | None:
        """Entitlements of this card's holder; None for a card that is not on the list. A list that is too old
        or cannot be read gives none: the ride goes on at the full fare.
        """
        known = self._known
        if not known.good(now, self._good_days):
            return None
        try:
            with self._looking_up:
                row = self._look_ups.execute(
                    "SELECT content FROM entitled WHERE fingerprint = ?", (fingerprint(subject_key),)
                ).fetchone()
        except sqlite3.Error as error:
            log.warning("the list of entitled cards is not read: %s", error)
            return None
        if row is None:
            return None
        entry = entry_in(row[0])
        ended = entry.until is not None and entry.until < now.date()
        return Entitled(() if ended else entry.kinds, entry.born, known.version)

    def apply(self, base: int, version: int, entries: list[Entry], checked_at: datetime | None) -> None:
        """Makes the list the one of ``version``, whole or not at all. ``checked_at`` None: that is not the
        newest yet. Raises ``EntitlementFault``."""
        current = self._known.version
        if base not in (0, current) or version < max(base, current):
            raise EntitlementFault(f"from {base} to {version}, while at {current}")
        gone = [(each.fingerprint,) for each in entries if not each.listed]
        listed = [(each.fingerprint, packed(each)) for each in entries if each.listed]
        self._database.execute("BEGIN IMMEDIATE")
        try:
            if base == 0:
                self._database.execute("DELETE FROM entitled")
            self._database.executemany("DELETE FROM entitled WHERE fingerprint = ?", gone)
            self._database.executemany("INSERT OR REPLACE INTO entitled VALUES (?, ?)", listed)
            self._database.execute(
                "UPDATE state SET version = ?, checked_at = coalesce(?, checked_at)",
                (version, checked_at.isoformat() if checked_at else None),
            )
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
        self._known = _state(self._database)
