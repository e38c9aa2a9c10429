"""Truncation, edits and a lost head are named, at the next start and by ``verify``; honest use never is."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terminal.journal.faults import JournalDamaged
from terminal.journal.opening import head_of
from terminal.journal.proof import Head, HeadFile
from terminal.journal.verification import verify
from tests.integration.terminal.journal.test_store import database_of, filled
from tests.unit.terminal.counter_with_journal import JournalledCounter

RECORDS = 7
TABLES = ("lane", "standing", "record")
EDITS = (
    "UPDATE standing SET standing = 'refused' WHERE sequence = {n}",
    "UPDATE standing SET standing = 'settled' WHERE sequence = {n}",
    "UPDATE standing SET code = 'library.limit_reached' WHERE sequence = {n}",
    "UPDATE standing SET changed_at = '2026-01-01T00:00:00+00:00' WHERE sequence = {n}",
    "UPDATE standing SET seal = (SELECT seal FROM standing WHERE sequence = 8 - {n}) WHERE sequence = {n}",
    "UPDATE standing SET seal = NULL WHERE sequence = {n}",
    "UPDATE record SET amount_fen = amount_fen + 1 WHERE sequence = {n}",
    "UPDATE record SET sealed = NULL, action = 'return' WHERE sequence = {n}",
    "UPDATE record SET sealed = NULL WHERE sequence = {n}",
)


def edited(counter: JournalledCounter, *statements: str) -> tuple[str, ...]:
    """The problems of the journal once somebody with the disk and without the key edited it."""
    counter.close()
    with sqlite3.connect(database_of(counter)) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return verify(counter.journal.directory, counter.journal.ring).problems


def cut_off(above: int) -> tuple[str, ...]:
    return tuple(f"DELETE FROM {table} WHERE sequence > {above}" for table in TABLES)  # noqa: S608


@pytest.mark.parametrize("left", [0, 1, 4, 6])
def test_records_cut_off_at_the_end_are_named(counter: JournalledCounter, left: int) -> None:
    """FC-54."""
    filled(counter, RECORDS)
    assert f"records {left + 1} to {RECORDS} were cut off" in edited(counter, *cut_off(left))
    with pytest.raises(JournalDamaged, match=f"records {left + 1} to {RECORDS}"):
        counter.restarted()


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("number", [1, 3, 7])
def test_an_edited_standing_or_column_is_named(counter: JournalledCounter, edit: str, number: int) -> None:
    """FC-54."""
    filled(counter, RECORDS)
    problems = edited(counter, edit.format(n=number))
    assert f"record {number}: its standing or its columns were edited" in problems
    with pytest.raises(JournalDamaged):
        counter.restarted()


def test_records_replaced_by_a_forged_checkpoint_are_named(counter: JournalledCounter) -> None:
    filled(counter, RECORDS)
    forged = (
        "INSERT INTO checkpoint (sequence, hash, at) "
        "SELECT sequence, hash, '2026-01-01' FROM record WHERE sequence = 3",
        *(f"DELETE FROM {table} WHERE sequence <= 3" for table in TABLES),  # noqa: S608
    )
    assert "checkpoint 3 was not made by retention" in edited(counter, *forged)


def test_a_removed_head_is_named(counter: JournalledCounter) -> None:
    filled(counter, RECORDS)
    counter.close()
    head_of(counter.data).unlink()
    assert verify(counter.journal.directory, counter.journal.ring).problems == ("journal.head is gone",)
    with pytest.raises(JournalDamaged):
        counter.restarted()


def test_a_forged_head_is_named(counter: JournalledCounter) -> None:
    filled(counter, RECORDS)
    counter.close()
    content = bytearray(head_of(counter.data).read_bytes())
    content[7] = 4
    head_of(counter.data).write_bytes(content)
    assert "journal.head is damaged" in verify(counter.journal.directory, counter.journal.ring).problems


def test_a_head_left_behind_by_a_power_cut_accuses_nobody(counter: JournalledCounter) -> None:
    filled(counter, 3)
    counter.close()
    kept = counter.data / "kept.head"
    shutil.copy(head_of(counter.data), kept)
    again = counter.restarted()
    filled(again, 4)
    again.close()
    shutil.copy(kept, head_of(counter.data))
    assert verify(counter.journal.directory, counter.journal.ring).whole
    counter.restarted().close()


def test_a_journal_of_an_earlier_version_is_sealed_as_it_is(counter: JournalledCounter) -> None:
    filled(counter, RECORDS)
    counter.close()
    with sqlite3.connect(database_of(counter)) as database:
        for table in ("standing", "settlement", "checkpoint"):
            database.execute(f"ALTER TABLE {table} DROP COLUMN seal")
        database.execute("PRAGMA user_version = 3")
    database.close()
    head_of(counter.data).unlink()
    again = counter.restarted()
    again.close()
    assert verify(again.journal.directory, again.journal.ring).whole
    assert "records 5 to 7 were cut off" in edited(again, *cut_off(4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(sequence=st.integers(0, 2**40), hash=st.binary(min_size=32, max_size=32), flipped=st.integers(0, 575))
def test_no_bit_of_a_head_can_be_changed(
    counter: JournalledCounter, sequence: int, hash: bytes, flipped: int
) -> None:
    file = HeadFile(counter.data / "one.head")
    head = Head(sequence, hash.hex())
    file.write(counter.journal.ring, head)
    assert file.read(counter.journal.ring) == head
    content = bytearray(file.path.read_bytes())
    content[flipped // 8] ^= 1 << flipped % 8
    file.path.write_bytes(content)
    with pytest.raises(JournalDamaged):
        file.read(counter.journal.ring)
    file.close()
