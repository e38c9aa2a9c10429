"""A clock set to a moment runs on; a moment on a command line is whole or named (FC-62)."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.clock import clock_at, in_zone, moment, running_from, shifted, utc_now
from tests.cities import BINZHOU


@given(
    st.integers(0, 3_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.floats(0, 1e6),
    st.floats(0, 1e5),
)
def test_a_clock_begins_at_its_moment_and_advances_with_the_monotonic_clock(
    begin: datetime, started_s: float, passed_s: float
) -> None:
    monotonic = [started_s]
    clock = running_from(begin, lambda: monotonic[0])
    assert clock() == begin
    monotonic[0] += passed_s
    assert abs(clock() - begin - timedelta(seconds=passed_s)) < timedelta(milliseconds=1)


def test_without_a_moment_it_is_the_clock_of_the_machine() -> None:
    assert clock_at(None) is utc_now
    assert utc_now().utcoffset() == timedelta(0)


@given(
    st.integers(0, 3_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.floats(-1e8, 1e8),
    st.floats(0, 1e5),
)
def test_a_process_that_starts_later_shows_the_time_of_the_one_that_started_it(
    machine: datetime, shift_s: float, late_s: float
) -> None:
    passed_s = [0.0]
    theirs = shifted(shift_s, lambda: machine + timedelta(seconds=passed_s[0]))
    ours = running_from(machine + timedelta(seconds=shift_s), lambda: passed_s[0])
    passed_s[0] = late_s
    assert abs(theirs() - ours()) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("text", "in_the_city"),
    [
        ("2026-12-01T23:30+08:00", "2026-12-01T23:30:00+08:00"),
        ("2026-12-01T15:30Z", "2026-12-01T23:30:00+08:00"),
        ("2028-02-29T00:00:00-05:00", "2028-02-29T13:00:00+08:00"),
        ("2026-12-31T23:59:59+14:00", "2026-12-31T17:59:59+08:00"),
    ],
)
def test_a_moment_of_any_zone_is_shown_in_the_citys(text: str, in_the_city: str) -> None:
    given_moment = moment(text)
    assert in_zone(lambda: given_moment, BINZHOU.zone)().isoformat() == in_the_city


@pytest.mark.parametrize("text", ["2026-12-01T23:30", "2026-12-01", "2027-02-29T12:00Z", "23:30", "now", ""])
def test_half_a_moment_is_refused_and_shown_how_it_is_written(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match=r"\+08:00"):
        moment(text)
