"""Fares by the city's calendar (FC-39); repeated taps off and clocks that differ (FC-38)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from config.city.calendar import DayKind, Days
from domain.fares import ANYONE, RideHistory, Tap, TapKind, Tariff, load, rate
from domain.fares.city import Window
from domain.fares.faults import TariffUnusable
from domain.fares.ride import Fare, Standing
from tests.cities import BINZHOU

SINGLE, NIGHT = 200, 300
WEEK = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
WORKDAYS = (WEEK + "daily,1,1,1,1,1,0,0,20240101,20351231\n").encode()
"""The night fare on workdays only."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BINZHOU.zone)


def tap(
    when: datetime, line: str = "1", stop: str = "railway", validator: str = "door-1", **more: object
) -> Tap:
    return Tap(f"{when:%m%d%H%M%S}{validator}", when, validator, line, "t_union", stop, **more)  # type: ignore[arg-type]


def fen(tariff: Tariff, when: str) -> int:
    return rate(tariff, tap(at(when)), ANYONE).fen


@pytest.fixture
def files() -> dict[str, bytes]:
    return {**BINZHOU.fare_files(), "calendar.txt": WORKDAYS}


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        ("2026-10-08T23:00", NIGHT),  # Thursday
        ("2026-10-01T23:00", SINGLE),  # National Day, a Thursday
        ("2026-10-07T23:00", SINGLE),
        ("2026-10-10T23:00", NIGHT),  # make-up Saturday
        ("2026-09-20T23:00", NIGHT),  # make-up Sunday
        ("2026-10-17T23:00", SINGLE),  # Saturday
        ("2025-10-11T23:00", NIGHT),
        ("2025-05-02T23:00", SINGLE),
        ("2024-02-18T23:00", NIGHT),
        ("2024-02-12T23:00", SINGLE),
    ],
)
def test_weekday_rules_follow_the_citys_calendar(files: dict[str, bytes], night: str, expected: int) -> None:
    assert fen(load(files), night) == expected


def test_a_strangers_feed_without_a_calendar_goes_by_weekdays(files: dict[str, bytes]) -> None:
    del files["calendar.toml"]
    tariff = load(files)
    assert [fen(tariff, day + "T23:00") for day in ("2026-10-01", "2026-10-10")] == [NIGHT, SINGLE]


def test_a_date_of_calendar_dates_counts_as_it_is_written(files: dict[str, bytes]) -> None:
    exceptions = b"service_id,date,exception_type\ndaily,20261001,1\ndaily,20261010,2\n"
    tariff = load({**files, "calendar_dates.txt": exceptions})
    assert [fen(tariff, day + "T23:00") for day in ("2026-10-01", "2026-10-10")] == [NIGHT, SINGLE]


def test_windows_days_and_terms_of_a_rule_follow_it() -> None:
    term = BINZHOU.calendar.model_copy(
        update={"school_term": (Days(first=at("2026-09-01").date(), last=None),)}
    )
    holiday, make_up = at("2026-10-01T08:00"), at("2026-10-10T08:00")
    workday = Window(weekdays=(1, 2, 3, 4, 5))
    assert [workday.holds(day, term) for day in (holiday, make_up)] == [False, True]
    assert term.kind(holiday.date()) is DayKind.HOLIDAY


def test_a_mistake_of_the_calendar_is_one_of_the_tariff(files: dict[str, bytes]) -> None:
    files["calendar.toml"] = files["calendar.toml"].replace(b"2026-10-10]", b"2026-10-12]")
    with pytest.raises(TariffUnusable, match=r"calendar.toml line \d+: .*no Saturday or Sunday"):
        load(files)


@pytest.fixture
def zones() -> Tariff:
    return load(BINZHOU.fare_files())


def off(
    tariff: Tariff, when: datetime, history: RideHistory, validator: str = "door-2", stop: str = "bohai"
) -> Fare:
    return rate(tariff, tap(when, "K6", stop, validator, kind=TapKind.ALIGHT), ANYONE, history)


@pytest.mark.parametrize("validator", ["door-1", "door-2", "door-3"])
@pytest.mark.parametrize("seconds", [-40, -5, 1, 29, 40, 75, 119])
def test_a_second_tap_off_is_a_repetition_at_whichever_door(
    zones: Tariff, seconds: int, validator: str
) -> None:
    began = at("2026-11-24T12:00")
    history = RideHistory().after(rate(zones, tap(began, "K6")))
    first = off(zones, began + timedelta(minutes=20), history)
    history = history.after(first)
    again = off(zones, began + timedelta(minutes=20, seconds=seconds), history, validator)
    assert (again.fen, again.standing) == (0, Standing.SAME_RIDE)
    assert history.after(again).rides == history.rides


def test_a_tap_off_long_after_the_last_one_is_a_ride_without_a_boarding(zones: Tariff) -> None:
    began = at("2026-11-24T12:00")
    history = RideHistory().after(rate(zones, tap(began, "K6")))
    history = history.after(off(zones, began + timedelta(minutes=20), history))
    assert off(zones, began + timedelta(minutes=23), history).fen == 300


def test_a_ride_begun_after_the_last_tap_off_is_ended_by_the_next(zones: Tariff) -> None:
    began = at("2026-11-24T12:00")
    history = RideHistory().after(rate(zones, tap(began, "K6")))
    history = history.after(off(zones, began + timedelta(minutes=20), history))
    history = history.after(rate(zones, tap(began + timedelta(minutes=20, seconds=50), "K6", "bohai")))
    ended = off(zones, began + timedelta(minutes=21, seconds=30), history, stop="government")
    assert ended.ride.alighted_stop_id == "government"
    assert ended.standing is Standing.CHARGED


@pytest.mark.parametrize("behind", [1, 30, 60])
def test_a_tap_off_by_a_clock_that_is_behind_ends_its_ride(zones: Tariff, behind: int) -> None:
    began = at("2026-11-24T12:00")
    history = RideHistory().after(rate(zones, tap(began, "K6")))
    ended = off(zones, began - timedelta(seconds=behind), history)
    assert ended.ride.id == history.rides[0].id
    assert ended.ride.alighted == history.rides[0].boarded
