"""The journal for reading: beside a running terminal, without one, and as far as it goes when damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.messages.contract import Transaction, TransactionResult, TrustLevel
from domain.transaction_state import FOR_THE_CLERK, UNDECIDED
from terminal.journal.columns import id_in, standing_in, time_in
from terminal.journal.database import connect_for_reading, told_as_faults
from terminal.journal.encryption import KeyRing
from terminal.journal.record import Entry
from terminal.journal.rows import stored_record
from terminal.journal.sealing import opened_answer

ENTRY = """SELECT r.sequence, r.id, r.service, r.action, r.trust, r.occurred_at, r.amount_fen,
    s.standing, s.code, s.changed_at, r.sealed IS NOT NULL FROM record r JOIN standing s USING (sequence)"""
PENDING = tuple(standing.value for standing in UNDECIDED)
INBOX = tuple(standing.value for standing in FOR_THE_CLERK)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many transactions there are, and what of them waits. ``oldest_at``: of the pending ones."""

    total: int
    pending: int
    inbox: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Settled:
    """One decision of a clerk, as it stands on record."""

    sequence: int
    standing: str
    decision: str
    by: str
    reason: str
    at: datetime


class JournalReader:
    """Over a connection that cannot write. Methods raise ``JournalFault``."""

    def __init__(self, database: sqlite3.Connection, directory: Path) -> None:
        self._database = database
        self._directory = directory

    def entries(self, standings: tuple[str, ...] = (), newest: int | None = None) -> Iterator[Entry]:
        """Entries in order, of these standings (all when empty); the ``newest`` so many when given."""
        marks = ", ".join("?" * len(standings))
        where = f"WHERE s.standing IN ({marks})" if standings else ""
        query = f"{ENTRY} {where} ORDER BY r.sequence DESC LIMIT ?"
        rows = self._rows(
            f"SELECT * FROM ({query}) ORDER BY sequence",  # noqa: S608 (marks only)
            (*standings, -1 if newest is None else newest),
        )
        return map(_entry, rows)

    def counted(self) -> Counted:
        """Without reading a record: a year's journal is counted in a moment."""
        counts = dict(self._rows("SELECT standing, count(*) FROM standing GROUP BY 1", ()))
        oldest = [
            at
            for (at,) in self._rows(
                "SELECT occurred_at FROM record JOIN standing USING (sequence) "  # noqa: S608 (marks only)
                f"WHERE standing IN ({', '.join('?' * len(PENDING))}) ORDER BY sequence LIMIT 1",
                PENDING,
            )
        ]
        return Counted(
            total=sum(counts.values()),
            pending=sum(counts.get(standing, 0) for standing in PENDING),
            inbox=sum(counts.get(standing, 0) for standing in INBOX),
            oldest_at=time_in(oldest[0]) if oldest else None,
        )

    def terminal(self) -> str:
        rows = list(self._rows("SELECT name FROM terminal", ()))
        return str(rows[0][0]) if rows else ""

    def transaction(self, ring: KeyRing, sequence: int) -> Transaction:
        """Raises ``JournalDamaged`` when it cannot be opened, or was purged."""
        with told_as_faults(self._directory):
            return stored_record(self._database, ring, sequence).transaction

    def answer(self, ring: KeyRing, sequence: int) -> TransactionResult | None:
        """Last answer of the centre, or None."""
        query = "SELECT key, answer FROM standing WHERE sequence = ? AND answer IS NOT NULL"
        for key, sealed in self._rows(query, (sequence,)):
            return opened_answer(ring, sequence, key, sealed)
        return None

    def settlements(self) -> list[Settled]:
        rows = self._rows(
            "SELECT sequence, standing, decision, by, reason, at FROM settlement ORDER BY number", ()
        )
        return [
            Settled(sequence, standing, decision, by, reason, time_in(at))
            for sequence, standing, decision, by, reason, at in rows
        ]

    def _rows(self, query: str, values: tuple[object, ...]) -> Iterator[tuple]:  # type: ignore[type-arg]
        with told_as_faults(self._directory):
            yield from self._database.execute(query, values)


@contextmanager
def reading(directory: Path) -> Iterator[JournalReader]:
    """Raises ``JournalFault`` when there is no journal or it cannot be read."""
    with closing(connect_for_reading(directory)) as database:
        yield JournalReader(database, directory)


def _entry(row: tuple) -> Entry:  # type: ignore[type-arg]
    sequence, id, service, action, trust, occurred_at, amount_fen, standing, code, changed_at, kept = row
    return Entry(
        sequence,
        id_in(id),
        service,
        action,
        TrustLevel(trust) if trust in set(TrustLevel) else TrustLevel.NONE,
        time_in(occurred_at),
        amount_fen,
        standing_in(standing),
        code,
        time_in(changed_at),
        bool(kept),
    )
