"""The database of the centre: SQLite without set-up, PostgreSQL for a city. The same code on both.

A write transaction on SQLite takes the write lock at its beginning, and one process writes at a time, so
that concurrent posts wait for each other instead of failing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from central.city import counting, moments
from central.city_of import OPTION
from central.migrations import migrate
from central.tables import metadata
from config.city.city import City
from config.city.loading import load_city
from config.faults import Fault

T = TypeVar("T")

BUSY_MS = 10_000
LOCK_TIMEOUT = "2s"
TRIES = 5
RETRIED_STATES = {"40001", "40P01"}
"""Serialization failure and deadlock (PostgreSQL, appendix A): the transaction is simply run again."""
LOCKED_STATE = "55P03"
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 10}
"""Connection pool of one process; a request that finds none within ten seconds is asked to retry."""


class DatabaseBusy(Fault):
    """The database did not come free in time; the same request may be made again."""

    code = "central.busy"


class Database:
    """``url`` as SQLAlchemy writes it, e.g. ``sqlite:////var/lib/onecard/central.db``.

    ``city``: the city it serves, whose days and hours the figures are counted by; None for the default one.
    """

    def __init__(self, url: str, city: City | None = None) -> None:
        self.city = city or load_city()
        self._sqlite = url.startswith("sqlite")
        engine = _sqlite_engine if self._sqlite else _postgresql_engine
        options = {OPTION: self.city}
        self.engine = engine(url, execution_options=options, **POOL)
        self._beside = engine(url, execution_options=options, poolclass=NullPool)
        self._writer = threading.Lock()
        try:
            self.write(_prepare)
        except BaseException:
            self.close()
            raise

    def write(self, work: Callable[[Connection], T]) -> T:
        """Runs ``work`` in one transaction, again when it lost a race. Raises ``DatabaseBusy``."""
        for _ in range(TRIES):
            try:
                with self._exclusive(), self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None)
                if state == LOCKED_STATE or (self._sqlite and "locked" in str(error.orig)):
                    raise DatabaseBusy("the database is locked") from error
                if state not in RETRIED_STATES:
                    raise
            except NoConnectionFree as error:
                raise DatabaseBusy("every connection is in use") from error
        raise DatabaseBusy("the transaction lost every race")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view, for reading only. Raises ``DatabaseBusy``."""
        try:
            with self.engine.connect() as connection:
                yield connection.execution_options(reads_only=True)
        except (OperationalError, NoConnectionFree) as error:
            raise DatabaseBusy("the database does not answer") from error

    @contextmanager
    def read_beside(self) -> Iterator[Connection]:
        """The same for who may be within a transaction already: on a connection of its own, so that no two
        ever wait for each other's. Raises ``DatabaseBusy``."""
        try:
            with self._beside.connect() as connection:
                yield connection.execution_options(reads_only=True)
        except OperationalError as error:
            raise DatabaseBusy("the database does not answer") from error

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        if not self._sqlite:
            yield
            return
        if not self._writer.acquire(timeout=BUSY_MS / 1000):
            raise DatabaseBusy("too many wait to write")
        try:
            yield
        finally:
            self._writer.release()

    def close(self) -> None:
        self.engine.dispose()
        self._beside.dispose()


def _prepare(connection: Connection) -> None:
    migrate(connection, metadata)
    counting.install(connection)


def _sqlite_engine(url: str, **pool: Any) -> Engine:
    engine = create_engine(url, hide_parameters=True, **pool)
    if engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")
        moments.register(connection, pool["execution_options"][OPTION].zone)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _postgresql_engine(url: str, **pool: Any) -> Engine:
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), hide_parameters=True, **pool
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))

    return engine
