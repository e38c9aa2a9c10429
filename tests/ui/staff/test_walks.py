"""The staff pages without a finger: by the keyboard alone, and by a screen reader alone (AT-SPI)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.x_display import x_server

ROOT = Path(__file__).parents[3]
LIMIT_S = 200
PAGES = ["sign_in", "inbox", "item", "reason", "inbox", "today"]
OPERATORS = ["sign_in", "checks", "camera", "journal", "journal", "day", "machine", "record"]


def walked(way: str, environment: dict[str, str], *before: str) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    ended = subprocess.run(
        [*before, sys.executable, "-m", "tests.ui.staff.walked", way],
        cwd=ROOT,
        env=own | {"QT_QUICK_BACKEND": "software"} | environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert ended.stdout, ended.stderr
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["failure"] == ""
    assert told["pages"] == [*PAGES, *OPERATORS]


def test_clerk_and_operator_come_through_by_the_keyboard_alone() -> None:
    walked("keys", {"QT_QPA_PLATFORM": "offscreen"})


def test_clerk_and_operator_come_through_by_a_screen_reader_alone() -> None:
    with x_server() as display:
        environment = {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        walked("reader", environment, "dbus-run-session", "--")
