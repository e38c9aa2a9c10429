"""Undelivered records, and the order of their delivery."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.messages.contract import Delivery
from domain.transaction_state import Standing
from terminal.journal.columns import standing_in
from terminal.journal.encryption import KeyRing
from terminal.journal.record import Record
from terminal.journal.rows import stored_record

TO_DELIVER = {Standing.PROMISED.value, Standing.WITHDRAWN.value}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Undelivered record, and the result shown to its person."""

    record: Record
    standing: Standing

    def delivery(self, attempt: int) -> Delivery:
        return Delivery(
            transaction=self.record.transaction,
            accepted_offline=self.standing is Standing.PROMISED,
            attempt=attempt,
            withdrawn=self.standing is Standing.WITHDRAWN,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """One record's place in the queue, without its content."""

    sequence: int
    standing: Standing
    lanes: tuple[bytes, ...]


def choose(places: Iterable[Place], may_go: Callable[[int], bool], limit: int) -> list[int]:
    """The sequences that may go now: oldest first, never two of one lane, never one past another of its
    lane that has to wait."""
    taken: list[int] = []
    busy: set[bytes] = set()
    for place in places:
        free = busy.isdisjoint(place.lanes)
        busy.update(place.lanes)
        if free and place.standing.to_deliver and may_go(place.sequence):
            taken.append(place.sequence)
            if len(taken) == limit:
                break
    return taken


def places(database: sqlite3.Connection, after: int, limit: int) -> list[Place]:
    """The next undecided records after a sequence, in order."""
    rows = database.execute(
        "SELECT s.sequence, s.standing, group_concat(hex(l.name)) FROM ("
        "  SELECT sequence, standing FROM standing "
        "  WHERE standing IN ('open', 'promised', 'withdrawn') AND sequence > ? ORDER BY sequence LIMIT ?"
        ") s LEFT JOIN lane l USING (sequence) GROUP BY s.sequence ORDER BY s.sequence",
        (after, limit),
    )
    return [
        Place(sequence, standing_in(standing), tuple(map(bytes.fromhex, lanes.split(",") if lanes else ())))
        for sequence, standing, lanes in rows
    ]


def waiting(database: sqlite3.Connection, ring: KeyRing, sequence: int) -> Waiting | None:
    """The record to deliver, or None when it was decided meanwhile. Raises ``JournalDamaged``."""
    row = database.execute("SELECT standing FROM standing WHERE sequence = ?", (sequence,)).fetchone()
    if row is None or row[0] not in TO_DELIVER:
        return None
    return Waiting(stored_record(database, ring, sequence), standing_in(row[0]))


def predecessors(
    database: sqlite3.Connection, ring: KeyRing, record: Record, limit: int
) -> list[Waiting] | None:
    """All that must reach the centre before this record, in order; None when it is more than ``limit``.

    What shares a lane with a predecessor is a predecessor too.
    """
    found: dict[int, None] = {}
    reached = [(record.sequence, lane) for lane in record.lanes]
    while reached:
        before, lane = reached.pop()
        for sequence in _earlier(database, lane, before):
            if sequence not in found:
                found[sequence] = None
                reached += [(sequence, other) for other in _lanes(database, sequence)]
        if len(found) > limit:
            return None
    each = (waiting(database, ring, sequence) for sequence in sorted(found))
    return [one for one in each if one]


def _earlier(database: sqlite3.Connection, lane: bytes, before: int) -> list[int]:
    rows = database.execute(
        "SELECT l.sequence FROM lane l JOIN standing s USING (sequence) "
        "WHERE l.name = ? AND l.sequence < ? AND s.standing IN ('promised', 'withdrawn')",
        (lane, before),
    )
    return [sequence for (sequence,) in rows]


def _lanes(database: sqlite3.Connection, sequence: int) -> list[bytes]:
    return [name for (name,) in database.execute("SELECT name FROM lane WHERE sequence = ?", (sequence,))]
