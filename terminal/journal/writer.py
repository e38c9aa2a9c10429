"""The one writer of a journal: every change goes through here, one at a time, and is on disk or undone."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from runtime.sqlite_file import writing
from runtime.whole_file import sync_folder
from terminal.journal.database import FILE_NAME, connect, fault_of, free_bytes
from terminal.journal.faults import (
    JournalClosed,
    JournalDamaged,
    JournalFault,
    JournalFull,
    JournalUnwritable,
)
from terminal.journal.lock import WriterLock
from terminal.journal.migrations import At, migrate

T = TypeVar("T")

LOCK_NAME = "writer.lock"
RESERVE_BYTES = 32 * 1024 * 1024
"""Room kept for what is already in the journal: answers are still written when new business is refused."""
CHECKED_WHOLE_BYTES = 64 * 1024 * 1024
"""A larger database is checked by its newest records only when it is opened; ``verify`` checks all."""


class JournalWriter:
    """Called from any thread. ``begun`` is a file, kept elsewhere, that says there is a journal.

    After an error that leaves the disk in doubt nothing more is written: the true state is read
    again at the next start.
    """

    def __init__(self, directory: Path, begun: Path, at: At, reserve_bytes: int = RESERVE_BYTES) -> None:
        self.directory = directory
        self._begun = begun
        self.at = at
        self._reserve_bytes = reserve_bytes
        self._turn = threading.RLock()
        self._lock = WriterLock(directory / LOCK_NAME)
        self._database: sqlite3.Connection | None = None
        self._broken: JournalFault | None = None

    def open(self) -> None:
        """Takes the lock, opens and migrates. Raises ``JournalFault``; then nothing is held."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.take()
        try:
            self._not_lost()
            self._database = connect(self.directory)
            self._told(lambda database: migrate(database, self.at))
            self._told(_check_pages)
            mark(self._begun)
        except BaseException:
            self.close()
            raise

    def _not_lost(self) -> None:
        """A journal that existed and is gone is not replaced by an empty one: its sequence would start over.
        """
        database = self.directory / FILE_NAME
        if self._begun.exists() and not (database.exists() and database.stat().st_size):
            raise JournalDamaged(f"{database} is gone or empty")

    def close(self) -> None:
        with self._turn:
            if self._database is not None:
                self._database.close()
                self._database = None
            self._lock.release()

    @property
    def fault(self) -> JournalFault | None:
        """Why no new business can be taken, or None."""
        if self._broken:
            return self._broken
        if self._database is None:
            return JournalClosed()
        if free_bytes(self.directory) < self._reserve_bytes:
            return JournalFull("the room kept in reserve is all there is")
        return None

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Raises ``JournalFault``."""
        with self._turn:
            return self._told(work)

    def write(self, work: Callable[[sqlite3.Connection], T], then: Callable[[T], None] | None = None) -> T:
        """Runs ``work`` in one transaction and, once that is on disk, ``then`` before anybody else's turn.

        Raises ``JournalFault``; nothing was written then, or it is not known and writing has ended.
        """
        with self._turn:
            if self._broken:
                raise self._broken
            done = self._told(lambda database: _in_transaction(database, work))
            if then:
                then(done)
            return done

    def _told(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._database is None:
            raise JournalClosed()
        try:
            return work(self._database)
        except sqlite3.Error as error:
            fault = fault_of(error, free_bytes(self.directory))
            if isinstance(fault, JournalDamaged | JournalUnwritable):
                self._broken = fault
            raise fault from error


def mark(path: Path) -> None:
    """An empty file that is on disk when this returns."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    sync_folder(path.parent)


def _in_transaction(database: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    with writing(database):
        return work(database)


def _check_pages(database: sqlite3.Connection) -> None:
    """Raises ``JournalDamaged`` when the pages of the database do not hang together."""
    size = database.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()
    if size[0] > CHECKED_WHOLE_BYTES:
        return
    with closing(database.execute("PRAGMA quick_check(1)")) as found:
        if found.fetchone() != ("ok",):
            raise JournalDamaged("quick_check")
