"""One SQLite database on this disk: private, durable, and set aside when it is damaged.

WAL, so that readers never wait for the writer; ``synchronous=FULL`` where a commit must outlive a power cut
(SQLite, "PRAGMA synchronous"), ``NORMAL`` where the last moments may be lost. SQLite gives the ``-wal`` and
``-shm`` files the mode of the database.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from runtime.whole_file import DAMAGED, private_folder, sync_folder

log = logging.getLogger(__name__)

BUSY_MS = 2_000
BESIDE = ("-wal", "-shm", "-journal")
PRIMARY_CODE = 0xFF
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def damaged(error: BaseException) -> bool:
    """Whether SQLite says that the file itself is no good; a lock or a full disk is not damage."""
    return (
        isinstance(error, sqlite3.DatabaseError)
        and getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE in DAMAGE
    )


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """``schema`` is run at each opening and changes nothing where it was run before. ``prepare`` goes on from
    there, e.g. with columns of later versions. ``pragmas``: further ones, as ``name=value``.

    The file is readable by its owner alone (0600, its folder 0700), whatever the umask."""

    path: Path
    schema: str = ""
    synchronous: Literal["FULL", "NORMAL"] = "FULL"
    busy_ms: int = BUSY_MS
    pragmas: tuple[str, ...] = ()
    prepare: Callable[[sqlite3.Connection], object] = lambda _: None

    def open(self) -> sqlite3.Connection:
        """A connection for any one thread at a time, in autocommit mode; makes the file where there is none.

        Raises ``sqlite3.Error``, ``OSError``.
        """
        self._make()
        database = self._connect(self.path)
        try:
            for pragma in ("journal_mode=WAL", f"synchronous={self.synchronous}", *self.pragmas):
                database.execute(f"PRAGMA {pragma}").fetchall()
            if self.schema:
                database.executescript(self.schema)
            self.prepare(database)
        except BaseException:
            database.close()
            raise
        # The log of the switch to WAL is deleted by now; one that came back after a power cut would undo it.
        sync_folder(self.path.parent)
        return database

    def open_or_renew(self) -> tuple[sqlite3.Connection, bool]:
        """The same; a damaged file is set aside and begun again, and then the second is True.

        Raises ``sqlite3.Error``, ``OSError``: a full or locked disk is no damage, and loses nothing.
        """
        try:
            return self.open(), False
        except sqlite3.DatabaseError as error:
            if not damaged(error):
                raise
        self.set_aside()
        return self.open(), True

    def open_another(self) -> sqlite3.Connection:
        """A further connection beside one from ``open``, e.g. for look-ups. Raises ``sqlite3.Error``."""
        return self._connect(self.path)

    def open_read_only(self) -> sqlite3.Connection:
        """A connection that cannot write, whether a writer runs or not. Raises ``sqlite3.Error``."""
        return self._connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The same, closed at the end."""
        with contextlib.closing(self.open_read_only()) as database:
            yield database

    def set_aside(self) -> None:
        """Renames the damaged file, for a person to look into; its log goes, which fits no other file.

        Raises ``OSError``.
        """
        log.warning("%s was damaged; it is set aside and begun again", self.path.name)
        self.path.replace(self.path.with_name(self.path.name + DAMAGED))
        for suffix in BESIDE:
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        sync_folder(self.path.parent)

    def _make(self) -> None:
        private_folder(self.path.parent)
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            if self.path.stat().st_mode & 0o077:
                self.path.chmod(0o600)
            return
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
        sync_folder(self.path.parent)

    def _connect(self, name: Path | str, *, uri: bool = False) -> sqlite3.Connection:
        return sqlite3.connect(
            name, uri=uri, timeout=self.busy_ms / 1000, isolation_level=None, check_same_thread=False
        )


@contextlib.contextmanager
def writing(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction, on disk when the block was left without an error, undone otherwise."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield database
        database.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some errors, a full disk for one.
        if database.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                database.execute("ROLLBACK")
        raise
