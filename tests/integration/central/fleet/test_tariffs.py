"""A new tariff from the centre: checked as a whole, taken at its time, and never in the middle of a ride."""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from central import settlement
from central.departments.tariffs import CityTariffs, shipped_by_name
from central.fleet import configurations
from central.fleet.administration import ORDERS
from config.settings import BusSettings
from domain.fares.faults import TariffUnusable
from domain.fares.keeping import KEPT
from domain.fares.published_tariff import PUBLICATION, published_as
from domain.messages.signed_documents import ConfigurationFault, RolledBack
from terminal.provisioning.access import to_city
from terminal.ticketing.fare_desk import FareDesk
from terminal.ticketing.tariffs import TariffBook, TariffRefresh
from terminal.visit.effects import SubmitDraft
from terminal.visit.steps import Draft, Look
from tests.cities import BINZHOU, ZONE, shipped_tariff
from tests.integration.central.fleet.city import City
from tests.integration.central.fleet.test_a_running_terminal import settings
from tests.integration.central.test_bus import Validator
from tests.unit.terminal.counter_with_journal import CARD

NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW, NEXT_WEEK = NOW + timedelta(days=1), NOW + timedelta(days=7)
SHIPPED = shipped_tariff("binzhou")


def files_with(directory: Path, city_single: str, **replaced: str) -> Path:
    """The shipped tariff, a ride in the city for ``city_single`` yuan; other files by their names."""
    directory.mkdir(parents=True, exist_ok=True)
    for file in (resources.files("config") / "cities" / "binzhou" / "fares").iterdir():
        content = replaced.get(file.name.replace(".", "_"), file.read_text(encoding="utf-8"))
        if file.name == "fare_products.txt":
            assert "2.00" in content
            content = content.replace("2.00", city_single)
        (directory / file.name).write_text(content, encoding="utf-8")
    return directory


def publish(city: City, files: Path, valid_from: datetime) -> str:
    (line,) = ORDERS["tariff"](city.fleet, ["binzhou", str(files), valid_from.isoformat()])
    return line


class Vehicle:
    """Its tariffs on disk, and its way to the centre."""

    def __init__(self, city: City, data: Path) -> None:
        city.enrolled("data")
        self.access = to_city(settings(city), city.directory / "data", {})
        self.data = data
        self.book = self.started()

    def started(self, line: str = "1") -> TariffBook:
        return TariffBook(self.data / "tariff", "binzhou", SHIPPED, line, self.access.authority)

    def hears(self, now: datetime = NOW) -> None:
        TariffRefresh(self.book, self.access.client(), lambda: now, lambda: 0.5).step()


@pytest.fixture
def vehicle(city: City, tmp_path: Path) -> Vehicle:
    return Vehicle(city, tmp_path / "vehicle")


def test_a_new_tariff_is_in_force_from_its_time_on_also_after_a_restart(
    city: City, vehicle: Vehicle, tmp_path: Path
) -> None:
    vehicle.hears()
    assert vehicle.book.in_force(NEXT_WEEK) is SHIPPED
    said = publish(city, files_with(tmp_path / "new", "3.00"), TOMORROW)
    assert "publication 1" in said
    vehicle.hears()
    for book in (vehicle.book, vehicle.started()):
        assert book.in_force(NOW).version == SHIPPED.version
        fresh = book.in_force(TOMORROW)
        assert fresh.version[:12] in said
        coming = book.coming(NOW)
        assert coming is not None
        assert coming.tariff.version == fresh.version
        assert book.coming(TOMORROW) is None
        assert book.of_version(SHIPPED.version) is SHIPPED
        assert book.of_version(fresh.version) is not None


def test_between_two_publications_the_first_is_in_force_and_later_it_is_forgotten(
    city: City, vehicle: Vehicle, tmp_path: Path
) -> None:
    publish(city, files_with(tmp_path / "one", "3.00"), NOW)
    vehicle.hears()
    publish(city, files_with(tmp_path / "two", "4.00"), NEXT_WEEK)
    vehicle.hears()
    again = vehicle.started()
    one, two = again.in_force(TOMORROW), again.in_force(NEXT_WEEK)
    assert len({SHIPPED.version, one.version, two.version}) == 3
    later = NEXT_WEEK + KEPT + timedelta(days=1)
    publish(city, files_with(tmp_path / "three", "5.00"), later)
    vehicle.hears(now=later)
    assert vehicle.book.of_version(one.version) is None
    assert vehicle.book.of_version(two.version) is not None
    assert len(list((vehicle.data / "tariff").iterdir())) == 2


def test_a_tariff_with_mistakes_is_not_signed_and_every_mistake_is_told(city: City, tmp_path: Path) -> None:
    broken = files_with(tmp_path / "new", "3.00", stop_areas_txt="area_id,stop_id\nnowhere,coach\n")
    with pytest.raises(TariffUnusable, match=r"stop_areas\.txt line 2"):
        publish(city, broken, NOW)
    with city.fleet.database.read() as connection:
        assert CityTariffs().known(connection).keys() == {SHIPPED.version}


