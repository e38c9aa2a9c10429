"""Measures on disk, written by a thread of their own; without a disk a counter goes on uncounted.

SQLite below ``measures/`` of the data folder: a time, a kind and a number a row, and nothing of anybody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runtime.sqlite_file import SqliteFile
from runtime.task import Task
from runtime.worker import Worker
from terminal.diagnostics.usage_metrics.day import HOUR, Day, Measured, first_hour, last_day
from terminal.diagnostics.usage_metrics.observing import Kind, Measure, Observed, observe
from terminal.visit.states import Counter

KEPT = timedelta(days=35)
SCHEMA = """
CREATE TABLE IF NOT EXISTS measured (at REAL NOT NULL, kind TEXT NOT NULL, value INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS measured_at ON measured (at);
"""


def measures_file(data: Path) -> Path:
    return data / "measures" / "measures.db"


def opened(path: Path) -> sqlite3.Connection:
    """Raises ``sqlite3.Error`` or ``OSError``."""
    return SqliteFile(path, SCHEMA, "NORMAL").open_or_renew()[0]


def write(database: sqlite3.Connection, measured: list[Measured]) -> None:
    database.executemany(
        "INSERT INTO measured (at, kind, value) VALUES (?, ?, ?)",
        [(each.at.timestamp(), each.kind.value, each.value) for each in measured],
    )


def read_since(database: sqlite3.Connection, since: datetime) -> list[Measured]:
    rows = database.execute(
        "SELECT at, kind, value FROM measured WHERE at >= ? ORDER BY at, rowid", (since.timestamp(),)
    )
    known = set(Kind)
    return [
        Measured(datetime.fromtimestamp(at, UTC), Kind(kind), value)
        for at, kind, value in rows
        if kind in known
    ]


def day_in(path: Path, now: datetime) -> Day:
    """The last day, as far as it was measured. Raises ``sqlite3.Error`` or ``OSError``."""
    with closing(opened(path)) as database:
        return last_day(read_since(database, first_hour(now) - 2 * 24 * HOUR), now)


class Measures:
    """``seen`` belongs to the thread of the visit and returns at once."""

    def __init__(self, path: Path, now: Callable[[], datetime], monotonic_ms: Callable[[], float]) -> None:
        self.path = path
        self._now = now
        self._monotonic_ms = monotonic_ms
        self._observed = Observed()
        self._database: sqlite3.Connection | None = None
        self._rows: Worker[Measured] = Worker(
            "measures", self._write, failed=lambda _, __: self._end(), ended=self._end
        )
        self.tasks: tuple[Task, ...] = (self._rows,)

    def start(self) -> None:
        self._put(Measure(Kind.STARTED))
        self._rows.start()

    def stop(self) -> None:
        self._put(Measure(Kind.STOPPED))
        self._rows.stop()

    def seen(self, before: Counter, after: Counter, began_ms: float | None = None) -> None:
        """An event was dealt with; ``began_ms`` is when it happened at its device, in monotonic ms."""
        now_ms = self._monotonic_ms()
        began = now_ms if began_ms is None else began_ms
        self._observed, measures = observe(self._observed, before, after, began, now_ms)
        for measure in measures:
            self._put(measure)

    def _put(self, measure: Measure) -> None:
        self._rows.put(Measured(self._now(), measure.kind, measure.value))

    def _write(self, row: Measured) -> None:
        """Raises ``sqlite3.Error``, ``OSError``: this row is lost, the next one opens the file again."""
        if self._database is None:
            self._database = opened(self.path)
            oldest = self._now() - KEPT
            self._database.execute("DELETE FROM measured WHERE at < ?", (oldest.timestamp(),))
        write(self._database, [row])

    def _end(self) -> None:
        if self._database is not None:
            database, self._database = self._database, None
            database.close()
