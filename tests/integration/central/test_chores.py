"""The centre's background work outlives a database that stops: a real PostgreSQL, stopped and started."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from central.chores import chores
from central.database import Database
from central.seeding import seed
from runtime.periodic import PeriodicTask
from runtime.supervisor import supervised
from tests.integration.central.conftest import NOW
from tests.integration.central.postgresql_server import postgresql
from tests.integration.central.test_hotel import PARENT, Reception

SOON_S = 30.0


def hurried_until(tasks: list[PeriodicTask], reached: Callable[[PeriodicTask], bool]) -> None:
    """Every task has reached it, or the test fails."""
    deadline = time.monotonic() + SOON_S
    while not all(map(reached, tasks)):
        assert time.monotonic() < deadline, [task.health() for task in tasks]
        for task in tasks:
            task.hurry()
            task.join(0.01)


def test_a_database_that_was_stopped_ends_no_chore(tmp_path: Path) -> None:
    """FC-49: after PostgreSQL was stopped for ten seconds, reports of guests and figures stood still for
    ever."""
    with postgresql() as server, closing(Database(server.url)) as database:
        database.write(lambda connection: seed(connection, NOW))
        reception = Reception(database)
        folder = tmp_path / "register"
        found = chores(database, f"file:{folder}", lambda: reception.now, {}, lambda: 0.5)
        tasks = [task for task in found if isinstance(task, PeriodicTask)]
        assert len(tasks) == len(found) == 4
        with supervised(tasks) as supervisor:
            hurried_until(tasks, lambda task: task.health().succeeded_s_ago is not None)
            server.stop()
            hurried_until(tasks, lambda task: task.health().failures_in_row >= 2)
            assert all(task.alive for task in tasks)
            assert len(supervisor.unwell()) == 4
            server.start()
            hurried_until(tasks, lambda task: task.health().failures_in_row == 0)
            reception.check_in(PARENT)
            hurried_until(tasks[-1:], lambda _: folder.is_dir() and any(folder.glob("*.json")))
            assert supervisor.unwell() == ()
    assert [json.loads(file.read_text())["kind"] for file in folder.glob("*.json")] == ["check-in"]
