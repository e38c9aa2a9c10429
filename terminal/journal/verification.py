"""Proof that a journal is whole: pages, sequence, chain, seals and contents, record by record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from terminal.journal.columns import standing_in, time_in
from terminal.journal.database import connect_for_reading, told_as_faults
from terminal.journal.encryption import KeyRing
from terminal.journal.faults import JournalFault
from terminal.journal.migrations import SEALED_SINCE, version_of
from terminal.journal.opening import head_of
from terminal.journal.proof import (
    HeadFile,
    edited_checkpoints,
    edited_settlements,
    edited_standings,
    has_seals,
    missing_after,
)
from terminal.journal.record import FIRST_PREVIOUS
from terminal.journal.rows import RECORD_COLUMNS, checked, row_of
from terminal.journal.sealing import opened_answer

MOST_PROBLEMS = 100


class Wrong(StrEnum):
    """Kinds of damage to a journal."""

    DATABASE = "database"
    MISSING = "missing"
    RECORD = "record"
    NO_STANDING = "no_standing"
    STANDING = "standing"
    ANSWER = "answer"
    EDITED = "edited"
    DECISION = "decision"
    CHECKPOINT = "checkpoint"
    HEAD = "head"


TOLD = {
    Wrong.DATABASE: "database: {detail}",
    Wrong.MISSING: "records {number} to {last} are missing",
    Wrong.RECORD: "record {number}: {detail}",
    Wrong.NO_STANDING: "{number} records have no standing",
    Wrong.STANDING: "standing of {number}: {detail}",
    Wrong.ANSWER: "answer to {number}: {detail}",
    Wrong.EDITED: "record {number}: its standing or its columns were edited",
    Wrong.DECISION: "record {number}: the decision of a clerk was edited or removed",
    Wrong.CHECKPOINT: "checkpoint {number} was not made by retention",
    Wrong.HEAD: "{detail}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``number`` is a record's, or a count of records; ``last`` ends a range. ``detail`` is for the log. As a
    string the problem is in English, for the command line.
    """

    wrong: Wrong
    number: int = 0
    last: int = 0
    detail: str = ""

    def __str__(self) -> str:
        return TOLD[self.wrong].format(number=self.number, last=self.last, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Verification:
    """``checked`` records, of which ``purged`` have their hash only; what was ``found`` wrong.

    ``head`` is the hash of the newest record: written down elsewhere, it proves that none was cut off.
    """

    checked: int
    purged: int
    head: str
    found: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """In plain words."""
        return tuple(map(str, self.found))

    @property
    def whole(self) -> bool:
        return not self.found


def verify(directory: Path, ring: KeyRing, head: Path | None = None) -> Verification:
    """Read everything. ``head`` is the file of the sealed head, by default the one of the data folder.

    Raises ``JournalFault`` when the journal cannot be read at all.
    """
    sealed_head = HeadFile(head or head_of(directory.parent))
    with told_as_faults(directory), closing(connect_for_reading(directory)) as database:
        database.execute("BEGIN")
        problems = [
            Problem(Wrong.DATABASE, detail=line)
            for (line,) in database.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})")
            if line != "ok"
        ]
        count, purged, newest = _check_records(database, ring, problems)
        _check_standings(database, problems)
        _check_answers(database, ring, problems)
        _check_seals(database, ring, sealed_head, problems)
    return Verification(count, purged, newest, tuple(problems[:MOST_PROBLEMS]))


def _check_records(
    database: sqlite3.Connection, ring: KeyRing, problems: list[Problem]
) -> tuple[int, int, str]:
    begun = database.execute("SELECT sequence, hash FROM checkpoint ORDER BY sequence DESC").fetchone()
    sequence, head = (begun[0], begun[1].hex()) if begun else (0, FIRST_PREVIOUS)
    count = purged = 0
    rows = database.execute(f"SELECT {RECORD_COLUMNS} FROM record ORDER BY sequence")  # noqa: S608
    for untrusted in rows:
        if untrusted[0] != sequence + 1:
            problems.append(Problem(Wrong.MISSING, sequence + 1, untrusted[0] - 1))
        sequence = untrusted[0]
        count += 1
        try:
            row = row_of(untrusted)
            before, head = head, row.hash
            purged += checked(ring, row, before) is None
        except JournalFault as fault:
            problems.append(Problem(Wrong.RECORD, sequence, detail=fault.detail))
    without = database.execute(
        "SELECT count(*) FROM record r LEFT JOIN standing s USING (sequence) WHERE s.sequence IS NULL"
    ).fetchone()[0]
    if without:
        problems.append(Problem(Wrong.NO_STANDING, without))
    return count, purged, head


def _check_standings(database: sqlite3.Connection, problems: list[Problem]) -> None:
    for sequence, standing, changed_at in database.execute(
        "SELECT sequence, standing, changed_at FROM standing ORDER BY sequence"
    ):
        try:
            standing_in(standing)
            time_in(changed_at)
        except JournalFault as fault:
            problems.append(Problem(Wrong.STANDING, sequence, detail=fault.detail))


def _check_answers(database: sqlite3.Connection, ring: KeyRing, problems: list[Problem]) -> None:
    for sequence, key, answer in database.execute(
        "SELECT sequence, key, answer FROM standing WHERE answer IS NOT NULL ORDER BY sequence"
    ):
        try:
            opened_answer(ring, sequence, key, answer)
        except JournalFault as fault:
            problems.append(Problem(Wrong.ANSWER, sequence, detail=fault.detail))


def _check_seals(
    database: sqlite3.Connection, ring: KeyRing, sealed_head: HeadFile, problems: list[Problem]
) -> None:
    """Standings, decisions, checkpoints and the head; a journal of an earlier version has no seals yet."""
    if version_of(database) < SEALED_SINCE:
        return
    problems += [Problem(Wrong.EDITED, number) for number in edited_standings(database, ring)]
    problems += [Problem(Wrong.DECISION, number) for number in edited_settlements(database, ring)]
    problems += [Problem(Wrong.CHECKPOINT, number) for number in edited_checkpoints(database, ring)]
    try:
        head = sealed_head.read(ring)
    except JournalFault as fault:
        problems.append(Problem(Wrong.HEAD, detail=fault.detail))
        return
    if head is None and has_seals(database):
        problems.append(Problem(Wrong.HEAD, detail=f"{sealed_head.path.name} is gone"))
    elif head is not None and (missing := missing_after(database, head)):
        problems.append(Problem(Wrong.HEAD, detail=missing))
