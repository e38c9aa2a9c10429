"""The stories in an invented city, on machines whose own zone is another one (FC-60, FC-69).

The city is a folder of files outside the package: other region, transport code, zone, people, fares.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.city.city import City
from tests.cities import BINZHOU, LUGANG

LIMIT_S = 160
MACHINES = ("UTC", "America/New_York")


@pytest.mark.parametrize("number", range(1, 11))
def test_the_story_is_told_in_the_invented_city(number: int, tmp_path: Path) -> None:
    words = ("story", f"S{number}", "--city", str(LUGANG.folder), "--json", "--no-pictures")
    told = subprocess.run(
        [sys.executable, "-m", "terminal", *words],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        cwd=tmp_path,
        env={**os.environ, "TZ": MACHINES[number % 2]},
        check=False,
    )
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""
    assert told.returncode == 0


def names_in(city: City) -> set[str]:
    """Names and numbers of the people in the stories."""
    people = [person for person in city.personas.values() if person.story]
    return {name for each in people for name in (each.full_name, each.social_security_number)}


def test_the_two_cities_share_neither_codes_nor_people() -> None:
    ours, theirs = BINZHOU, LUGANG
    assert ours.region != theirs.region
    assert ours.transport_code != theirs.transport_code
    assert ours.zone != theirs.zone
    assert ours.said.currency == theirs.said.currency
    assert not ours.districts.keys() & theirs.districts.keys()
    names = [
        {person.full_name for person in city.personas.values() if person.story} for city in (ours, theirs)
    ]
    assert not names[0] & names[1]
    numbers = [
        {person.social_security_number for person in city.personas.values()} for city in (ours, theirs)
    ]
    assert not numbers[0] & numbers[1]
    assert ours.fare_files()["fare_products.txt"] != theirs.fare_files()["fare_products.txt"]
