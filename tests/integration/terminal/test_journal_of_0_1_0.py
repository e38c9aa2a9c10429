"""A journal written before the modules moved opens and delivers: three transactions wait in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from domain.messages.contract import Outcome
from tests.unit.terminal.counter_with_journal import JournalledCounter

WRITTEN = Path(__file__).parent / "journal_of_0_1_0"


def test_an_earlier_journal_opens_and_delivers_what_waits_in_it(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir(mode=0o700)
    (tmp_path / "keys").mkdir(mode=0o700)
    shutil.copy(WRITTEN / "journal.db", tmp_path / "journal" / "journal.db")
    shutil.copy(WRITTEN / "keys.json", tmp_path / "keys" / "journal.json")
    (tmp_path / "keys" / "journal.json").chmod(0o600)
    (tmp_path / "keys" / "journal.begun").touch(mode=0o600)
    counter = JournalledCounter(tmp_path)
    try:
        assert counter.journal.backlog.pending == 3
        counter.drain()
        assert counter.journal.backlog.pending == 0
        assert [each.action for each in counter.ledger.applied] == ["borrow", "borrow", "return"]
        assert {result.outcome for _, result in counter.ledger.stored.values()} == {Outcome.CONFIRMED}
    finally:
        counter.close()
