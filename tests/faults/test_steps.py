"""Killed in a migration, at each of its points; and both orders of arrival for one id."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from domain.messages.contract import BatchResult, TransactionBatch
from domain.offline_policy import OfflinePolicies
from drivers.central.faults import OutcomeUnknown
from terminal.journal.database import FILE_NAME
from terminal.journal.migrations import STEPS, VERSION, migrate, version_of
from terminal.journal.verification import verify
from terminal.visit.steps import Certainty
from tests.unit.terminal.counter_with_journal import JournalledCounter, borrow
from tests.unit.terminal.ledger import Ledger

POINTS = ("in migration", "before migration is committed", "after migration")
DIES = """
import os, signal, sqlite3, sys
from terminal.journal.migrations import migrate
path, point, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
def at(reached):
    global count
    if reached == point:
        count -= 1
        if count == 0:
            os.kill(os.getpid(), signal.SIGKILL)
database = sqlite3.connect(path, isolation_level=None)
database.execute("PRAGMA journal_mode=WAL")
migrate(database, at)
"""


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("begun_at", range(VERSION))
def test_a_migration_killed_anywhere_is_gone_on_with(tmp_path: Path, point: str, begun_at: int) -> None:
    path = tmp_path / FILE_NAME
    for count in range(1, len(STEPS[begun_at]) + 1):
        path.unlink(missing_ok=True)
        with sqlite3.connect(path, isolation_level=None) as database:
            migrate(database, lambda _: None, begun_at)
        database.close()
        killed = subprocess.run([sys.executable, "-c", DIES, str(path), point, str(count)])
        assert killed.returncode in (-signal.SIGKILL, 0)
        with sqlite3.connect(path, isolation_level=None) as database:
            assert begun_at <= version_of(database) <= VERSION
            migrate(database, lambda _: None)
            assert version_of(database) == VERSION
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()
        if killed.returncode == 0:
            break


@pytest.mark.parametrize("allowed", [True, False], ids=["promised", "withdrawn"])
@pytest.mark.parametrize("late", [True, False], ids=["first try late", "first try first"])
def test_both_orders_of_arrival_book_it_once_or_not_at_all(
    tmp_path: Path, *, allowed: bool, late: bool
) -> None:
    ledger = Ledger()
    held: list[TransactionBatch] = []

    def first_is_overtaken(batch: TransactionBatch) -> None:
        if not held:
            held.append(batch)
            if late:
                raise OutcomeUnknown("still on its way")

    def first_is_lost(batch: TransactionBatch) -> None:
        if batch is held[0] and not late:
            raise OutcomeUnknown("the answer is lost")

    ledger.before, ledger.after = first_is_overtaken, first_is_lost
    policies = JournalledCounter.policies if allowed else OfflinePolicies({})
    counter = JournalledCounter(tmp_path, ledger, policies)
    outcome = counter.submit(borrow("371600-1"))
    assert outcome.certainty is (Certainty.ACCEPTED if allowed else Certainty.REFUSED)
    counter.time.pass_(60)
    counter.drain()
    if late:
        arrives_now: BatchResult = ledger.deliver(held[0], 1500)
        assert len(arrives_now.results) == 1
    assert len(ledger.applied) == int(allowed)
    assert (counter.journal.backlog.pending, counter.journal.backlog.inbox) == (0, 0)
    counter.close()


def test_a_process_that_died_holds_no_lock(tmp_path: Path) -> None:
    script = (
        "import sys, os, signal, pathlib\n"
        "from tests.unit.terminal.counter_with_journal import JournalledCounter, borrow\n"
        "counter = JournalledCounter(pathlib.Path(sys.argv[1]))\n"
        "counter.submit(borrow('371600-1'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    died = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert died.returncode == -signal.SIGKILL
    counter = JournalledCounter(tmp_path)
    assert verify(counter.journal.directory, counter.journal.ring).checked == 1
    counter.close()
