"""Acceptance stories as an operator would run them: the whole product in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT_S = 100


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
def test_the_story_goes_on_while_the_centre_is_killed_before_each_of_its_steps(
    name: str, tmp_path: Path
) -> None:
    told = onecard("story", name, "--json", "--kill-centre", "--pictures", "pictures", directory=tmp_path)
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""
    assert told.returncode == 0


def test_an_unknown_story_is_wrong_use(tmp_path: Path) -> None:
    told = onecard("story", "S99", directory=tmp_path)
    assert told.returncode == 2
    assert "S1" in told.stdout
