"""The hotlist on this terminal: exact on disk, filtered in memory, updated by deltas.

A fingerprint is the first 16 bytes of SHA-256 over the credential's subject key: the terminal holds no
card number of anybody. The filter alone never blocks a person: whatever it lets through is looked up
in the table before anything is said.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from config.faults import Fault
from runtime import delta_store
from runtime.delta_store import DeltaStore, DeltaTable
from terminal.identification.hotlist.filter import FINGERPRINT_BYTES, FingerprintFilter, bits_for

log = logging.getLogger(__name__)

TABLE = DeltaTable("blocked", "fingerprint")
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
    """State of a list on disk, its terminal running or not; None where there is none. Raises
    ``sqlite3.Error`` for a file that is no list."""
    found = delta_store.kept_state(path, TABLE)
    return HotlistState(found.version, found.checked_at, found.entries) if found else None


def fingerprint(subject_key: str) -> bytes:
    """16 bytes that name a credential without telling whose it is."""
    return hashlib.sha256(subject_key.encode()).digest()[:FINGERPRINT_BYTES]


class Hotlist:
    """One thread applies changes, any may look up: who asks never waits for a change to be written.

    Opening reads the whole list once to fill the filter.
    """

    def __init__(self, path: Path) -> None:
        self._list = DeltaStore(path, TABLE, HotlistFault)
        self._filter = FingerprintFilter(bits_for(0))
        self._stale = 0
        self._fill()

    def close(self) -> None:
        self._list.close()

    @property
    def state(self) -> HotlistState:
        found = self._list.state
        return HotlistState(found.version, found.checked_at, found.entries)

    @property
    def filter_bytes(self) -> int:
        return self._filter.size_bytes

    def blocked(self, subject_key: str) -> bool:
        """Whether this credential is blocked: the filter first, the exact table for what it lets through.

        With a table that cannot be read the filter alone decides: one in a thousand is refused wrongly, and
        no blocked credential is served.
        """
        wanted = fingerprint(subject_key)
        if wanted not in self._filter:
            return False
        try:
            return self._list.find(wanted) is not None
        except sqlite3.Error as error:
            log.warning("the hotlist is not read: %s", type(error).__name__)
            return True

    def apply(self, delta: Delta, checked_at: datetime | None) -> None:
        """Makes the list the one of ``delta.version``, whole or not at all. ``checked_at`` None: that is not
        the newest version yet, and the list is as old as before.

        Raises ``HotlistFault``, ``sqlite3.Error``, ``OSError``.
        """
        if any(len(entry) != FINGERPRINT_BYTES for entry in (*delta.added, *delta.removed)):
            raise HotlistFault(f"an entry is not {FINGERPRINT_BYTES} bytes")
        rows = [(entry,) for entry in delta.added]
        try:
            self._list.apply(delta.base, delta.version, rows, delta.removed, checked_at)
        except sqlite3.DatabaseError:
            self._fill()  # a damaged list was begun again
            raise
        self._stale += len(delta.removed)
        entries = self._list.state.entries
        too_full = bits_for(entries) > self._filter.size_bytes * 8
        if delta.base == 0 or too_full or self._stale > STALE_SHARE * max(entries, 1):
            self._fill()
            return
        for entry in delta.added:
            self._filter.add(entry)

    def _fill(self) -> None:
        self._stale = 0
        fresh = FingerprintFilter(bits_for(self._list.state.entries))
        for keys in self._list.batches():
            joined = b"".join(keys)
            fresh.add_many(np.frombuffer(joined, dtype=np.uint8).reshape(-1, FINGERPRINT_BYTES))
        self._filter = fresh
