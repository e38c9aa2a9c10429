"""The end of a promotion, the whole way: journals on disk, a centre in its own process, HTTP between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from central.alarms import listed
from central.database import Database
from central.departments.bus import settlement
from central.departments.bus_tables import promotion_spent
from terminal.app.embedded import EmbeddedCentral
from tests.cities import shipped_tariffs
from tests.stories.one_fen_rides import FIRST_DAY, FULL_FEN, PAID_FEN, SECRET, ZONE, Rider, Vehicle, delivered

MORNING = datetime.combine(FIRST_DAY, datetime.min.time(), ZONE) + timedelta(hours=7)
SAVED = FULL_FEN - PAID_FEN
RIDERS = [Rider(number) for number in range(4)]


@contextmanager
def city_with(left_fen: int, directory: Path) -> Iterator[tuple[str, list[Vehicle]]]:
    """Three vehicles, and a promotion with so much of its budget left."""
    tariff = next(iter(shipped_tariffs().values()))
    budget = next(each for each in tariff.city.promotion if each.id == "one-fen").budget_fen
    (directory / "centre").mkdir()
    url = f"sqlite:///{directory / 'centre' / 'central.db'}"
    database = Database(url)
    database.write(lambda connection: [rider.enter(connection) for rider in RIDERS])
    spent = insert(promotion_spent).values(promotion="one-fen", fen=budget - left_fen)
    database.write(lambda connection: connection.execute(spent))
    database.close()
    centre = EmbeddedCentral(directory / "centre", demonstration=False, secret=SECRET)
    centre.start()
    vehicles = [Vehicle(number, directory / f"vehicle-{number}", centre.url) for number in range(3)]
    try:
        for vehicle in vehicles:
            vehicle.start()
        yield url, vehicles
    finally:
        for vehicle in vehicles:
            vehicle.stop()
        centre.stop()


def test_the_budget_ends_and_who_was_told_one_fen_pays_one_fen(tmp_path: Path) -> None:
    with city_with(2 * SAVED, tmp_path) as (url, vehicles):
        first, second, away = vehicles
        for vehicle in vehicles:
            vehicle.hear_budgets()
        told = [first.ride(RIDERS[0], MORNING), second.ride(RIDERS[1], MORNING)]
        delivered(vehicles)
        second.hear_budgets()
        told.append(second.ride(RIDERS[2], MORNING + timedelta(minutes=5)))
        told.append(away.ride(RIDERS[3], MORNING + timedelta(minutes=6)))
        delivered(vehicles)
    assert told == [PAID_FEN, PAID_FEN, FULL_FEN, PAID_FEN]
    database = Database(url)
    with database.read() as connection:
        rows = settlement(connection, FIRST_DAY, FIRST_DAY)
        assert listed(connection) == []
    database.close()
    assert sum(row["paid_fen"] for row in rows) == sum(told)
    funded = {row["funder"]: row["funded_fen"] for row in rows}
    assert funded == {"滨州市人社局与合作银行": 2 * SAVED, "": SAVED, None: 0}
