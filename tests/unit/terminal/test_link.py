"""Going offline early, coming back by itself, and not flapping."""

from __future__ import annotations

import pytest

from drivers.central.faults import Conflict, Final, OutcomeUnknown, TryLater, Unreachable
from terminal.journal.throttle import Pace, backoff_ms
from terminal.runtime.backoff import WAITS
from terminal.store_and_forward.circuit_breaker import Link
from terminal.visit.events import CentralReach
from tests.unit.terminal.counter_with_journal import Time


class Wire:
    def __init__(self) -> None:
        self.time = Time()
        self.posted: list[CentralReach] = []
        self.link = Link(self.posted.append, lambda: self.time.ms, lambda: self.time.wall, lambda: 0.5)


@pytest.fixture
def wire() -> Wire:
    return Wire()


def test_no_connection_is_offline_at_once_and_shown_once(wire: Wire) -> None:
    wire.link.failed(Unreachable())
    wire.link.failed(Unreachable())
    assert wire.posted == [CentralReach(False)]


def test_slow_is_treated_like_down(wire: Wire) -> None:
    wire.link.failed(OutcomeUnknown("time-out"), slow=True)
    assert not wire.link.online


def test_one_bad_answer_is_not_the_end_of_the_link_but_two_are(wire: Wire) -> None:
    wire.link.failed(OutcomeUnknown("status 502"))
    assert wire.link.online
    wire.link.failed(OutcomeUnknown("status 502"))
    assert not wire.link.online


def test_a_good_answer_between_bad_ones_counts(wire: Wire) -> None:
    for _ in range(5):
        wire.link.failed(OutcomeUnknown("status 502"))
        wire.link.answered()
    assert wire.posted == []


@pytest.mark.parametrize("fault", [Final("central.malformed"), Conflict()])
def test_a_refusal_is_an_answer(wire: Wire, fault: Final | Conflict) -> None:
    wire.link.failed(Unreachable())
    wire.link.failed(fault)
    assert wire.posted == [CentralReach(False), CentralReach(True)]


def test_the_centre_is_not_asked_sooner_than_it_said(wire: Wire) -> None:
    wire.link.failed(TryLater("busy", 120_000))
    assert wire.link.probe_in_ms() == 120_000


def test_waits_grow_to_a_limit(wire: Wire) -> None:
    waits = []
    for _ in range(12):
        wire.link.failed(Unreachable())
        waits.append(wire.link.probe_in_ms())
    assert waits == sorted(waits)
    assert waits[-1] <= WAITS.longest_probe_ms


def test_a_link_that_comes_and_goes_is_asked_less_often(wire: Wire) -> None:
    wire.link.failed(Unreachable())
    first = wire.link.probe_in_ms()
    for _ in range(4):
        wire.time.pass_(1)
        wire.link.answered()
        wire.time.pass_(1)
        wire.link.failed(Unreachable())
    assert wire.link.probe_in_ms() > 4 * first


def test_a_link_that_was_steady_is_asked_soon_again(wire: Wire) -> None:
    for _ in range(6):
        wire.link.failed(Unreachable())
    wire.link.answered()
    wire.time.pass_(60)
    wire.link.answered()
    wire.link.failed(Unreachable())
    assert wire.link.probe_in_ms() < 1000


def test_backoff_has_full_jitter_and_a_limit() -> None:
    assert backoff_ms(1, 500, 60_000, 0.0) == 0
    assert backoff_ms(3, 500, 60_000, 0.999) < 2000
    assert backoff_ms(1000, 500, 60_000, 0.999) < 60_000


def test_a_batch_is_halved_down_to_one_and_grows_again() -> None:
    pace = Pace(lambda: 0.5)
    sizes = []
    for _ in range(9):
        pace.smaller(pace.limit)
        sizes.append(pace.limit)
    assert sizes == [100, 50, 25, 12, 6, 3, 1, 1, 1]
    for _ in range(9):
        pace.succeeded([1])
    assert pace.limit == 200
