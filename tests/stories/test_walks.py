"""Every story without a finger: by the keyboard alone, and by a screen reader alone (AT-SPI)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.x_display import x_server
from ui.stories.telling import STORIES

ROOT = Path(__file__).parents[2]
LIMIT_S = 150


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


def walked(story: str, way: str, environment: dict[str, str], *before: str) -> str:
    """Why the story did not go; empty when it went."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    ended = subprocess.run(
        [*before, sys.executable, "-m", "tests.stories.walked", story, way],
        cwd=ROOT,
        env=own | {"QT_QUICK_BACKEND": "software"} | environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["steps"] > 1, ended.stderr
    return str(told["failure"])


@pytest.mark.parametrize("story", STORIES)
def test_the_story_goes_by_the_keyboard_alone(story: str) -> None:
    assert walked(story, "keys", {"QT_QPA_PLATFORM": "offscreen"}) == ""


@pytest.mark.parametrize("story", STORIES)
def test_the_story_goes_by_a_screen_reader_alone(story: str, display: str) -> None:
    environment = {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    assert walked(story, "reader", environment, "dbus-run-session", "--") == ""
