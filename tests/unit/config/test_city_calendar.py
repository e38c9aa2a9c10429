"""The calendar of the city: FC-39. Holidays and make-up days against a list made by another program."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.city.calendar import CityCalendar, DayKind, Days, Year
from tests.cities import BINZHOU
from tests.unit.config.days_of_chinesecalendar import OFF_ON_WEEKDAYS, WORK_ON_WEEKENDS

CALENDAR = BINZHOU.calendar
days_known = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(days_known)
def test_working_days_are_those_of_an_independent_calendar(day: date) -> None:
    weekend = day.isoweekday() > 5
    works = day in WORK_ON_WEEKENDS if weekend else day not in OFF_ON_WEEKDAYS
    assert CALENDAR.is_working_day(day) == works


@pytest.mark.parametrize(
    ("day", "kind", "acts_as"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY, 7),
        (date(2026, 10, 10), DayKind.MAKE_UP, 5),
        (date(2026, 9, 20), DayKind.MAKE_UP, 1),
        (date(2026, 10, 8), DayKind.WORKDAY, 4),
        (date(2026, 10, 17), DayKind.WEEKEND, 6),
        (date(2025, 1, 28), DayKind.HOLIDAY, 7),
    ],
)
def test_a_day_acts_as_its_kind(day: date, kind: DayKind, acts_as: int) -> None:
    assert (CALENDAR.kind(day), CALENDAR.acts_as(day)) == (kind, acts_as)


def test_a_year_without_data_is_missing_and_in_november_the_next_one_too() -> None:
    assert CALENDAR.missing_years(date(2026, 11, 1)) == ()
    assert CALENDAR.missing_years(date(2026, 11, 15)) == (2027,)
    assert CALENDAR.missing_years(date(2027, 1, 1)) == (2027,)


@given(days_known)
def test_the_next_working_day_is_one_and_none_lies_between(day: date) -> None:
    found = CALENDAR.next_working_day(day)
    assert CALENDAR.is_working_day(found)
    assert not any(CALENDAR.is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


def test_school_terms_are_inclusive() -> None:
    term = Days(first=date(2026, 9, 1), last=date(2027, 1, 22))
    calendar = CityCalendar(school_term=(term,))
    inside = [date(2026, 9, 1), date(2027, 1, 22)]
    outside = [date(2026, 8, 31), date(2027, 1, 23)]
    assert [calendar.in_term(day) for day in (*inside, *outside)] == [True, True, False, False]


def test_a_holiday_that_passes_the_turn_of_the_year_is_taken() -> None:
    days = Days(first=date(2023, 12, 30), last=date(2024, 1, 1))
    calendar = CityCalendar(year=(Year(year=2024, confidence="sure", source="notice", off=(days,)),))
    assert calendar.is_holiday(date(2023, 12, 30))
