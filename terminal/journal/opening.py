"""Opening a terminal's journal: where it lies, and the keys that belong to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from terminal.journal.database import FILE_NAME
from terminal.journal.encryption import KeyRing, RandomBytes, key_path, load_ring, new_ring, save_ring
from terminal.journal.migrations import At
from terminal.journal.store import Journal, nowhere
from terminal.journal.writer import RESERVE_BYTES


def journal_directory(data: Path) -> Path:
    return data / "journal"


def keys_of(data: Path, environment: Mapping[str, str]) -> Path:
    """The key file: outside the journal's directory, so that a copy of that alone tells nothing."""
    return key_path(data / "keys" / "journal.json", environment)


def begun_of(data: Path) -> Path:
    """Marker that a journal exists, so that a lost one is not replaced by an empty one."""
    return data / "keys" / "journal.begun"


def head_of(data: Path) -> Path:
    """The sealed number and hash of the newest record, outside the journal's directory."""
    return begun_of(data).with_suffix(".head")


def ring_for(directory: Path, keys: Path, random_bytes: RandomBytes = os.urandom) -> KeyRing:
    """The keys of a journal; a new journal gets new ones. Raises ``KeyMissing`` or ``KeyExposed``."""
    database = directory / FILE_NAME
    if not keys.exists() and not (database.exists() and database.stat().st_size):
        save_ring(keys, new_ring(random_bytes))
    return load_ring(keys)


def journal_in(
    data: Path,
    terminal: str,
    environment: Mapping[str, str],
    *,
    at: At = nowhere,
    reserve_bytes: int = RESERVE_BYTES,
) -> Journal:
    """The journal below ``data``, not opened yet. Raises ``KeyMissing`` or ``KeyExposed``."""
    directory = journal_directory(data)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    ring = ring_for(directory, keys_of(data, environment))
    return Journal(directory, ring, terminal, begun=begun_of(data), at=at, reserve_bytes=reserve_bytes)
