"""The tariffs of the city's buses: those that were shipped, and every one that was ever published.

A ride is settled by the tariff its vehicle showed to the rider, whichever is in force by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, select

from central.city_of import city_of
from central.fleet.tables import configuration
from config.city.city import City
from domain.fares import Tariff, load
from domain.fares.published_tariff import PREFIX, PublishedTariff, read_publication
from domain.messages.signed_documents import Configuration, SignedDocument


@lru_cache(maxsize=16)
def shipped_by_name(city: City) -> dict[str, Tariff]:
    """The tariff in the city's own folder, by the city's name; none where it has no buses."""
    files = city.fare_files()
    return {city.id: load(files, city.said.zone)} if files else {}


def shipped_tariffs(city: City) -> dict[str, Tariff]:
    """The tariff in the city's folder by its version."""
    return {tariff.version: tariff for tariff in shipped_by_name(city).values()}


class CityTariffs:
    """Reads each publication of its database once: they never change. Any thread may ask."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, int], PublishedTariff] = {}

    def known(self, connection: Connection) -> Mapping[str, Tariff]:
        """Tariffs by version: every one that a vehicle may have used."""
        told = {each.tariff.version: each.tariff for some in self._all(connection).values() for each in some}
        return {**shipped_tariffs(city_of(connection)), **told}

    def in_force(self, connection: Connection, at: datetime) -> set[str]:
        """The versions that were in force at this moment, one for each name."""
        found = {name: tariff.version for name, tariff in shipped_by_name(city_of(connection)).items()}
        for name, publications in self._all(connection).items():
            valid = next((each for each in publications if each.valid_from <= at), None)
            if valid:
                found[name] = valid.tariff.version
        return set(found.values())

    def _all(self, connection: Connection) -> dict[str, list[PublishedTariff]]:
        """Every publication by the tariff's name, newest first."""
        numbers = select(configuration.c.name, configuration.c.version).where(
            configuration.c.name.startswith(PREFIX, autoescape=True)
        )
        found: dict[str, list[PublishedTariff]] = {}
        for name, number in connection.execute(numbers.order_by(configuration.c.version.desc())):
            key = (name, number)
            if key not in self._read:
                self._read[key] = self._publication(connection, *key)
            found.setdefault(name.removeprefix(PREFIX), []).append(self._read[key])
        return found

    def _publication(self, connection: Connection, name: str, number: int) -> PublishedTariff:
        query = select(configuration.c.document).where(
            configuration.c.name == name, configuration.c.version == number
        )
        document = SignedDocument.model_validate_json(connection.execute(query).scalar_one())
        return read_publication(Configuration.model_validate_json(document.content).files, number)
