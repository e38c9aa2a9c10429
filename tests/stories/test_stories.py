"""Acceptance stories as an operator would run them: the whole product in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cities import personas

LIMIT_S = 160


def onecard(*words: str, directory: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "terminal", *words],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        cwd=directory,
        check=False,
    )


@pytest.mark.parametrize("name", ["S1"])
def test_the_story_is_told_from_the_card_to_the_ledger(name: str, tmp_path: Path) -> None:
    told = onecard("story", name, "--json", "--pictures", str(tmp_path / "pictures"), directory=tmp_path)
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""
    assert story["passed"]
    assert told.returncode == 0
    assert len(list((tmp_path / "pictures").glob("*.png"))) == len(story["steps"])


@pytest.mark.parametrize("name", [f"S{number}" for number in range(1, 11)])
def test_the_story_goes_on_while_the_centre_is_killed_and_no_log_tells_of_its_people(
    name: str, tmp_path: Path
) -> None:
    """The centre is killed and started again before each step; counter and centre log what they do."""
    words = ("story", name, "--json", "--kill-centre", "--no-pictures", "--log", "logs")
    told = onecard(*words, directory=tmp_path)
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""
    assert told.returncode == 0
    logged = (tmp_path / "logs" / "terminal.log").read_text(encoding="utf-8")
    assert '"level"' in logged
    assert [each for each in personal() if each in logged + told.stderr] == []


def personal() -> Iterator[str]:
    """What would lead to one of the people of the stories, wherever it stood."""
    for person in personas().values():
        yield from (
            person.name,
            person.full_name,
            person.social_security_number,
            person.social_security_number[6:14],
            person.card_number,
            person.identification_code,
        )
    yield from ("OC1:", "OC2:")


def test_an_unknown_story_is_wrong_use(tmp_path: Path) -> None:
    told = onecard("story", "S99", directory=tmp_path)
    assert told.returncode == 2
    assert "S1" in told.stdout
