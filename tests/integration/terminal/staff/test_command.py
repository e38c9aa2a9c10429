"""``onecard staff`` as a person and a script use it, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from terminal.commands.exit_codes import Exit


def onecard(data: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "terminal", "staff", *words, "--data", str(data)],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_member_is_added_listed_and_removed_and_all_of_it_is_on_record(tmp_path: Path) -> None:
    added = onecard(tmp_path, "add", "王芳", "--role", "clerk", "--pin-stdin", "--json", typed="274951\n")
    assert added.returncode == Exit.DONE
    assert json.loads(added.stdout) == {"number": 1, "name": "王芳", "role": "clerk", "card": False}
    assert "王芳  clerk" in onecard(tmp_path, "list").stdout
    assert onecard(tmp_path, "remove", "1").returncode == Exit.DONE
    assert "nobody yet" in onecard(tmp_path, "list").stdout
    record = onecard(tmp_path, "audit")
    assert "account_added" in record.stdout
    assert "account_removed" in record.stdout
    assert record.stdout.endswith("whole\n")
    assert "274951" not in added.stdout + added.stderr + record.stdout


def test_an_easy_pin_is_refused_and_says_why(tmp_path: Path) -> None:
    refused = onecard(tmp_path, "add", "王芳", "--role", "clerk", "--pin-stdin", typed="123456\n")
    assert refused.returncode == Exit.WRONG_USE
    assert "a PIN is not a run of digits" in refused.stdout
    assert "123456" not in refused.stdout + refused.stderr


def test_a_card_without_a_reader_is_a_missing_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(tmp_path / "nobody-listens"))
    onecard(tmp_path, "add", "王芳", "--role", "clerk", "--pin-stdin", typed="274951\n")
    given = onecard(tmp_path, "card", "1", "--json")
    assert given.returncode == Exit.DEVICE_MISSING
    assert json.loads(given.stdout)["error"]["code"] == "reader.service_lost"


def test_the_help_shows_an_example() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "terminal", "staff", "--help"], capture_output=True, text=True, timeout=60
    )
    assert "onecard staff add 王芳 --role clerk" in shown.stdout
