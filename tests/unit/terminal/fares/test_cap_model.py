"""A cap against an independent model, also where more was spent than it allows: a tariff fell at noon."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from domain.fares import RideHistory, Tap, rate
from tests.unit.terminal.fares.tariffs import at, tariff

CAPPED = tariff(city='[[cap]]\nid = "day"\nperiod = "day"\nfen = 500\n')
FULL_FEN = 200
MORNING = rate(CAPPED, Tap("morning", at(7), "front", "1", "cash"))


def spent(fen: int, *, day: int) -> RideHistory:
    ride = replace(MORNING.ride, boarded=at(7, day=day), fare_day=at(7, day=day).date(), holder_fen=fen)
    return RideHistory((ride,))


@given(st.integers(0, 1_000), st.sampled_from([23, 24]))
@example(300, 24)
@example(301, 24)
@example(500, 24)
@example(501, 24)
@example(900, 24)
def test_a_rider_pays_what_is_left_under_the_cap_and_is_never_paid(spent_fen: int, day: int) -> None:
    fare = rate(CAPPED, Tap("noon", at(12), "rear", "1", "cash"), history=spent(spent_fen, day=day))
    left = 500 if day == 23 else 500 - spent_fen
    assert fare.fen == sorted([0, left, FULL_FEN])[1]
    assert all(line.fen <= 0 for line in fare.lines[1:])
    assert [cap.cap_fen for cap in fare.caps] == [500]
