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

from terminal.journal.faults import (
    JournalDamaged,
    JournalFault,
    JournalFull,
    JournalMissing,
    JournalUnwritable,
)

FILE_NAME = "journal.db"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=2000")
WAL_LIMIT_BYTES = 16 * 1024 * 1024
PRIMARY_CODE = 0xFF
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def connect(directory: Path) -> sqlite3.Connection:
    """The writer's connection; makes the database where there is none. Raises ``JournalFault``."""
    path = directory / FILE_NAME
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for folder in (directory, directory.parent):
            sync_directory(folder)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    with told_as_faults(directory):
        for pragma in PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        database.execute(f"PRAGMA journal_size_limit={WAL_LIMIT_BYTES}")
    # The log of the switch to WAL is deleted by now; one that came back after a power cut would undo it.
    sync_directory(directory)
    return database


def sync_directory(directory: Path) -> None:
    """Makes the names in it outlive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def connect_for_reading(directory: Path) -> sqlite3.Connection:
    """A connection that cannot write, beside a running writer or without one. Raises ``JournalFault``."""
    path = directory / FILE_NAME
    if not path.is_file():
        raise JournalMissing(f"there is no journal in {directory}")
    with told_as_faults(directory):
        database = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        database.execute("PRAGMA busy_timeout=2000")
        return database


@contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """One transaction, on disk when the block was left without an error, undone otherwise."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


@contextmanager
def told_as_faults(directory: Path) -> Iterator[None]:
    """Errors of SQLite leave this block as the fault that says what stands."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(error, free_bytes(directory)) from error


def fault_of(error: sqlite3.Error, free: int) -> JournalFault:
    """Fault for an error of SQLite with ``free`` bytes left on the disk."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and free == 0):
        return JournalFull(name)
    if code in DAMAGED or (code == sqlite3.SQLITE_ERROR and "no such table" in str(error)):
        return JournalDamaged(name)
    return JournalUnwritable(name)


def free_bytes(directory: Path) -> int:
    """Free bytes on the disk for an ordinary user."""
    try:
        disk = os.statvfs(directory)
    except OSError:
        return 0
    return disk.f_bavail * disk.f_frsize