def sign_unchecked(city: City, files: dict[str, str]) -> None:
    """As a centre with another version of this program might."""
    city.fleet.database.write(
        lambda c: configurations.publish(c, city.fleet.signer, published_as("binzhou"), files, NOW)
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stop_areas.txt": "area_id,stop_id\nnowhere,coach\n"}, r"stop_areas\.txt line 2"),
        ({PUBLICATION: "valid_from = 2026-12-01T04:00:00\n"}, "valid_from is a time with its offset"),
        ({PUBLICATION: "valid_from = \n"}, r"publication\.toml"),
        ({}, "has no line 999"),
    ],
)
def test_a_signed_mistake_is_refused_by_name_and_what_is_in_force_stays(
    city: City, vehicle: Vehicle, tmp_path: Path, change: dict[str, str], why: str
) -> None:
    publish(city, files_with(tmp_path / "good", "3.00"), NOW)
    vehicle.hears()
    before = vehicle.book.in_force(NOW).version
    folder = files_with(tmp_path / "bad", "4.00")
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    sign_unchecked(city, {**files, PUBLICATION: f"valid_from = {NOW.isoformat()}\n", **change})
    answer = vehicle.access.client().configuration(published_as("binzhou"), "", 5_000)
    assert answer is not None
    book = vehicle.book if change else vehicle.started("999")
    with pytest.raises(ConfigurationFault, match=why):
        book.accept(answer[0], NOW)
    if change:
        vehicle.hears()
        assert vehicle.book.in_force(NOW).version == before


def test_an_older_publication_is_refused_and_a_copy_that_was_tampered_with_is_not_used(
    city: City, vehicle: Vehicle, tmp_path: Path
) -> None:
    client = vehicle.access.client()
    publish(city, files_with(tmp_path / "one", "3.00"), NOW)
    first = client.configuration(published_as("binzhou"), "", 5_000)
    publish(city, files_with(tmp_path / "two", "4.00"), NOW)
    vehicle.hears()
    assert first is not None
    with pytest.raises(RolledBack):
        vehicle.book.accept(first[0], NOW)
    (kept,) = (vehicle.data / "tariff").iterdir()
    kept.write_text(kept.read_text(encoding="utf-8").replace("4.00", "0.00"), encoding="utf-8")
    assert vehicle.started().in_force(NOW) is SHIPPED


def test_who_has_the_newest_is_sent_nothing(city: City, vehicle: Vehicle, tmp_path: Path) -> None:
    publish(city, files_with(tmp_path / "one", "3.00"), NOW)
    client = vehicle.access.client()
    answer = client.configuration(published_as("binzhou"), "", 5_000)
    assert answer is not None
    assert client.configuration(published_as("binzhou"), answer[1], 5_000) is None


def taps(
    path: Path, book: TariffBook, times: list[datetime], where: Callable[[], tuple[str, str]]
) -> list[dict[str, Any]]:
    """One card's taps at these moments, each journalled."""
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    moment, ids = [times[0]], iter(range(100))
    desk = FareDesk(
        BusSettings(tariff="binzhou"),
        book,
        path / "rides.db",
        lambda: moment[0],
        lambda: f"tap-{next(ids)}",
        answers.put,
        where,
    )
    desk.start()
    told = []
    for at in times:
        moment[0] = at
        body = (("card", CARD.subject_key), ("media", "t_union"), ("riders", 1))
        desk.look(Look("fare", "bus", body, local=True))
        answer = dict(answers.get(timeout=20).data)
        told.append(answer)
        desk.keep(SubmitDraft(0, Draft("bus", "ride", tuple(answer.items())), CARD, ""))
    desk.stop()
    return told


def test_who_boarded_by_one_tariff_gets_off_by_it_and_the_next_ride_is_by_the_new_one(
    city: City, vehicle: Vehicle, tmp_path: Path
) -> None:
    publish(city, files_with(tmp_path / "new", "2.50"), TOMORROW)
    vehicle.hears()
    places = iter([("K6", "railway"), ("K6", "government"), ("K6", "railway")])
    ten, three_hours = timedelta(minutes=10), timedelta(hours=3)
    times = [TOMORROW - ten, TOMORROW + ten, TOMORROW + three_hours]
    told = taps(tmp_path / "desk", vehicle.book, times, lambda: next(places))
    fresh = vehicle.book.in_force(TOMORROW).version
    assert [each["tariff"] for each in told] == [SHIPPED.version, SHIPPED.version, fresh]
    assert [each["tap"]["kind"] for each in told] == ["board", "alight", "board"]


def test_a_ride_told_by_a_tariff_that_was_out_of_date_is_settled_by_that_one(
    city: City, tmp_path: Path
) -> None:
    noon = datetime.combine(NOW.astimezone(ZONE).date() - timedelta(days=1), time(12), ZONE)
    publish(city, files_with(tmp_path / "one", "3.00"), noon + timedelta(hours=1))
    bus = Validator(city.fleet.database)
    assert bus.tap("rider", noon).data["charged_fen"] == 1
    assert bus.tap("trainee", noon + timedelta(hours=2)).data["charged_fen"] == 1
    assert bus.alarms == []
    with city.fleet.database.read() as connection:
        assert settlement.total(connection, noon.date(), noon.date()).full_fen == 400
        (line,) = settlement.tariffs_told(connection, noon.date(), noon.date())
    assert line == f"tariff {SHIPPED.version[:12]}: 2 rides, 1 of them when another was in force"


def test_the_centre_knows_every_tariff_it_ever_published_and_which_is_in_force(
    city: City, tmp_path: Path
) -> None:
    publish(city, files_with(tmp_path / "one", "3.00"), NOW)
    publish(city, files_with(tmp_path / "two", "4.00"), NEXT_WEEK)
    tariffs = CityTariffs()
    with city.fleet.database.read() as connection:
        known = tariffs.known(connection)
        before = tariffs.in_force(connection, NOW - timedelta(days=1))
        now, later = tariffs.in_force(connection, NOW), tariffs.in_force(connection, NEXT_WEEK)
    assert len(known) == 3
    assert before == {shipped_by_name(BINZHOU)["binzhou"].version}
    assert len(before | now | later) == 3
    assert all(version in known for version in (*now, *later))
