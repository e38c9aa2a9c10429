"""Void of promised or confirmed business by a clerk with a reason, under the same id.

The record is withdrawn like one whose person was shown "not booked": forwarding delivers this, and the
centre undoes the business. Where it cannot any more, the item lands in the inbox as booked anyway.
"""

from __future__ import annotations

import sqlite3
from uuid import UUID

from domain.transaction_state import Standing
from terminal.journal.columns import standing_in
from terminal.journal.faults import DecisionUnfit
from terminal.journal.inbox import Settlement, put_on_record, refuse_nameless
from terminal.journal.rows import Change, move
from terminal.journal.store import Journal

VOIDED = "staff.voided"
"""The code that stands on the record from then on."""
VOIDABLE = (Standing.PROMISED, Standing.CONFIRMED)


def may_be_voided(standing: Standing, *, kept: bool) -> bool:
    """A record whose content was purged cannot be sent again, so it cannot be taken back from here."""
    return kept and standing in VOIDABLE


def void(journal: Journal, id: UUID, settlement: Settlement) -> None:
    """Takes it back, on record with ``settlement``. Raises ``DecisionUnfit`` or another ``JournalFault``."""
    refuse_nameless(settlement)
    journal.change(lambda database: _withdraw(database, id, settlement))


def _withdraw(database: sqlite3.Connection, id: UUID, settlement: Settlement) -> list[Change]:
    row = database.execute(
        "SELECT sequence, standing, sealed IS NOT NULL FROM record JOIN standing USING (sequence) "
        "WHERE id = ?",
        (id.bytes,),
    ).fetchone()
    if row is None or not may_be_voided(standing_in(row[1]), kept=bool(row[2])):
        raise DecisionUnfit(f"void: the item is {row[1] if row else 'not in this journal'}")
    changes = move(database, row[0], Standing.WITHDRAWN, VOIDED, settlement.at)
    put_on_record(database, row[0], changes, settlement)
    return changes
