"""Proof that a journal is whole: pages, sequence, chain, seals and contents, record by record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from terminal.journal.database import connect_for_reading, told_as_faults
from terminal.journal.encryption import KeyRing
from terminal.journal.faults import JournalFault
from terminal.journal.record import FIRST_PREVIOUS
from terminal.journal.rows import RECORD_COLUMNS, check_link
from terminal.journal.sealing import opened_answer

MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Verification:
    """``checked`` records, of which ``purged`` have their hash only; ``problems`` in plain words.

    ``head`` is the hash of the newest record: written down elsewhere, it proves that none was cut off.
    """

    checked: int
    purged: int
    head: str
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


def verify(directory: Path, ring: KeyRing) -> Verification:
    """Reads everything. Raises ``JournalFault`` when it cannot be read at all."""
    with told_as_faults(directory), closing(connect_for_reading(directory)) as database:
        database.execute("BEGIN")
        problems = [
            f"database: {line}"
            for (line,) in database.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})")
            if line != "ok"
        ]
        checked, purged, head = _check_records(database, ring, problems)
        _check_answers(database, ring, problems)
    return Verification(checked, purged, head, tuple(problems[:MOST_PROBLEMS]))


def _check_records(database: sqlite3.Connection, ring: KeyRing, problems: list[str]) -> tuple[int, int, str]:
    begun = database.execute("SELECT sequence, hash FROM checkpoint ORDER BY sequence DESC").fetchone()
    sequence, head = (begun[0], begun[1].hex()) if begun else (0, FIRST_PREVIOUS)
    checked = purged = 0
    rows = database.execute(f"SELECT {RECORD_COLUMNS} FROM record ORDER BY sequence")  # noqa: S608
    for row in rows:
        if row[0] != sequence + 1:
            problems.append(f"records {sequence + 1} to {row[0] - 1} are missing")
        try:
            check_link(ring, row, (sequence, head))
        except JournalFault as fault:
            problems.append(f"record {row[0]}: {fault.detail}")
        checked += 1
        purged += row[6] is None
        sequence, head = row[0], row[2].hex()
    without = database.execute(
        "SELECT count(*) FROM record r LEFT JOIN standing s USING (sequence) WHERE s.sequence IS NULL"
    ).fetchone()[0]
    if without:
        problems.append(f"{without} records have no standing")
    return checked, purged, head


def _check_answers(database: sqlite3.Connection, ring: KeyRing, problems: list[str]) -> None:
    for sequence, key, answer in database.execute(
        "SELECT sequence, key, answer FROM standing WHERE answer IS NOT NULL ORDER BY sequence"
    ):
        try:
            opened_answer(ring, sequence, key, answer)
        except JournalFault as fault:
            problems.append(f"answer to {sequence}: {fault.detail}")
