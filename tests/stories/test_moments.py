"""No story depends on the hour, the date or the zone of the machine (FC-62).

A story begins at moments of a day, on a holiday and on 29 February.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.test_stories import onecard

MOMENTS = (
    "2026-12-01T00:30+08:00",
    "2026-12-01T03:59:50+08:00",  # the day of rides ends at four
    "2026-12-01T04:59:50+08:00",  # the night fare ends at five
    "2026-12-01T12:00+08:00",
    "2026-12-01T21:59:50+08:00",  # the night fare begins at ten
    "2026-12-01T23:59:50+08:00",
    "2027-02-06T08:00+08:00",  # New Year of the lunar calendar, a Saturday
    "2028-02-29T12:00-05:00",
)


@pytest.mark.parametrize("at", MOMENTS)
def test_riders_pay_the_fare_of_the_hour(at: str, tmp_path: Path) -> None:
    told = onecard("story", "S6-cards", "--at", at, "--json", "--no-pictures", directory=tmp_path)
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""
