"""Live and ready: a process that answers, and one that can book business now."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, text

from central.database import Database, DatabaseBusy
from runtime.task import Task

KEPT_S = 1.0
"""A fleet that asks costs the database one look a second."""
DATABASE = "database"


class Readiness:
    """``tasks``: the chores of this process. Any thread may ask."""

    def __init__(
        self,
        database: Database,
        tasks: Sequence[Task] = (),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._tasks = tuple(tasks)
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._looked_at: float | None = None
        self._writable = False

    def lacking(self) -> tuple[str, ...]:
        """Names of what keeps this process from serving; empty when it is ready.

        A chore that fails is tried again and refuses no visitor; one whose thread ended does.
        """
        dead = tuple(task.name for task in self._tasks if task.died)
        return dead if self._database_writable() else (DATABASE, *dead)

    def _database_writable(self) -> bool:
        with self._lock:
            now = self._monotonic()
            if self._looked_at is None or now - self._looked_at >= KEPT_S:
                self._writable = self._look()
                self._looked_at = self._monotonic()
            return self._writable

    def _look(self) -> bool:
        try:
            self._database.write(_begin_writing)
        except DatabaseBusy:
            return False
        return True


def _begin_writing(connection: Connection) -> None:
    """On SQLite the transaction has taken the write lock; PostgreSQL gives a number to a writer only."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_current_xact_id()"))
