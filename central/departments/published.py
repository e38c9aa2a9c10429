"""The departments as the newest catalogue describes them: what was published, or what was shipped.

A catalogue is published by another process (``onecard central catalogue``); a serving one notices within
``LOOK_S``, and at once when it is asked for a service it does not know.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection, func, select

from central.database import Database
from central.departments.catalogue.activation import PinVault
from central.departments.catalogue.kinds import departments_of
from central.departments.department import Department
from central.fleet.tables import configuration
from config.catalogue.loading import Catalogue, CatalogueInvalid, catalogue, parse_catalogue, shipped_files
from domain.messages.signed_documents import CATALOGUE_NAME, Configuration, SignedDocument

LOOK_S = 1.0

log = logging.getLogger(__name__)


def published_files(connection: Connection) -> Mapping[str, str] | None:
    """The files of the newest published catalogue, None while there is none."""
    newest = select(configuration.c.document).where(configuration.c.name == CATALOGUE_NAME)
    found = connection.execute(newest.order_by(configuration.c.version.desc()).limit(1)).scalar()
    if found is None:
        return None
    document = SignedDocument.model_validate_json(found)
    return Configuration.model_validate_json(document.content).files


def files_in_force(connection: Connection) -> Mapping[str, str]:
    return published_files(connection) or shipped_files()


class CatalogueInForce:
    """The newest catalogue, published or shipped, for names. Read again at most once in ``LOOK_S``, and only
    where a newer one was published; any thread may ask.
    """

    def __init__(self, database: Database, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._version = 0
        self._looked_at = float("-inf")
        self._known = catalogue()

    def __call__(self) -> Catalogue:
        with self._lock:
            now = self._monotonic()
            if now - self._looked_at >= LOOK_S:
                self._looked_at = now
                self._version, self._known = self._newer()
            return self._known

    def _newer(self) -> tuple[int, Catalogue]:
        with self._database.read_beside() as connection:
            version = newest_version_of(connection)
            if version == self._version:
                return self._version, self._known
            return version, _parsed(published_files(connection)) or self._known


def catalogue_in_force(connection: Connection) -> Catalogue:
    """For one order, in its own transaction."""
    return _parsed(published_files(connection)) or catalogue()


def newest_version_of(connection: Connection) -> int:
    """0 while no catalogue was published."""
    newest = select(func.max(configuration.c.version)).where(configuration.c.name == CATALOGUE_NAME)
    return connection.execute(newest).scalar() or 0


def _parsed(files: Mapping[str, str] | None) -> Catalogue | None:
    """None for one this version of the centre cannot read: the one before stays in force."""
    try:
        return parse_catalogue(files) if files else None
    except CatalogueInvalid as fault:
        log.warning("the published catalogue is not used: %s", fault)
        return None


class PublishedDepartments(Mapping[str, Department]):
    """``fixed`` are departments with a module of their own. Any thread may ask; a catalogue comes whole.

    ``monotonic`` gives seconds. ``vault``: the bank's for PINs, None where the centre has none.
    """

    def __init__(
        self,
        database: Database,
        fixed: Mapping[str, Department],
        monotonic: Callable[[], float] = time.monotonic,
        vault: PinVault | None = None,
    ) -> None:
        self._database = database
        self._fixed = fixed
        self._vault = vault
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._version = 0
        self._looked_at = float("-inf")
        self._all: Mapping[str, Department] = {**departments_of(catalogue(), vault), **fixed}

    def __getitem__(self, service: str) -> Department:
        self._look(LOOK_S)
        if service not in self._all:
            self._look(0.0)
        return self._all[service]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def _look(self, older_than_s: float) -> None:
        """Read the catalogue again where a newer one was published since. One thread reads at a time; others
        go on with the present one, or wait when it lacks the entry they want.
        """
        if not self._lock.acquire(blocking=older_than_s == 0.0):
            return
        try:
            self._look_alone(older_than_s)
        finally:
            self._lock.release()

    def _look_alone(self, older_than_s: float) -> None:
        now = self._monotonic()
        if now - self._looked_at < older_than_s:
            return
        self._looked_at = now
        with self._database.read_beside() as connection:
            version = newest_version_of(connection)
            if version == self._version:
                return
            found = _parsed(published_files(connection))
        self._version = version
        if found is not None:
            self._all = {**departments_of(found, self._vault), **self._fixed}
            log.info("catalogue version %d: %d services", version, len(found.services))
