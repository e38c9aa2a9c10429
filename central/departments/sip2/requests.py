"""Requests to a library's system, durable in the centre's database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central.departments.department import Decision
from central.departments.sip2.tables import sip2_request as table
from central.tables import received
from domain.messages.contract import Outcome

HELD_FOR = timedelta(seconds=75)
"""Longer than one worker can be at one request; after a crash another takes over then."""


class State(StrEnum):
    """``WRITTEN``: nothing was sent that books. ``ASKED``: it was, and the outcome is unknown until it is
    written down. ``TAKING_BACK``: the same for undoing it. ``SETTLED``: decided."""

    WRITTEN = "written"
    ASKED = "asked"
    TAKING_BACK = "taking_back"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Before:
    """State before the request. ``due_date`` as the system wrote it; ``charged``: number of the patron's
    loans, None when not stated; ``owed_fen``: amount the patron owed, for a payment.
    """

    due_date: str = ""
    charged: int | None = None
    owed_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """``sends``: messages sent so far that book. ``reached_at``: first attempt that reached the library's
    system and stayed undecided. The patron's number is never stored with it."""

    id: str
    action: str
    barcode: str
    subject: str
    occurred_at: datetime
    told_due: date | None = None
    accepted_offline: bool = False
    withdrawn: bool = False
    state: State = State.WRITTEN
    before: Before = Before()
    asked_at: datetime | None = None
    amount_fen: int = 0
    sends: int = 0
    reached_at: datetime | None = None


def write(connection: Connection, request: Request) -> None:
    connection.execute(
        insert(table).values(
            id=request.id,
            action=request.action,
            barcode=request.barcode,
            subject=request.subject,
            occurred_at=request.occurred_at,
            told_due=request.told_due,
            accepted_offline=request.accepted_offline,
            amount_fen=request.amount_fen,
        )
    )


def note_delivery(connection: Connection, id: str, *, accepted_offline: bool, withdrawn: bool) -> None:
    """Record the answer shown to the person meanwhile, as a later delivery of the same transaction states
    it."""
    told = {
        column: True
        for column, now_true in (("accepted_offline", accepted_offline), ("withdrawn", withdrawn))
        if now_true
    }
    if told:
        connection.execute(update(table).where(table.c.id == id).values(**told))


def in_line(connection: Connection, id: str) -> list[str]:
    """The requests to carry out for this one to be done: those before it about the same copy, and itself."""
    mine = connection.execute(select(table.c.number, table.c.barcode).where(table.c.id == id)).one_or_none()
    if mine is None:
        return []
    before = connection.execute(
        select(table.c.id)
        .where(
            table.c.barcode == mine.barcode,
            table.c.number < mine.number,
            table.c.state != State.SETTLED.value,
        )
        .order_by(table.c.number)
    )
    return [*before.scalars(), id]


def take(connection: Connection, id: str, now: datetime) -> Request | None:
    """The request, held for one worker; None when there is nothing to do or somebody is at it."""
    row = connection.execute(select(table).where(table.c.id == id).with_for_update()).one()
    if row.held_until is not None and row.held_until > now:
        return None
    if row.state == State.SETTLED and not (row.withdrawn and _stands(connection, row)):
        return None
    connection.execute(update(table).where(table.c.id == id).values(held_until=now + HELD_FOR))
    return _request(row)


def _stands(connection: Connection, row: Row[Any]) -> bool:
    """True for business that stands: only a loan can be taken back; unconfirmed returns and renewals stay."""
    if row.action != "borrow":
        return False
    outcome = connection.execute(select(received.c.outcome).where(received.c.id == row.id)).scalar_one()
    return bool(outcome == Outcome.CONFIRMED)


def mark(connection: Connection, id: str, state: State, before: Before, now: datetime) -> None:
    """Written down before anything is sent; it must be on disk when the first byte goes."""
    connection.execute(
        update(table)
        .where(table.c.id == id)
        .values(state=state.value, before=asdict(before), asked_at=now, sends=table.c.sends + 1)
    )
    if state is State.TAKING_BACK:
        running = {"outcome": Outcome.RUNNING.value, "data": {}}
        connection.execute(update(received).where(received.c.id == id).values(**running))


def let_go(connection: Connection, id: str, now: datetime, *, reached: bool) -> None:
    """Release an undecided request. ``reached``: the library's system answered; the first time is kept."""
    connection.execute(update(table).where(table.c.id == id).values(held_until=None))
    if reached:
        undecided = (table.c.id == id) & table.c.reached_at.is_(None)
        connection.execute(update(table).where(undecided).values(reached_at=now))


def read(connection: Connection, id: str) -> Request:
    return _request(connection.execute(select(table).where(table.c.id == id)).one())


def settle(connection: Connection, id: str, decision: Decision, now: datetime) -> None:
    """The answer to the transaction, from now on the same for every repeat of it."""
    connection.execute(
        update(received)
        .where(received.c.id == id)
        .values(outcome=decision.outcome.value, code=decision.code, data=dict(decision.data), decided_at=now)
    )
    connection.execute(
        update(table).where(table.c.id == id).values(state=State.SETTLED.value, held_until=None)
    )


def lent_since(connection: Connection, barcode: str, since: datetime) -> bool:
    """Whether a loan of this copy that began later was confirmed through this centre."""
    query = (
        select(table.c.id)
        .join(received, received.c.id == table.c.id)
        .where(
            table.c.barcode == barcode,
            table.c.action == "borrow",
            table.c.occurred_at > since,
            received.c.outcome == Outcome.CONFIRMED.value,
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _request(row: Row[Any]) -> Request:
    return Request(
        id=row.id,
        action=row.action,
        barcode=row.barcode,
        subject=row.subject,
        occurred_at=row.occurred_at,
        told_due=row.told_due,
        accepted_offline=row.accepted_offline,
        withdrawn=row.withdrawn,
        state=State(row.state),
        before=Before(**row.before),
        asked_at=row.asked_at,
        amount_fen=row.amount_fen,
        sends=row.sends,
        reached_at=row.reached_at,
    )
