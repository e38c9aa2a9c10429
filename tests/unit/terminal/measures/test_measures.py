"""What is counted, what is not, and a day made of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from terminal.diagnostics.usage_metrics.day import HOUR, Measured, first_hour, last_day, offline_spans
from terminal.diagnostics.usage_metrics.observing import Kind, Measure, Observed, observe
from terminal.diagnostics.usage_metrics.store import (
    Measures,
    day_in,
    measures_file,
    opened,
    read_since,
    write,
)
from terminal.visit.states import ChoosingService, Counter, Failed, Finished, Identifying, Reading
from terminal.visit.steps import Certainty, Facts, Finish, text
from tests.unit.terminal.counter_with_journal import CARD

NOW = datetime(2026, 11, 24, 14, 25, tzinfo=UTC)
FACTS = Facts(NOW.date(), True)
IDLE = Counter()
READING = replace(IDLE, stage=Reading("Desk"))
IDENTIFYING = replace(IDLE, stage=Identifying(CARD))
CHOOSING = replace(IDLE, stage=ChoosingService(FACTS))
DONE = replace(IDLE, stage=Finished("library", FACTS, Finish(Certainty.CONFIRMED, text("x"), None)))
FAILED = replace(IDLE, stage=Failed("card.unreadable"))


def through(*moved: tuple[Counter, float]) -> list[Measure]:
    """What is measured while a counter goes through these states at these times, from rest."""
    observed, before, measures = Observed(), IDLE, []
    for after, at_ms in moved:
        observed, found = observe(observed, before, after, at_ms, at_ms)
        measures += found
        before = after
    return measures


def test_one_visit_and_the_wait_from_the_tap_to_the_choice() -> None:
    seen = through((READING, 1000), (IDENTIFYING, 1200), (CHOOSING, 1450), (DONE, 9000), (IDLE, 12000))
    assert seen == [Measure(Kind.VISIT), Measure(Kind.WAITED, 450)]


def test_the_next_person_on_the_last_ones_result_is_a_visit_of_their_own() -> None:
    seen = through((READING, 0), (DONE, 100), (READING, 500), (FAILED, 800))
    assert [each.kind for each in seen].count(Kind.VISIT) == 2
    assert Measure(Kind.WAITED, 300) in seen


def test_a_card_taken_away_too_soon_is_no_answer() -> None:
    assert through((READING, 0), (IDLE, 90)) == [Measure(Kind.VISIT)]


def test_the_wait_begins_at_the_device() -> None:
    observed, _ = observe(Observed(), IDLE, READING, 970, 1000)
    _, measures = observe(observed, READING, CHOOSING, 1300, 1300)
    assert measures == (Measure(Kind.WAITED, 330),)


def test_the_link_is_noted_when_it_changes_and_not_otherwise() -> None:
    away = replace(IDLE, online=False)
    assert through((away, 0), (away, 5), (IDLE, 9)) == [Measure(Kind.OFFLINE), Measure(Kind.ONLINE)]


def test_a_day_of_planted_measures_hour_by_hour() -> None:
    begins = first_hour(NOW)
    planted = [
        Measured(begins + 2.5 * HOUR, Kind.VISIT),
        Measured(begins + 2.6 * HOUR, Kind.WAITED, 100),
        Measured(begins + 2.7 * HOUR, Kind.WAITED, 300),
        Measured(begins + 2.8 * HOUR, Kind.WAITED, 200),
        Measured(begins + 3.75 * HOUR, Kind.OFFLINE),
        Measured(begins + 4.5 * HOUR, Kind.ONLINE),
        Measured(NOW, Kind.VISIT),
    ]
    day = last_day(planted, NOW)
    assert len(day.hours) == 24
    assert day.hours[2].visits == 1
    assert (day.hours[2].median_ms, day.hours[2].slow_ms) == (200, 300)
    assert day.hours[5].median_ms is None
    assert [round(day.hours[place].offline_min, 6) for place in (3, 4, 5)] == [15, 30, 0]
    assert day.hours[-1].visits == 1
    assert day.visits == 2
    assert round(day.offline_min, 6) == 45


def test_out_of_touch_since_yesterday_fills_every_hour() -> None:
    day = last_day([Measured(NOW - timedelta(hours=40), Kind.OFFLINE)], NOW)
    assert [round(hour.offline_min, 6) for hour in day.hours] == [60] * 23 + [25]


def test_a_terminal_that_was_switched_off_was_not_out_of_touch() -> None:
    at = [NOW - timedelta(hours=left) for left in (9, 8, 3, 2)]
    stopped = [Measured(at[0], Kind.OFFLINE), Measured(at[1], Kind.STOPPED), Measured(at[2], Kind.STARTED)]
    assert offline_spans(stopped, NOW) == [(at[0], at[1])]
    crashed = [Measured(at[0], Kind.OFFLINE), Measured(at[1], Kind.VISIT), Measured(at[2], Kind.STARTED)]
    assert offline_spans(crashed, NOW) == [(at[0], at[1])]


@given(
    st.lists(
        st.builds(
            Measured,
            st.integers(0, 60 * 60 * 40).map(lambda seconds: NOW - timedelta(seconds=seconds)),
            st.sampled_from(Kind),
            st.integers(0, 100_000),
        )
    )
)
def test_whatever_was_measured_no_hour_has_more_than_sixty_minutes(measured: list[Measured]) -> None:
    day = last_day(sorted(measured, key=lambda each: each.at), NOW)
    assert all(0 <= hour.offline_min <= 60 + 1e-6 for hour in day.hours)
    assert day.visits <= sum(1 for each in measured if each.kind is Kind.VISIT)


def test_what_is_on_disk_is_counts_and_nothing_else_and_outlives_a_restart(tmp_path: Path) -> None:
    file = measures_file(tmp_path)
    for _ in range(2):
        measures = Measures(file, lambda: NOW, lambda: 5000.0)
        measures.start()
        measures.seen(IDLE, READING, 4900.0)
        measures.seen(READING, CHOOSING)
        measures.stop()
    day = day_in(file, NOW)
    assert day.visits == 2
    assert day.hours[-1].median_ms == 100
    with closing(sqlite3.connect(file)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(measured)")]
        kinds = {row[0] for row in database.execute("SELECT kind FROM measured")}
    assert columns == ["at", "kind", "value"]
    assert kinds <= set(Kind)


def test_what_is_older_than_it_is_kept_goes_at_the_start(tmp_path: Path) -> None:
    file = measures_file(tmp_path)
    with closing(opened(file)) as database:
        write(database, [Measured(NOW - timedelta(days=36), Kind.VISIT), Measured(NOW, Kind.VISIT)])
    measures = Measures(file, lambda: NOW, lambda: 0.0)
    measures.start()
    measures.stop()
    with closing(opened(file)) as database:
        found = read_since(database, NOW - timedelta(days=400))
    assert [each.kind for each in found] == [Kind.VISIT, Kind.STARTED, Kind.STOPPED]


def test_without_a_disk_a_counter_goes_on_uncounted(tmp_path: Path) -> None:
    (tmp_path / "measures").write_text("a file where a folder should be")
    measures = Measures(measures_file(tmp_path), lambda: NOW, lambda: 0.0)
    measures.start()
    measures.seen(IDLE, READING)
    measures.stop()
