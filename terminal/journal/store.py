"""The journal: every transaction on disk before it is tried, every answer on disk before it is shown."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from domain.backlog import Backlog, Exposure, Tally
from domain.messages.contract import TransactionResult
from domain.transaction_state import Standing, after_answer, held
from terminal.journal.columns import hash_in, standing_in, time_in
from terminal.journal.encryption import KeyRing, RandomBytes
from terminal.journal.faults import Interrupted, JournalDamaged, JournalFault, JournalOfAnother
from terminal.journal.identifiers import Identifiers
from terminal.journal.migrations import At
from terminal.journal.proof import (
    Head,
    HeadFile,
    edited_standings,
    has_seals,
    missing_after,
    seal_everything,
    seal_settlements,
    seal_standings,
)
from terminal.journal.record import FIRST_PREVIOUS, Business, Record, build, recorded
from terminal.journal.rows import (
    RECORD_COLUMNS,
    Change,
    checked,
    insert_record,
    keep_answer,
    kind_of,
    move,
    oldest_pending,
    open_sequences,
    promised,
    row_of,
)
from terminal.journal.sealing import seal_answer
from terminal.journal.waiting import Waiting, predecessors
from terminal.journal.writer import RESERVE_BYTES, JournalWriter

WhenInterrupted = Callable[[str, str], Standing]
"""Standing after a crash cut an action short before its result was shown: by the policy."""

TAIL = 64
"""So many of the newest records are checked each time the journal is opened."""


def nothing_else(_: sqlite3.Connection) -> list[Change]:
    return []


def nowhere(_: str) -> None:
    """The crash points of a terminal that is not under test."""


class Journal:
    """One terminal's journal. Methods may be called from any thread and raise ``JournalFault``."""

    def __init__(
        self,
        directory: Path,
        ring: KeyRing,
        terminal: str,
        *,
        begun: Path,
        random_bytes: RandomBytes = os.urandom,
        at: At = nowhere,
        reserve_bytes: int = RESERVE_BYTES,
    ) -> None:
        self.ring = ring
        self.terminal = terminal
        self.writer = JournalWriter(directory, begun, at, reserve_bytes)
        self._head = HeadFile(begun.with_suffix(".head"))
        self._random_bytes = random_bytes
        self._identifiers = Identifiers(random_bytes)
        self._tally = Tally()
        self._backlog = Backlog()
        self._sequence = 0
        self._previous = FIRST_PREVIOUS
        self._latest_at = datetime.fromtimestamp(0, UTC)

    @property
    def directory(self) -> Path:
        return self.writer.directory

    @property
    def fault(self) -> JournalFault | None:
        """Why new business must be refused, or None."""
        return self.writer.fault

    @property
    def backlog(self) -> Backlog:
        return self._backlog

    @property
    def latest_at(self) -> datetime:
        """When the newest record happened."""
        return self._latest_at

    def open(self, when_interrupted: WhenInterrupted, now: datetime) -> int:
        """Ready for business when it returns. Gives how many records a crash had cut short."""
        self.writer.open()
        try:
            self.writer.write(self._belong)
            self.writer.write(self._prove)
            self.writer.read(self._load)
            self._write_head()
            cut_short = self.writer.read(open_sequences)
            self._decide_all(cut_short, when_interrupted, now)
        except BaseException:
            self.writer.close()
            raise
        return len(cut_short)

    def close(self) -> None:
        self.writer.close()
        self._head.close()

    def append(
        self,
        business: Business,
        occurred_at: datetime,
        standing: Standing = Standing.OPEN,
        also: Callable[[sqlite3.Connection], list[Change]] = nothing_else,
    ) -> Record:
        """On disk when it returns, with what ``also`` changes. Raises ``JournalFault``: then the business
        never began."""
        if self.fault:
            raise self.fault
        self.writer.at("before append")
        record, _ = self.writer.write(
            lambda database: self._insert(database, business, occurred_at, standing, also), self._appended
        )
        self.writer.at("after append")
        return record

    def decide(self, sequence: int, standing: Standing, code: str, now: datetime) -> None:
        """Write the result that is about to be shown to the person."""
        self.writer.at("before decision")
        self.writer.write(
            self._sealed(lambda database: move(database, sequence, standing, code, now)), self._changed
        )
        self.writer.at("after decision")

    def answered(self, results: Sequence[tuple[int, TransactionResult]], now: datetime) -> tuple[Change, ...]:
        """Writes the centre's answers back, all or none; gives what they changed."""
        if not results:
            return ()
        self.writer.at("before write-back")
        changes = self.writer.write(
            self._sealed(lambda database: self._write_back(database, results, now)), self._changed
        )
        self.writer.at("after write-back")
        return tuple(changes)

    def hold(self, sequence: int, code: str, now: datetime) -> None:
        """Lays an item the centre cannot take as it is before the clerk; the others go on."""
        self.writer.write(
            self._sealed(lambda database: move(database, sequence, held, code, now)),
            self._changed,
        )

    def change(self, work: Callable[[sqlite3.Connection], list[Change]]) -> tuple[Change, ...]:
        """Any other change of standings, in one transaction."""
        return tuple(self.writer.write(self._sealed(work), self._changed))

    def _sealed(
        self, work: Callable[[sqlite3.Connection], list[Change]]
    ) -> Callable[[sqlite3.Connection], list[Change]]:
        """The same work, its changes sealed in the same transaction."""

        def sealing(database: sqlite3.Connection) -> list[Change]:
            changes = work(database)
            seal_standings(database, self.ring, (each.sequence for each in changes))
            seal_settlements(database, self.ring)
            return changes

        return sealing

    def _prove(self, database: sqlite3.Connection) -> None:
        """Compare the database with its sealed head and its newest seals. Raises ``JournalDamaged``.

        A journal of an earlier version has no head and no seals; it is sealed as it is.
        """
        head = self._head.read(self.ring)
        if head is None and not has_seals(database):
            seal_everything(database, self.ring)
            return
        if head is None:
            raise JournalDamaged(f"{self._head.path.name} is gone: whether records were cut off is not known")
        if missing := missing_after(database, head):
            raise JournalDamaged(missing)
        if edited := edited_standings(database, self.ring, above=head.sequence - TAIL):
            raise JournalDamaged(f"the standing of record {edited[0]} was edited")

    def _write_head(self) -> None:
        self._head.write(self.ring, Head(self._sequence, self._previous))

    def predecessors(self, record: Record, limit: int) -> list[Waiting] | None:
        """Records that must reach the centre before this one, in order; None when there are more than
        ``limit``.
        """
        return self.writer.read(lambda database: predecessors(database, self.ring, record, limit))

    def exposure(self, service: str, action: str, card: str) -> Exposure:
        """Unconfirmed promises of this kind of business, and of one card of it."""
        kind = (service, action)
        count = self._tally.promised[kind]
        if not count:
            return Exposure()
        name = self.ring.lane(card) if card else b""
        of_card, oldest = self.writer.read(lambda database: promised(database, kind, name))
        return Exposure(count, self._tally.promised_fen[kind], of_card, oldest)

    def _belong(self, database: sqlite3.Connection) -> None:
        name = database.execute("SELECT name FROM terminal").fetchone()
        if name is None:
            database.execute("INSERT INTO terminal VALUES (?)", (self.terminal,))
        elif name[0] != self.terminal:
            raise JournalOfAnother(f"it is of {name[0]}, this is {self.terminal}")

    def _load(self, database: sqlite3.Connection) -> None:
        """Where the chain ends, and what stands open; checks the newest records on the way."""
        last = database.execute("SELECT sequence, hash FROM checkpoint ORDER BY sequence DESC").fetchone()
        self._sequence, self._previous = (last[0], hash_in(last[1])) if last else (0, FIRST_PREVIOUS)
        newest = database.execute(
            f"SELECT {RECORD_COLUMNS} FROM record ORDER BY sequence DESC LIMIT ?",  # noqa: S608
            (TAIL,),
        ).fetchall()
        for row in map(row_of, reversed(newest)):
            follows = row.sequence == self._sequence + 1
            checked(self.ring, row, self._previous if follows else None)
            self._sequence, self._previous = row.sequence, row.hash
            self._latest_at = time_in(row.occurred_at)
        rows = database.execute(
            "SELECT s.standing, r.service, r.action, count(*), sum(r.amount_fen) "
            "FROM standing s JOIN record r USING (sequence) GROUP BY 1, 2, 3"
        )
        for standing, service, action, count, amount in rows:
            self._tally.loaded(standing_in(standing), (service, action), count, amount)
        self._renew_backlog(database)

    def _decide_all(self, sequences: Sequence[int], when_interrupted: WhenInterrupted, now: datetime) -> None:
        def decide(database: sqlite3.Connection) -> list[Change]:
            changes = []
            for sequence in sequences:
                standing = when_interrupted(*kind_of(database, sequence))
                changes += move(database, sequence, standing, Interrupted.code, now)
            return changes

        if sequences:
            self.change(decide)

    def _insert(
        self,
        database: sqlite3.Connection,
        business: Business,
        occurred_at: datetime,
        standing: Standing,
        also: Callable[[sqlite3.Connection], list[Change]],
    ) -> tuple[Record, list[Change]]:
        sequence = self._sequence + 1
        id = self._identifiers.next(int(occurred_at.timestamp() * 1000))
        transaction = build(business, id, self.terminal, sequence, self._previous, occurred_at)
        lanes = tuple(self.ring.lane(name) for name in business.lanes)
        record = recorded(transaction, lanes, business.amount_fen)
        insert_record(database, self.ring, record, self._random_bytes)
        database.execute(
            "INSERT INTO standing (sequence, standing, changed_at) VALUES (?, ?, ?)",
            (sequence, standing.value, occurred_at.isoformat()),
        )
        seal_standings(database, self.ring, [sequence])
        kind = (business.service, business.action)
        changed = also(database)
        seal_standings(database, self.ring, (each.sequence for each in changed))
        seal_settlements(database, self.ring)
        return record, [Change(sequence, None, standing, kind, business.amount_fen), *changed]

    def _appended(self, appended: tuple[Record, list[Change]]) -> None:
        record, changes = appended
        self._sequence, self._previous = record.sequence, record.hash
        self._latest_at = record.transaction.occurred_at
        self._write_head()
        self._changed(changes)

    def _write_back(
        self, database: sqlite3.Connection, results: Iterable[tuple[int, TransactionResult]], now: datetime
    ) -> list[Change]:
        changes = []
        for sequence, result in results:
            moved = move(database, sequence, partial(after_answer, outcome=result.outcome), result.code, now)
            if moved:
                sealed = seal_answer(self.ring, sequence, result, self._random_bytes)
                keep_answer(database, sequence, self.ring.current, sealed)
            changes += moved
        return changes

    def _changed(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._tally.moved(change.before, change.after, change.kind, change.amount_fen)
        self.writer.read(self._renew_backlog)

    def _renew_backlog(self, database: sqlite3.Connection) -> None:
        pending = self._tally.pending
        oldest = oldest_pending(database) if pending else None
        self._backlog = Backlog(pending, oldest, self._tally.inbox, self._tally.held)
