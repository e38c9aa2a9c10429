"""Items that only a person can settle: each with its reason, the next step, and the decisions it offers."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import JsonValue

from domain.messages.contract import Transaction
from domain.transaction_state import RELEASED, Standing
from terminal.journal.columns import standing_in
from terminal.journal.faults import DecisionUnfit, NotInInbox
from terminal.journal.record import Business
from terminal.journal.rows import Change, kind_of, move, stored_record
from terminal.journal.store import Journal


class Decision(StrEnum):
    """``accept``: it stays as it is. ``void``: it is undone at the counter. ``correct``: other business
    is journalled in its place. ``retry``: what was held is sent again."""

    ACCEPT = "accept"
    VOID = "void"
    CORRECT = "correct"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Decision about an item, with time, reason and author. ``reason`` and ``by`` are required."""

    decision: Decision
    by: str
    reason: str
    at: datetime


def offered(standing: Standing) -> tuple[Decision, ...]:
    """The decisions that make sense for an item."""
    match standing:
        case Standing.REFUSED_LATER:
            return (Decision.ACCEPT, Decision.VOID, Decision.CORRECT)
        case Standing.BOOKED_ANYWAY | Standing.CONFLICT:
            return (Decision.ACCEPT, Decision.VOID)
        case Standing.HELD_PROMISED:
            return (Decision.RETRY, Decision.ACCEPT, Decision.VOID, Decision.CORRECT)
        case Standing.HELD_WITHDRAWN:
            return (Decision.RETRY, Decision.ACCEPT, Decision.VOID)
    return ()


def settle(
    journal: Journal,
    id: UUID,
    settlement: Settlement,
    correction: Mapping[str, JsonValue] | None = None,
) -> None:
    """Settles one item, on record. A correction is journalled and promised in the same stroke, with the
    body of the first changed by ``correction`` and naming it as ``corrects``.

    Raises ``NotInInbox``, ``DecisionUnfit`` or another ``JournalFault``.
    """
    refuse_nameless(settlement)
    if (settlement.decision is Decision.CORRECT) != bool(correction):
        raise DecisionUnfit("a correction says what is to be corrected; nothing else does")
    sequence = journal.writer.read(lambda database: _in_inbox(database, id, settlement.decision))
    if correction:
        business = journal.writer.read(lambda database: _corrected(database, journal, sequence, correction))
        journal.append(
            business,
            settlement.at,
            Standing.PROMISED,
            also=lambda database: _settle(database, sequence, settlement),
        )
    else:
        journal.change(lambda database: _settle(database, sequence, settlement))


def refuse_nameless(settlement: Settlement) -> None:
    """Refuse a decision without an author or a reason. Raises ``DecisionUnfit``."""
    if not settlement.by.strip() or not settlement.reason.strip():
        raise DecisionUnfit("a name and a reason are needed")


def _in_inbox(database: sqlite3.Connection, id: UUID, decision: Decision) -> int:
    row = database.execute(
        "SELECT sequence, standing FROM record JOIN standing USING (sequence) WHERE id = ?", (id.bytes,)
    ).fetchone()
    if row is None or not standing_in(row[1]).needs_clerk:
        raise NotInInbox(str(id))
    if decision not in offered(standing_in(row[1])):
        raise DecisionUnfit(f"{decision.value}: the item is {row[1]}")
    sequence: int = row[0]
    return sequence


def _settle(database: sqlite3.Connection, sequence: int, settlement: Settlement) -> list[Change]:
    """Raises ``NotInInbox`` when somebody was faster."""
    retry = settlement.decision is Decision.RETRY

    def settled(standing: Standing) -> Standing:
        if not standing.needs_clerk:
            raise NotInInbox(f"sequence {sequence}")
        return RELEASED.get(standing, standing) if retry else Standing.SETTLED

    changes = move(database, sequence, settled, settlement.decision.value, settlement.at)
    put_on_record(database, sequence, changes, settlement)
    return changes


def put_on_record(
    database: sqlite3.Connection, sequence: int, changes: list[Change], settlement: Settlement
) -> None:
    """Record a decision, its author, time and reason, beside the previous standing."""
    database.execute(
        "INSERT INTO settlement (sequence, standing, decision, by, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            sequence,
            changes[0].before.value if changes and changes[0].before else "",
            settlement.decision.value,
            settlement.by.strip(),
            settlement.reason.strip(),
            settlement.at.isoformat(),
        ),
    )


def _corrected(
    database: sqlite3.Connection, journal: Journal, sequence: int, correction: Mapping[str, JsonValue]
) -> Business:
    first: Transaction = stored_record(database, journal.ring, sequence).transaction
    service, action = kind_of(database, sequence)
    if unknown := correction.keys() - first.body.keys():
        raise DecisionUnfit(f"{', '.join(sorted(unknown))}: the item has {', '.join(sorted(first.body))}")
    body = {**first.body, **correction, "corrects": str(first.id)}
    lanes = (f"corrects:{first.id}",)
    return Business(service, action, first.trust, first.credential, body, lanes)
