"""The library's rules alone: dates, limits, fines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.departments.library_rules import (
    LONGEST_PROMISE,
    WEEKDAYS,
    Calendar,
    LibraryRules,
    PatronType,
    Standing,
    days_late,
    due_as_told,
    library_rules,
    limit_of,
    read_rules,
    why_not_lent,
)
from config.settings import SettingsFault
from tests.cities import BINZHOU

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
types = st.sampled_from(["child", "adult", "senior", "staff"])
calendars = st.builds(
    Calendar,
    closed_weekdays=st.frozensets(st.sampled_from(WEEKDAYS), max_size=6),
    closed_days=st.frozensets(days, max_size=30),
)
standings = st.builds(
    Standing,
    status=st.sampled_from(["active", "blocked"]),
    type_id=types,
    own_limit=st.integers(0, 30),
    loans=st.integers(0, 40),
    owed_fen=st.integers(0, 5000),
)
RULES = library_rules(BINZHOU)


@given(calendar=calendars, type_id=types, lent_on=days)
def test_a_due_date_never_falls_on_a_closed_day_nor_before_the_loan_is_over(
    calendar: Calendar, type_id: str, lent_on: date
) -> None:
    rules = RULES.model_copy(update={"calendar": calendar})
    earliest = lent_on + timedelta(days=rules.type_of(type_id).loan_days)
    due = rules.due_date(type_id, lent_on)
    assert calendar.is_open(due)
    assert due >= earliest
    skipped = [earliest + timedelta(days=each) for each in range((due - earliest).days)]
    assert not any(calendar.is_open(each) for each in skipped)


@given(type_id=types, due=days, late=st.integers(-400, 4000))
def test_a_fine_is_nothing_in_time_grows_by_the_day_and_stops_at_its_cap(
    type_id: str, due: date, late: int
) -> None:
    kind = RULES.type_of(type_id)
    fine = RULES.fine_fen(type_id, due, due + timedelta(days=late))
    assert 0 <= fine <= kind.fine_cap_fen
    if late <= 0:
        assert fine == 0
    elif late * kind.fine_fen_a_day <= kind.fine_cap_fen:
        assert fine == late * kind.fine_fen_a_day
    assert fine <= RULES.fine_fen(type_id, due, due + timedelta(days=late + 1))


@given(standing=standings)
def test_nobody_borrows_beyond_a_limit_and_a_block_stops_even_what_has_left(standing: Standing) -> None:
    why = why_not_lent(RULES, standing, already_left=False)
    if not why:
        assert standing.loans < limit_of(RULES, standing)
        assert standing.owed_fen <= RULES.type_of(standing.type_id).owing_limit_fen
    left = why_not_lent(RULES, standing, already_left=True)
    assert (left == "library.reader_blocked") == (standing.status != "active")
    assert left in ("", why)


@given(lent_on=days, rule=st.integers(1, 100), told=st.none() | days)
def test_nobody_is_late_for_believing_the_screen(lent_on: date, rule: int, told: date | None) -> None:
    due = lent_on + timedelta(days=rule)
    agreed = due_as_told(due, told, lent_on)
    assert agreed >= due
    if told is not None and told - lent_on <= LONGEST_PROMISE:
        assert agreed >= told
    assert agreed <= max(due, lent_on + LONGEST_PROMISE)


@given(born=days, today=days)
def test_every_age_has_a_type_that_age_gives(born: date, today: date) -> None:
    assert RULES.type_by_age(born, today).until_age is not None


@pytest.mark.parametrize(
    ("born", "type_id"),
    [
        (date(2012, 11, 24), "adult"),  # fourteen today
        (date(2012, 11, 25), "child"),  # fourteen tomorrow
        (date(1966, 11, 25), "adult"),
        (date(1966, 11, 24), "senior"),
    ],
)
def test_a_type_changes_on_the_birthday(born: date, type_id: str) -> None:
    assert RULES.type_by_age(born, date(2026, 11, 24)).id == type_id


def test_a_loan_that_would_end_in_spring_festival_ends_after_it() -> None:
    assert RULES.due_date("adult", date(2027, 1, 8)) == date(2027, 2, 8)


def test_a_type_that_is_no_more_is_the_first() -> None:
    assert RULES.type_of("emperor") is RULES.patron_type[0]


@pytest.mark.parametrize(
    "content",
    [
        "patron_type = []",
        "[[patron_type]]\nid = 'adult'",
        "not toml",
        '[calendar]\nclosed_weekdays = ["someday"]',
    ],
)
def test_rules_that_make_no_sense_are_named(content: str) -> None:
    with pytest.raises(SettingsFault):
        read_rules(content)


def test_a_library_that_never_opens_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never open"):
        Calendar(closed_weekdays=frozenset(WEEKDAYS))
    start = date(2026, 1, 1)
    closed = Calendar(closed_days=frozenset(start + timedelta(days=each) for each in range(400)))
    with pytest.raises(SettingsFault):
        closed.open_on_or_after(start)


def test_only_given_types_have_no_age() -> None:
    kind = RULES.type_of("staff").model_copy(update={"id": "only"})
    rules = LibraryRules(patron_type=(PatronType.model_validate(kind.model_dump()),))
    with pytest.raises(SettingsFault):
        rules.type_by_age(date(2000, 1, 1), date(2026, 1, 1))


def test_days_late_are_counted_from_the_day_after() -> None:
    assert days_late(date(2026, 11, 24), date(2026, 11, 24)) == 0
    assert days_late(date(2026, 11, 24), date(2026, 11, 26)) == 2
