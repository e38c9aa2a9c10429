"""A code held, taken away and shown again: one presentation, a soft sign, then news again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.codes.quiet_time import AWAY_MS, QuietTime, Sight

QUIET_MS = 5000.0


def test_a_code_held_there_is_news_once_however_long() -> None:
    quiet = QuietTime(QUIET_MS)
    assert quiet.look("a", 0) is Sight.NEW
    assert {quiet.look("a", float(at)) for at in range(60, 60_000, 66)} == {Sight.STILL_THERE}


def test_a_code_shown_again_at_once_is_too_soon_and_later_is_news() -> None:
    quiet = QuietTime(QUIET_MS)
    quiet.look("a", 0)
    assert quiet.look("a", AWAY_MS) is Sight.TOO_SOON
    assert quiet.look("a", AWAY_MS + QUIET_MS) is Sight.NEW


def test_another_code_is_news_at_once() -> None:
    quiet = QuietTime(QUIET_MS)
    quiet.look("a", 0)
    assert quiet.look("b", 1) is Sight.NEW


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 3000)), max_size=60))
def test_no_code_is_news_twice_within_its_quiet_time(looks: list[tuple[str, float]]) -> None:
    quiet, now, last = QuietTime(QUIET_MS), 0.0, dict[str, float]()
    for code, pause in looks:
        now += pause
        sight = quiet.look(code, now)
        assert (sight is Sight.NEW) == (code not in last or now - last[code] >= QUIET_MS)
        last[code] = now
