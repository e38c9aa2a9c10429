"""The forks of the stories as an operator would run them: each in a process of its own, the whole way; and no
log of any of them tells of its people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.test_stories import onecard, personal
from ui.stories.forks import FORKS


@pytest.mark.parametrize("name", FORKS)
def test_the_fork_goes_as_told(name: str, tmp_path: Path) -> None:
    told = onecard("story", name, "--json", "--no-pictures", "--log", "logs", directory=tmp_path)
    (story,) = json.loads(told.stdout)["stories"]
    assert story["failure"] == ""
    assert told.returncode == 0
    logged = (tmp_path / "logs" / "terminal.log").read_text(encoding="utf-8")
    assert [each for each in personal() if each in logged + told.stderr] == []
