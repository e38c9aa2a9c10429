"""The journal's SQLite connection: how it is opened, and what its errors mean.

WAL with ``synchronous=FULL``: a commit returns after the write-ahead log was fsynced (SQLite, "PRAGMA
synchronous"); ``secure_delete`` overwrites what is purged.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.sqlite_file import SqliteFile, damaged
from runtime.whole_file import sync_folder
from terminal.journal.faults import (
    JournalDamaged,
    JournalFault,
    JournalFull,
    JournalMissing,
    JournalUnwritable,
)

FILE_NAME = "journal.db"
WAL_LIMIT_BYTES = 16 * 1024 * 1024
PRAGMAS = ("foreign_keys=ON", "secure_delete=ON", f"journal_size_limit={WAL_LIMIT_BYTES}")


def connect(directory: Path) -> sqlite3.Connection:
    """The writer's connection; makes the database where there is none. Raises ``JournalFault``."""
    with told_as_faults(directory):
        database = SqliteFile(directory / FILE_NAME, pragmas=PRAGMAS).open()
    sync_folder(directory.parent)
    return database


def connect_for_reading(directory: Path) -> sqlite3.Connection:
    """A connection that cannot write, beside a running writer or without one. Raises ``JournalFault``."""
    path = directory / FILE_NAME
    if not path.is_file():
        raise JournalMissing(f"there is no journal in {directory}")
    with told_as_faults(directory):
        return SqliteFile(path).open_read_only()


@contextmanager
def told_as_faults(directory: Path) -> Iterator[None]:
    """Errors of SQLite leave this block as the fault that says what stands."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(error, free_bytes(directory)) from error


def fault_of(error: sqlite3.Error, free: int) -> JournalFault:
    """Fault for an error of SQLite with ``free`` bytes left on the disk."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and free == 0):
        return JournalFull(name)
    if damaged(error) or (code == sqlite3.SQLITE_ERROR and "no such table" in str(error)):
        return JournalDamaged(name)
    return JournalUnwritable(name)


def free_bytes(directory: Path) -> int:
    """Free bytes on the disk for an ordinary user."""
    try:
        disk = os.statvfs(directory)
    except OSError:
        return 0
    return disk.f_bavail * disk.f_frsize
