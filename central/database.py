"""The database of the centre: SQLite without set-up, PostgreSQL for a city. The same code on both.

A write transaction on SQLite takes the write lock at its beginning, and one process writes at a time, so
that concurrent posts wait for each other instead of failing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from central.city import counting, moments
from central.city_of import OPTION
from central.database_address import postgresql_options
from central.migrations import migrate
from central.tables import metadata
from config.city.city import City
from config.city.loading import load_city
from config.faults import Fault

T = TypeVar("T")

log = logging.getLogger(__name__)

BUSY_MS = 10_000
LOCK_TIMEOUT = "2s"
TRIES = 5
RETRIED_STATES = {"40001", "40P01"}
"""Serialization failure and deadlock (PostgreSQL, appendix A): the transaction is simply run again."""
LOCKED_STATE = "55P03"
READ_ONLY_STATE = "25006"
"""Read-only transaction: the server became a standby (PostgreSQL, appendix A)."""
OUT_OF_REACH = (OperationalError, InternalError, InterfaceError)
"""Classes of the database's own failures (PEP 249); a mistake of this program has another class."""
DECIDE_S = 3.0
DECIDE_PAUSE_S = 0.1
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 10}
"""Connection pool of one process; a request that finds none within ten seconds is asked to retry."""


class DatabaseBusy(Fault):
    """The database did not come free in time; the same request may be made again."""

    code = "central.busy"


class DatabaseUnavailable(DatabaseBusy):
    """The database is stopped, on its way to another host or only readable. Nothing was booked."""

    code = "central.unavailable"


class CommitInDoubt(Fault):
    """The connection was lost during a commit: it may have happened. The same id again gives the answer."""

    code = "central.in_doubt"


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
        """Runs ``work`` in one transaction, again when it lost a race or its connection before the commit.

        Raises ``DatabaseBusy`` when nothing was booked, ``CommitInDoubt`` when that is not known.
        """
        busy = DatabaseBusy("the transaction lost every race")
        for _ in range(TRIES):
            try:
                with self._exclusive():
                    return self._committed(work)
            except DBAPIError as error:
                busy = self._nothing_booked(error)
                if not self._worth_another_try(error):
                    raise busy from error
            except NoConnectionFree as error:
                raise DatabaseBusy("every connection is in use") from error
        raise busy

    def write_by_id(self, work: Callable[[Connection], T]) -> T:
        """``write`` for work that answers a repeated id from its books: a commit in doubt is decided by
        running it again, for up to ``DECIDE_S`` seconds. Raises ``DatabaseBusy``, ``CommitInDoubt``."""
        doubt: CommitInDoubt | None = None
        deadline = time.monotonic() + DECIDE_S
        while True:
            try:
                return self.write(work)
            except CommitInDoubt as fault:
                doubt = fault
            except DatabaseBusy:
                if doubt is None:
                    raise
            if time.monotonic() >= deadline:
                raise doubt
            time.sleep(DECIDE_PAUSE_S)

    def _committed(self, work: Callable[[Connection], T]) -> T:
        with self.engine.connect() as connection:
            with connection.begin() as transaction:
                result = work(connection)
                try:
                    transaction.commit()
                except OUT_OF_REACH as error:
                    if not self._sqlite and _state_of(error) not in RETRIED_STATES:
                        raise CommitInDoubt("the connection was lost during a commit") from error
                    raise
            return result

    def _worth_another_try(self, error: DBAPIError) -> bool:
        """A lost race, or a connection of the pool that did not outlive its server."""
        return _state_of(error) in RETRIED_STATES or error.connection_invalidated

    def _nothing_booked(self, error: DBAPIError) -> DatabaseBusy:
        """How an error before the commit is named. Raises the error itself when it is this program's."""
        state = _state_of(error)
        if state == LOCKED_STATE or (self._sqlite and "locked" in str(error.orig)):
            return DatabaseBusy("the database is locked")
        if state in RETRIED_STATES:
            return DatabaseBusy("the transaction lost every race")
        if not isinstance(error, OUT_OF_REACH):
            raise error
        if state == READ_ONLY_STATE:
            self.engine.dispose()  # every connection of the pool leads to the same standby
        log.warning("the database is out of reach: %s %s", type(error.orig).__name__, state)
        return DatabaseUnavailable("the database is out of reach")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view, for reading only. Raises ``DatabaseBusy``."""
        try:
            with self.engine.connect() as connection:
                yield connection.execution_options(reads_only=True)
        except NoConnectionFree as error:
            raise DatabaseBusy("every connection is in use") from error
        except DBAPIError as error:
            raise self._nothing_booked(error) from error

    @contextmanager
    def read_beside(self) -> Iterator[Connection]:
        """The same for who may be within a transaction already: on a connection of its own, so that no two
        ever wait for each other's. Raises ``DatabaseBusy``."""
        try:
            with self._beside.connect() as connection:
                yield connection.execution_options(reads_only=True)
        except DBAPIError as error:
            raise self._nothing_booked(error) from error

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


def _state_of(error: DBAPIError) -> str | None:
    """SQLSTATE; None for SQLite and where the connection itself failed."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state


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
    address, options = postgresql_options(url)
    engine = create_engine(address, hide_parameters=True, connect_args=options, **pool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))

    return engine
