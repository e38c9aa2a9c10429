"""Threads are started in runtime/, where a failure is counted and ends nothing; the rest is named here."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("terminal", "drivers", "ui", "central", "config", "domain")
STARTERS = {"Thread", "Timer", "ThreadPoolExecutor", "start_new_thread", "QThread"}
REST = {
    "central/departments/sip2/account.py": "a pool within one request, which its errors end",
    "drivers/virtual/vpcd_slot.py": "an inserted virtual card is its thread; it ends with the insertion",
    "ui/speech/process.py": "ends with the speech process it feeds",
    "ui/speech/speaker.py": "ends with the kiosk's voice",
}


def starters_in(source: str) -> set[str]:
    """Names of what starts a thread and is called in this source."""
    called = [each.func for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    names = [each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in called]
    return STARTERS & set(names)


def found() -> set[str]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    assert len(files) > 300
    return {str(file.relative_to(ROOT)) for file in files if starters_in(file.read_text(encoding="utf-8"))}


def test_every_thread_is_started_in_runtime_or_named_here() -> None:
    assert found() - REST.keys() == set(), "use a task of runtime/, which outlives failures"


def test_the_named_rest_is_still_there() -> None:
    assert REST.keys() - found() == set()


def test_a_thread_is_seen_however_it_is_written() -> None:
    assert starters_in("import threading\nthreading.Thread(target=print).start()") == {"Thread"}
    assert starters_in("from threading import Timer\nTimer(1, print)") == {"Timer"}
    assert starters_in("import threading\nx: threading.Thread") == set()
