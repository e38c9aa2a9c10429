"""The guard of tests/unit is seen red: a test that opens a socket or starts a process fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "unit" / "conftest.py"


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        ("import socket; socket.socket()", False),
        ("import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)", False),
        ("import socket; socket.socket(socket.AF_UNIX).bind('/tmp/never')", False),
        ("import subprocess; subprocess.run(['true'])", False),
        ("import os; os.system('true')", False),
        ("import os; os.fork() or os._exit(0)", False),
        ("import os; os.posix_spawn('/bin/true', ['true'], {})", False),
        ("import asyncio; asyncio.run(asyncio.sleep(0))", True),
        ("import sqlite3; sqlite3.connect(':memory:').close()", True),
        ("import threading; threading.Thread(target=print).start()", True),
    ],
)
def test_a_unit_test_stays_in_its_process(body: str, passes: bool, tmp_path: Path) -> None:
    shutil.copy(CONFTEST, tmp_path / "conftest.py")
    (tmp_path / "test_one.py").write_text(f"def test_one():\n    {body}\n", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode == 0) is passes, ended.stdout
    assert passes or "NotPure" in ended.stdout
