"""Six hundred of the article's rides, from the tap to the settlement; all of them: ``one_fen_rides``."""

from __future__ import annotations

from pathlib import Path

from tests.stories.one_fen_rides import FULL_FEN, PAID_FEN, run

RIDES = 600


def test_six_hundred_one_fen_rides_are_settled_to_the_fen(tmp_path: Path) -> None:
    result = run(RIDES, tmp_path)
    found = result.total
    assert (found.rides, found.full_fen, found.paid_fen) == (RIDES, RIDES * FULL_FEN, RIDES * PAID_FEN)
    assert found.funded_fen == RIDES * (FULL_FEN - PAID_FEN)
    assert result.alarms == 0
