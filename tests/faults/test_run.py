"""A short fault run in every test run; ``python -m tests.faults.run`` is the long one."""

from __future__ import annotations

import secrets

from tests.faults.run import Fault, new_run, summary

TRANSACTIONS = 300


def test_nothing_is_lost_or_doubled_whatever_fails() -> None:
    seed = secrets.randbits(32)
    with new_run(seed) as run:
        for _ in range(TRANSACTIONS):
            run.transact()
        found = run.finish()
        assert not found.problems, f"seed {seed}\n{summary(run, found, TRANSACTIONS, 0)}"
    assert found.standings.total() > TRANSACTIONS // 2
    assert len(run.faults) > len(Fault) // 2
