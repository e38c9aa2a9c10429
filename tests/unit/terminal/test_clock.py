"""A wall clock that is wrong, jumps or lies behind: named, and no longer believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from terminal.runtime.clock import Clock
from tests.unit.terminal.counter_with_journal import NOW, Time

TWO_DAYS = timedelta(days=2)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def clock(time: Time) -> Clock:
    return Clock(lambda: time.wall, lambda: time.ms)


@pytest.mark.parametrize("off", [TWO_DAYS, -TWO_DAYS, timedelta(minutes=2)])
def test_a_clock_that_is_off_is_named_and_the_centres_time_is_used(
    time: Time, clock: Clock, off: timedelta
) -> None:
    time.wall = NOW + off
    clock.heard(NOW, 40)
    assert clock.fault == "clock.wrong"
    time.pass_(3600)
    assert clock.now() == NOW + timedelta(hours=1, milliseconds=20)


def test_a_clock_in_order_is_not_named(time: Time, clock: Clock) -> None:
    time.pass_(86_400)
    clock.heard(time.wall, 40)
    clock.now()
    assert clock.fault == ""


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(hours=-1), timedelta(seconds=-6)])
def test_a_clock_that_is_set_while_the_terminal_runs_is_named(
    time: Time, clock: Clock, by: timedelta
) -> None:
    clock.now()
    time.pass_(60)
    time.wall += by
    clock.now()
    assert clock.fault == "clock.jumped"


def test_after_a_jump_time_goes_on_as_the_centre_said(time: Time, clock: Clock) -> None:
    clock.heard(NOW, 0)
    time.pass_(60)
    time.wall -= timedelta(hours=1)
    assert clock.now() == NOW + timedelta(seconds=60)


def test_the_centre_finds_the_clock_repaired(time: Time, clock: Clock) -> None:
    time.wall = NOW + TWO_DAYS
    clock.heard(NOW, 0)
    time.wall = NOW
    clock.heard(NOW, 0)
    assert clock.fault == ""


def test_daylight_change_is_no_jump() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    time = Time(wall=datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC).astimezone(berlin))
    clock = Clock(lambda: time.wall, lambda: time.ms)
    before = clock.now()
    time.ms += 20_000
    time.wall = datetime(2026, 10, 25, 1, 0, 10, tzinfo=UTC).astimezone(berlin)
    assert clock.now().utcoffset() != before.utcoffset()
    assert clock.now().astimezone(UTC) > before.astimezone(UTC)
    assert clock.fault == ""


def test_an_answer_that_took_too_long_says_nothing_about_the_time(time: Time, clock: Clock) -> None:
    clock.heard(NOW + TWO_DAYS, 6_000)
    assert clock.fault == ""


def test_time_is_told_in_the_zone_of_the_counter(time: Time, clock: Clock) -> None:
    time.wall = NOW.astimezone(timezone(timedelta(hours=8)))
    clock.heard(NOW, 0)
    assert clock.now().utcoffset() == timedelta(hours=8)


def test_time_is_never_before_the_newest_transaction(time: Time, clock: Clock) -> None:
    clock.not_before(NOW + TWO_DAYS)
    assert clock.fault == "clock.behind"
    assert clock.now() == NOW + TWO_DAYS
