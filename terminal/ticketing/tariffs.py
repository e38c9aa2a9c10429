"""The tariffs on this vehicle: the one it was shipped with, and those its centre published since.

    published ──proved, checked as a whole──▶ kept on disk ──valid from──▶ in force for the next boarding
                      └── a mistake ──▶ refused by name; what is in force stays

Who boarded by one tariff gets off by it: what is no longer in force is kept for as long as rides are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.x509 import Certificate
from pydantic import ValidationError

from config.city.loading import load_city
from config.faults import Fault
from config.settings import Settings
from domain.fares import Tariff
from domain.fares.keeping import KEPT
from domain.fares.published_tariff import PublishedTariff, published_as, read_publication
from domain.messages.signed_documents import (
    Configuration,
    ConfigurationFault,
    NotSigned,
    RolledBack,
    SignedDocument,
    document_in,
    opened,
)
from drivers.central.client import CentralClient
from drivers.central.fetching import published
from runtime.signed_copy import Accepted, Sync
from runtime.whole_file import read_private, set_aside, write_whole
from terminal.ticketing.fare_desk import SERVICE, shipped_tariff

log = logging.getLogger(__name__)

TARIFFS = Path("tariff")
"""Below the data folder."""
BUDGET_MS = 20_000
EVERY_S = 600.0
SUFFIX = ".signed.json"
Authority = Callable[[], Certificate | None]


class LineUnknown(ConfigurationFault):
    """A tariff without this vehicle's line: it could rate no ride."""

    code = "fare.line_missing"


class TariffBook:
    """Any thread may ask; one accepts. ``line`` is this vehicle's. Copies that were tampered with are not
    used. ``authority``: whom documents are proved by, None while the centre has not said so yet."""

    def __init__(self, directory: Path, name: str, shipped: Tariff, line: str, authority: Authority) -> None:
        self._directory = directory
        self.name = name
        self._shipped = shipped
        self._line = line
        self._authority = authority
        self._published: tuple[PublishedTariff, ...] | None = None

    def in_force(self, now: datetime) -> Tariff:
        """For who boards now."""
        found = self.publication_in_force(now)
        return found.tariff if found else self._shipped

    def publication_in_force(self, now: datetime) -> PublishedTariff | None:
        """None where the shipped tariff is."""
        return next((each for each in self._known() if each.valid_from <= now), None)

    def coming(self, now: datetime) -> PublishedTariff | None:
        """The newest, where it waits for its day."""
        newest = next(iter(self._known()), None)
        return newest if newest and newest.valid_from > now else None

    def of_version(self, version: str) -> Tariff | None:
        """The tariff a ride began with, as long as it is kept."""
        tariffs = (self._shipped, *(each.tariff for each in self._known()))
        return next((tariff for tariff in tariffs if tariff.version == version), None)

    def accept(self, document: SignedDocument, now: datetime) -> PublishedTariff:
        """Keeps a newer one, on disk when it returns. Raises ``ConfigurationFault``: nothing changes."""
        said = self._proved(document)
        newest = next(iter(self._known()), None)
        if newest and said.version < newest.number:
            raise RolledBack(f"publication {said.version} after {newest.number}")
        if newest and said.version == newest.number:
            if not self._file(said.version).exists():
                write_whole(self._file(said.version), document.model_dump_json().encode(), 0o600)
            return newest
        fresh = self._read(said)
        write_whole(self._file(said.version), document.model_dump_json().encode(), 0o600)
        self._published = self._still_needed((fresh, *self._known()), now)
        return fresh

    @property
    def newest(self) -> PublishedTariff | None:
        return next(iter(self._known()), None)

    def intact(self) -> bool:
        """Whether the newest tariff can still be read from disk; one that is damaged is set aside, and
        asked for again. Raises ``OSError``."""
        newest = self.newest
        if self._authority() is None:
            return True
        if newest is None:
            return False
        file = self._file(newest.number)
        if file.exists() and self._kept(file) is None:
            set_aside(file)
        return file.exists()

    def _known(self) -> tuple[PublishedTariff, ...]:
        """Newest first; read from disk as soon as there is somebody to prove them by."""
        if self._published is None:
            if self._authority() is None:
                return ()
            found = [each for each in map(self._kept, self._files()) if each]
            self._published = tuple(sorted(found, key=lambda each: each.number, reverse=True))
        return self._published

    def _files(self) -> Iterable[Path]:
        return self._directory.glob(f"*{SUFFIX}") if self._directory.is_dir() else ()

    def _kept(self, file: Path) -> PublishedTariff | None:
        try:
            untrusted_content, _ = read_private(file)
            return self._read(self._proved(SignedDocument.model_validate_json(untrusted_content)))
        except (OSError, ValidationError, ConfigurationFault) as error:
            log.warning("a tariff on disk is not used: %s", type(error).__name__)
            return None

    def _proved(self, document: SignedDocument) -> Configuration:
        authority = self._authority()
        if authority is None:
            raise NotSigned("no authority is known yet")
        said = opened(document, Configuration, authority)
        if said.name != published_as(self.name):
            raise ConfigurationFault(f"meant for {said.name}")
        return said

    def _read(self, said: Configuration) -> PublishedTariff:
        try:
            found = read_publication(said.files, said.version)
        except Fault as fault:
            raise ConfigurationFault(f"publication {said.version}: {fault}") from fault
        if self._line not in found.tariff.routes:
            raise LineUnknown(f"publication {said.version} has no line {self._line}")
        return found

    def _still_needed(self, found: tuple[PublishedTariff, ...], now: datetime) -> tuple[PublishedTariff, ...]:
        """Without those that no ride of these days can have begun with."""
        needed: list[PublishedTariff] = []
        for each in found:
            if any(later.valid_from <= now - KEPT for later in needed):
                self._file(each.number).unlink(missing_ok=True)
            else:
                needed.append(each)
        return tuple(needed)

    def _file(self, number: int) -> Path:
        return self._directory / f"{number}{SUFFIX}"


def tariff_book(settings: Settings, data: Path, authority: Authority) -> TariffBook | None:
    """The tariffs of a vehicle; None for a counter that sells no rides. Raises ``TariffUnusable``."""
    if SERVICE not in settings.services:
        return None
    bus = settings.bus
    city = load_city(settings.city)
    return TariffBook(data / TARIFFS, bus.tariff or city.id, shipped_tariff(city), bus.line, authority)


class TariffRefresh(Sync[PublishedTariff]):
    """Fetch published tariffs; a vehicle that has the newest is sent nothing."""

    def __init__(
        self,
        book: TariffBook,
        central: CentralClient,
        now: Callable[[], datetime],
        random: Callable[[], float],
        every_s: float = EVERY_S,
    ) -> None:
        fetch = published(central, published_as(book.name), BUDGET_MS)
        super().__init__("tariff", fetch, Publications(book, now), every_s, random, self._log)

    @staticmethod
    def _log(fresh: PublishedTariff) -> None:
        log.info("tariff %s from %s on", fresh.tariff.version[:12], fresh.valid_from)


@dataclass(frozen=True, slots=True)
class Publications:
    """A tariff book as the copies of a ``Sync``."""

    book: TariffBook
    now: Callable[[], datetime]

    def intact(self) -> bool:
        return self.book.intact()

    def accept(self, untrusted_content: bytes) -> Accepted[PublishedTariff]:
        before = self.book.newest
        fresh = self.book.accept(document_in(untrusted_content), self.now())
        return Accepted(fresh, changed=fresh is not before)
