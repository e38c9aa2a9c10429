"""The journal on disk: whole, in order, sealed, and honest about what is wrong with it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from domain.transaction_state import Standing
from drivers.central.faults import Unreachable
from terminal.journal.encryption import load_ring
from terminal.journal.faults import (
    JournalDamaged,
    JournalFull,
    JournalInUse,
    JournalOfAnother,
    JournalTooNew,
    KeyExposed,
    KeyMissing,
)
from terminal.journal.opening import journal_in, keys_of
from terminal.journal.verification import verify
from terminal.visit.events import BusinessStopped
from tests.unit.terminal.counter_with_journal import (
    CARD,
    NOW,
    POLICIES,
    TERMINAL,
    JournalledCounter,
    borrow,
    database_of,
    filled,
)


def test_every_record_follows_the_one_before_it(counter: JournalledCounter) -> None:
    filled(counter)
    found = verify(counter.journal.directory, counter.journal.ring)
    assert (found.checked, found.problems) == (20, ())
    sent = [batch.deliveries[0].transaction for batch in counter.ledger.batches]
    assert [each.sequence for each in sent] == list(range(1, 21))
    assert len({each.previous for each in sent}) == 20


def test_the_sequence_goes_on_after_a_restart(counter: JournalledCounter) -> None:
    filled(counter, 3)
    again = counter.restarted()
    again.submit(borrow("371600-9"))
    assert [each.sequence for each in again.ledger.applied] == [1, 2, 3, 4]
    assert verify(again.journal.directory, again.journal.ring).whole
    again.close()


def test_nothing_about_a_person_lies_in_the_open(counter: JournalledCounter) -> None:
    filled(counter, 3)
    counter.submit(borrow("371600-SECRET"))
    on_disk = b"".join(file.read_bytes() for file in counter.journal.directory.iterdir())
    said = (CARD.identification_code, CARD.card_number, CARD.social_security_number or "", "371600-SECRET")
    assert not [each for each in said if each.encode() in on_disk]
    assert "活着".encode() not in on_disk


def test_files_are_their_owners_alone(counter: JournalledCounter) -> None:
    filled(counter, 1)
    keys = keys_of(counter.data, {})
    assert keys.stat().st_mode & 0o777 == 0o600
    assert database_of(counter).stat().st_mode & 0o777 == 0o600
    assert keys.parent != counter.journal.directory


def test_a_second_terminal_on_the_same_journal_is_refused(counter: JournalledCounter) -> None:
    script = (
        "import sys, datetime, pathlib\n"
        "from terminal.journal.opening import journal_in\n"
        "from domain.transaction_state import Standing\n"
        "journal = journal_in(pathlib.Path(sys.argv[1]), sys.argv[2], {})\n"
        "journal.open(lambda *_: Standing.WITHDRAWN, datetime.datetime.now(datetime.UTC))\n"
    )
    second = subprocess.run(
        [sys.executable, "-c", script, str(counter.data), TERMINAL], capture_output=True, text=True
    )
    assert second.returncode == 1
    assert "JournalInUse" in second.stderr
    assert f"process {os.getpid()} writes" in second.stderr
    with pytest.raises(JournalInUse):
        JournalledCounter(counter.data)


def test_another_terminals_journal_is_not_gone_on_with(counter: JournalledCounter) -> None:
    counter.close()
    with pytest.raises(JournalOfAnother, match=TERMINAL):
        journal_in(counter.data, "BZ-LIB-0002", {}).open(POLICIES.when_interrupted, NOW)


def test_a_newer_products_journal_is_left_alone(counter: JournalledCounter) -> None:
    counter.close()
    with sqlite3.connect(database_of(counter)) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(JournalTooNew):
        counter.restarted()


def test_a_lost_key_is_named_and_no_new_one_takes_its_place(counter: JournalledCounter) -> None:
    filled(counter, 1)
    counter.close()
    keys_of(counter.data, {}).unlink()
    with pytest.raises(KeyMissing):
        counter.restarted()
    assert not keys_of(counter.data, {}).exists()


def test_a_key_others_can_read_is_not_used(counter: JournalledCounter) -> None:
    keys_of(counter.data, {}).chmod(0o644)
    with pytest.raises(KeyExposed):
        load_ring(keys_of(counter.data, {}))


def test_a_record_changed_behind_its_back_is_found(counter: JournalledCounter) -> None:
    filled(counter, 5)
    counter.close()
    with sqlite3.connect(database_of(counter)) as database:
        database.execute("UPDATE record SET sealed = zeroblob(length(sealed)) WHERE sequence = 3")
    database.close()
    assert verify(counter.journal.directory, counter.journal.ring).problems == (
        "record 3: a sealed field does not open",
    )
    with pytest.raises(JournalDamaged):
        counter.restarted()


def test_a_record_cut_out_is_found(counter: JournalledCounter) -> None:
    filled(counter, 5)
    with sqlite3.connect(database_of(counter)) as database:
        database.execute("DELETE FROM standing WHERE sequence = 3")
        database.execute("DELETE FROM record WHERE sequence = 3")
    database.close()
    problems = verify(counter.journal.directory, counter.journal.ring).problems
    assert problems[0] == "records 3 to 3 are missing"


def test_a_sealed_record_cannot_stand_in_for_another(counter: JournalledCounter) -> None:
    filled(counter, 5)
    with sqlite3.connect(database_of(counter)) as database:
        database.execute(
            "UPDATE record SET sealed = (SELECT sealed FROM record WHERE sequence = 2) WHERE sequence = 3"
        )
    database.close()
    assert not verify(counter.journal.directory, counter.journal.ring).whole


@pytest.mark.parametrize("kept", [0, 100, 5000])
def test_a_database_cut_short_is_named_and_kept(counter: JournalledCounter, kept: int) -> None:
    filled(counter, 30)
    counter.close()
    file = database_of(counter)
    cut = file.read_bytes()[:kept]
    file.write_bytes(cut)
    with pytest.raises(JournalDamaged):
        counter.restarted()
    assert file.read_bytes() == cut


def test_a_journal_that_is_gone_is_not_begun_anew(counter: JournalledCounter) -> None:
    filled(counter, 3)
    counter.close()
    shutil.rmtree(counter.journal.directory)
    with pytest.raises(JournalDamaged, match="gone"):
        counter.restarted()


def test_without_room_new_business_is_refused_and_what_is_there_is_delivered(tmp_path: Path) -> None:
    counter = JournalledCounter(tmp_path)
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1"))
    counter.close()
    full = JournalledCounter(tmp_path, counter.ledger, reserve_bytes=1 << 60)
    outcome = full.submit(borrow("371600-2"))
    assert outcome.code == JournalFull.code
    assert full.posted == [BusinessStopped("journal.full")]
    full.drain()
    assert len(full.ledger.applied) == 1
    full.close()


def test_what_a_crash_cut_short_is_withdrawn_because_nobody_was_told(counter: JournalledCounter) -> None:
    class Crash(BaseException):
        pass

    def crash(point: str) -> None:
        if point == "before write-back":
            raise Crash

    counter.at = crash
    with pytest.raises(Crash):
        counter.submit(borrow("371600-1"))
    again = counter.restarted()
    assert again.cut_short == 1
    again.drain()
    assert again.ledger.applied == []
    assert again.journal.backlog.pending == 0
    again.close()


def test_a_transaction_is_never_dated_before_the_one_before_it(counter: JournalledCounter) -> None:
    filled(counter, 1)
    counter.close()
    counter.time.wall = NOW.replace(year=2020)
    again = counter.restarted()
    again.clock.not_before(again.journal.latest_at)
    assert again.clock.fault == "clock.behind"
    again.link.failed(Unreachable())
    again.submit(borrow("371600-2"))
    again.drain()
    first, second = again.ledger.applied
    assert second.occurred_at >= first.occurred_at
    assert second.id.int >> 80 >= first.id.int >> 80
    again.close()


def test_a_standing_moves_only_as_drawn(counter: JournalledCounter) -> None:
    filled(counter, 1)
    result = next(iter(counter.ledger.stored.values()))[1]
    assert counter.journal.answered([(1, result)], NOW) == ()
    counter.journal.hold(1, "central.malformed", NOW)
    assert counter.journal.backlog.inbox == 0
    assert Standing.CONFIRMED not in (Standing.PROMISED, Standing.OPEN)
