"""A new key for new records. Old keys stay in the ring for as long as a record needs them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from terminal.journal.encryption import RandomBytes, rotated, save_ring, without_unused
from terminal.journal.store import Journal


def rotate(journal: Journal, keys: Path, random_bytes: RandomBytes = os.urandom) -> int:
    """The new ring is on disk before a record is sealed with it. Gives the new key's number.

    Raises ``JournalFault``; ``OSError`` when the key file cannot be written, and nothing changed then.
    """
    used = journal.writer.read(_used)
    ring = rotated(without_unused(journal.ring, used), random_bytes)
    save_ring(keys, ring)
    journal.ring = ring
    return ring.current


def _used(database: sqlite3.Connection) -> set[int]:
    return {
        number
        for (number,) in database.execute(
            "SELECT DISTINCT key FROM record WHERE sealed IS NOT NULL "
            "UNION SELECT DISTINCT key FROM standing WHERE answer IS NOT NULL"
        )
    }
