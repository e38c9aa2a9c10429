"""What the doctor says of what a centre delivered: nothing yet, all of it, and what is past its time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from central.fleet.administration import ORDERS
from config.settings import BusSettings, CentralSettings, Settings
from domain.codes.replay import Use
from drivers.central.configuration_copy import ConfigurationCopy
from drivers.codes.replay import SqliteReplayTable
from terminal.diagnostics import delivery_checks
from terminal.diagnostics.check import Check
from terminal.identification.code_trust import IssuersRefresh, KnownIssuers
from terminal.provisioning.access import CentralAccess, to_city
from terminal.provisioning.configuration import ConfigurationRefresh, check
from terminal.provisioning.published_settings import FOLDER, PublishedSettings, published_as
from terminal.ticketing.entitlements.refresh import EntitlementRefresh
from terminal.ticketing.entitlements.store import ENTITLEMENTS, EntitlementList
from terminal.ticketing.tariffs import TARIFFS, TariffBook, TariffRefresh
from tests.cities import shipped_tariff
from tests.integration.central.fleet.city import City
from tests.integration.central.fleet.test_tariffs import files_with, publish

TERMINAL = "BZ-BUS-0001"


def now() -> datetime:
    return datetime.now(UTC)


def bus_of(city: City) -> Settings:
    return Settings(
        terminal=TERMINAL, central=CentralSettings(url=city.url), services=("bus",), bus=BusSettings()
    )


def all_of(settings: Settings, data: Path) -> dict[str, Check]:
    return {
        "settings": delivery_checks.published(settings, data),
        "issuers": delivery_checks.issuers(settings, data),
        "replay": delivery_checks.replay(data),
        "entitlements": delivery_checks.entitlements(settings, data),
        "tariff": delivery_checks.tariff(settings, data),
    }


def fetched(access: CentralAccess, settings: Settings, data: Path) -> None:
    """One round of each of a vehicle's parts."""
    client, authority = access.client(), access.authority
    IssuersRefresh(KnownIssuers(data / "codes", authority), client, lambda: 0.5).step()
    with closing(EntitlementList(data / ENTITLEMENTS, good_days=30)) as rights:
        EntitlementRefresh(rights, client, authority, now, lambda: 0.5, 600).step()
    book = TariffBook(data / TARIFFS, "binzhou", shipped_tariff("binzhou"), "1", authority)
    TariffRefresh(book, client, now, lambda: 0.5).step()
    assert access.identity is not None
    PublishedSettings(settings, data, access)
    name = published_as(settings)
    copy = ConfigurationCopy(data / FOLDER, name, access.identity.authority, check)
    ConfigurationRefresh(copy, name, client, lambda: 0.5, lambda _: None, 600).step()


def test_the_doctor_says_what_a_vehicle_has_of_its_centre(city: City, tmp_path: Path) -> None:
    city.enrolled("data", TERMINAL)
    settings, data = bus_of(city), city.directory / "data"
    access = to_city(settings, data, {})
    before = all_of(settings, data)
    assert all(each.ok for each in before.values())
    assert [each.finding for each in before.values()] == [
        "shipped",
        "none_yet",
        "none_yet",
        "none_yet",
        "shipped",
    ]
    folder = tmp_path / "published"
    (folder / "offline").mkdir(parents=True)
    (folder / "profile.toml").write_text('services = ["bus"]\n', encoding="utf-8")
    (folder / "offline" / "bus.toml").write_text("[ride]\nage_hours = 24\n", encoding="utf-8")
    list(ORDERS["publish"](city.fleet, [TERMINAL.lower(), str(folder)]))
    publish(city, files_with(tmp_path / "one", "3.00"), now() - timedelta(hours=1))
    fetched(access, settings, data)
    with closing(SqliteReplayTable(data / "codes" / "replay.db", now())) as table:
        assert delivery_checks.replay(data).finding == "empty"
        table.admit(Use(b"a" * 16, now(), now() + timedelta(minutes=1)), now())
    said = all_of(settings, data)
    assert all(each.ok for each in said.values())
    assert said["settings"].message == "published version 1, offline limits of: bus"
    assert said["issuers"].message.startswith("version 1, 1 issuers of electronic cards, 0 of ride codes")
    assert said["replay"].message.startswith("1 used codes remembered, the oldest until ")
    assert " entitled cards, 0.0 h old" in said["entitlements"].message
    assert ", publication 1, since " in said["tariff"].message
    publish(city, files_with(tmp_path / "two", "4.00"), now() + timedelta(days=1))
    fetched(access, settings, data)
    assert delivery_checks.tariff(settings, data).finding == "changes"
    assert delivery_checks.policies_of(settings, data).longest == timedelta(hours=24)


def test_what_is_too_old_or_cannot_be_read_is_told(city: City, tmp_path: Path) -> None:
    city.enrolled("data", TERMINAL)
    settings, data = bus_of(city), city.directory / "data"
    with closing(EntitlementList(data / ENTITLEMENTS, good_days=30)) as rights:
        rights.apply(0, 1, [], now() - timedelta(days=31))
    assert delivery_checks.entitlements(settings, data).finding == "too_old"
    (data / "codes").mkdir(mode=0o700, exist_ok=True)
    (data / "codes" / "replay.db").write_bytes(b"no database at all" * 60)
    (data / "codes" / "code-trust.signed.json").write_text("{}", encoding="utf-8")
    (data / ENTITLEMENTS).write_bytes(b"no database at all" * 60)
    with pytest.raises(sqlite3.Error), closing(sqlite3.connect(data / ENTITLEMENTS)) as database:
        database.execute("SELECT 1 FROM state")
    found = all_of(settings, data)
    assert not any(found[name].ok for name in ("issuers", "replay", "entitlements"))
    assert not any("{" in each.message_in("zh_CN") for each in found.values())


def test_a_counter_that_sells_no_rides_has_no_list_and_no_tariff(tmp_path: Path) -> None:
    for check_ in (delivery_checks.entitlements, delivery_checks.tariff):
        found = check_(Settings(), tmp_path)
        assert (found.ok, found.finding) == (True, "not_used")
