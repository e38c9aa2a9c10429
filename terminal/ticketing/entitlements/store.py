"""The list of entitled cards on this vehicle: exact on disk, updated by deltas; cards by fingerprints."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from config.faults import Fault
from domain.messages.entitlements import Entry, entry_in, packed
from runtime import delta_store
from runtime.delta_store import DeltaState, DeltaStore, DeltaTable
from terminal.identification.hotlist.store import fingerprint

log = logging.getLogger(__name__)

ENTITLEMENTS = Path("entitlements") / "entitlements.db"
"""Below the data folder."""
TABLE = DeltaTable("entitled", "fingerprint", ("content",))


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
    """State of a list on disk, its terminal running or not; None where there is none. Raises
    ``sqlite3.Error`` for a file that is no list."""
    found = delta_store.kept_state(path, TABLE)
    return _state(found) if found else None


def _state(found: DeltaState) -> ListState:
    return ListState(found.version, found.checked_at, found.entries)


class EntitlementList:
    """One thread applies changes, any may look up; a look-up never waits for a change to be written.
    ``good_days``: an older list says nothing."""

    def __init__(self, path: Path, good_days: int) -> None:
        self._good_days = good_days
        self._list = DeltaStore(path, TABLE, EntitlementFault, "NORMAL")

    def close(self) -> None:
        self._list.close()

    @property
    def state(self) -> ListState:
        return _state(self._list.state)

    def of(self, subject_key: str, now: datetime) -> Entitled | None:
        """Entitlements of this card's holder; None for a card that is not on the list. A list that is too old
        or cannot be read gives none: the ride goes on at the full fare.
        """
        known = self.state
        if not known.good(now, self._good_days):
            return None
        try:
            row = self._list.find(fingerprint(subject_key))
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
        gone = [each.fingerprint for each in entries if not each.listed]
        listed = [(each.fingerprint, packed(each)) for each in entries if each.listed]
        self._list.apply(base, version, listed, gone, checked_at)
