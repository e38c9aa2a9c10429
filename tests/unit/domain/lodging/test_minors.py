"""Children and the business date: rules against plain models."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.lodging.business_day import USUAL_CLOSING, business_day, business_day_begins, closing_of
from domain.lodging.minors import Sleeper, age, guardian_on_record, newly_unattended, unattended

TODAY = date(2026, 11, 28)
SLEEPERS = st.lists(
    st.builds(
        Sleeper,
        st.integers(0, 50),
        st.sampled_from(["1", "2"]),
        st.none() | st.dates(date(2005, 1, 1), TODAY),
        st.dates(TODAY, TODAY + timedelta(days=3)),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.stay,
)


def nights_alone(child: Sleeper, everybody: list[Sleeper]) -> bool:
    """Model by nights: some night or the stay itself is without an adult in the room."""
    adults = [e for e in everybody if e.room == child.room and (e.born is None or age(e.born, TODAY) >= 18)]
    nights = [TODAY + timedelta(days=n) for n in range((child.until - TODAY).days)]
    return not adults or any(all(each.until <= night for each in adults) for night in nights)


@given(SLEEPERS)
def test_no_night_of_a_child_is_without_an_adult(sleepers: list[Sleeper]) -> None:
    """FC-31."""
    children = [e for e in sleepers if e.born and age(e.born, TODAY) < 18 and not e.guarded]
    assert unattended(sleepers, TODAY) == {e.stay for e in children if nights_alone(e, sleepers)}


@given(SLEEPERS, st.integers(0, 50))
def test_who_was_alone_before_refuses_nobody_else(sleepers: list[Sleeper], leaving: int) -> None:
    after = [each for each in sleepers if each.stay != leaving]
    assert not newly_unattended(sleepers, after, TODAY) & unattended(sleepers, TODAY)


def test_a_guardian_is_on_record_with_name_phone_and_relation() -> None:
    record: dict[str, object] = {"name": "李梅", "phone": "+86 138-0013-8000", "relation": "母亲"}
    assert guardian_on_record(record)
    for name in record:
        for bad in (None, "", " ", 7, "\n", "x" * 60):
            assert not guardian_on_record({**record, name: bad}), (name, bad)


@given(st.dates(date(2000, 1, 2), date(2100, 1, 1)), st.times(), st.times())
def test_each_moment_is_within_its_business_date(calendar: date, clock: time, closing: time) -> None:
    """FC-32."""
    local = datetime.combine(calendar, clock, UTC)
    day = business_day(local, closing)
    assert business_day_begins(day, closing, UTC) <= local
    assert local < business_day_begins(day + timedelta(days=1), closing, UTC)


def test_the_closing_hour_is_read_or_the_usual_one() -> None:
    assert closing_of("05:30") == time(5, 30)
    for text in ("", "5:30", "24:00", "06:60", "nonsense"):
        assert closing_of(text) == USUAL_CLOSING
