"""Several workers on one PostgreSQL: they share the work, a killed one is replaced, all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from central.database import Database
from drivers.system.kept_port import KeptPort
from tests.integration.central.conftest import emptied

PATIENCE_S = 60


def children(of: int) -> list[int]:
    listed = Path(f"/proc/{of}/task/{of}/children").read_text(encoding="ascii").split()
    return [int(pid) for pid in listed]


def until(what: Callable[[], bool]) -> None:
    """Raises ``AssertionError`` when it does not come about."""
    limit = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < limit
        time.sleep(0.02)


@contextmanager
def a_centre(url: str, directory: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    command = [sys.executable, "-m", "terminal", "central", "--keys", str(directory / "keys"), *more]
    environment = {**os.environ, "ONECARD_CENTRAL_SECRET": "a secret of this test"}
    with KeptPort() as port:
        command += ["--port", str(port.number), "--database", url]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
            try:
                yield process, f"http://127.0.0.1:{port.number}/v1/health"
            finally:
                process.terminate()


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=PATIENCE_S).ok
    except requests.ConnectionError:
        return False


def test_a_killed_worker_is_replaced_and_the_others_serve_meanwhile(
    postgresql_url: str, tmp_path: Path
) -> None:
    with closing(Database(postgresql_url)) as database:
        database.write(emptied)
    with a_centre(postgresql_url, tmp_path, "--workers", "2") as (process, address):
        until(lambda: answers(address) and len(children(process.pid)) == 2)
        first, second = children(process.pid)
        os.kill(first, signal.SIGKILL)
        assert all(answers(address) for _ in range(5))
        until(lambda: len(children(process.pid)) == 2 and first not in children(process.pid))
        assert second in children(process.pid)
        workers = children(process.pid)
        process.terminate()
        assert process.wait(PATIENCE_S) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


@pytest.mark.parametrize("database", ["sqlite:////tmp/never-made.db", ""])
def test_sqlite_has_one_writer_and_so_one_worker(database: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "terminal", "central", "--workers", "2", "--keys", str(tmp_path)]
    answer = subprocess.run(
        [*command, "--database", database], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert answer.returncode == 2
    assert "PostgreSQL" in answer.stderr or "postgresql" in answer.stderr


def test_a_centre_that_cannot_begin_says_so(tmp_path: Path) -> None:
    with KeptPort() as nowhere:
        command = [sys.executable, "-m", "terminal", "central", "--workers", "2", "--keys", str(tmp_path)]
        answer = subprocess.run(
            [*command, "--port", "0", "--database", f"postgresql://onecard@127.0.0.1:{nowhere.number}/none"],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
            env={**os.environ, "ONECARD_CENTRAL_SECRET": "a secret of this test"},
        )
    assert answer.returncode == 1
