"""A city changes its fares while its buses drive: the next rider pays the new one, here and at the centre."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from central.departments.bus_tables import bus_ride
from tests.integration.central.fleet.test_tariffs import files_with
from tests.stories.plain_counter import PlainCounter, plain_counter


def rides(counter: PlainCounter) -> list[tuple[int, bool]]:
    """What the centre rated, in full, in the order of boarding; and whether the tariff was out of date."""
    rows = counter.rows(select(bus_ride).order_by(bus_ride.c.boarded))
    return [(row.full_fen, row.outdated) for row in rows]


def ride(counter: PlainCounter, persona: str) -> None:
    counter.lay(persona)
    counter.settled()
    counter.take_away()


def test_a_running_bus_takes_a_published_tariff_for_the_next_rider(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "bus") as counter:
        tariffs = counter.terminal.tariffs
        assert tariffs is not None
        shipped = tariffs.in_force(counter.now()).version
        ride(counter, "rider")
        since = counter.now().isoformat()
        counter.order("tariff", "binzhou", str(files_with(tmp_path / "new", "3.00")), since)
        counter.terminal.hurry()
        counter.until(
            "the new tariff is on board", lambda: tariffs.in_force(counter.now()).version != shipped
        )
        ride(counter, "patient")
        counter.until("every ride is at the centre", lambda: len(rides(counter)) == 2)
        assert rides(counter) == [(200, False), (300, False)]
        assert counter.order("alarms") == []
        first, last = counter.now() - timedelta(days=2), counter.now() + timedelta(days=2)
        told = counter.order("settlement", f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
        assert told[-2] == f"tariff {shipped[:12]}: 1 rides"
        assert told[-1].endswith(": 1 rides")
