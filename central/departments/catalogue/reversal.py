"""Reversals of payouts: money that was paid is due again only after two persons said so (FC-44).

The first proves card and PIN, the second is identified after the first in the same visit; for cash they
record that it came back. A terminal's ``withdrawn`` alone never undoes a confirmed payout.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, Connection, ForeignKey, String, Table, insert, select, update

from central import alarms
from central.departments.catalogue.lost_for_another import is_clerk
from central.departments.catalogue.second_person import second_of_staff
from central.departments.department import Business, Decision, refused
from central.departments.saga_tables import saga
from central.tables import UtcTime, metadata, received
from config.catalogue.entries import Payout
from domain.messages.contract import Outcome, Transaction

ACTION = "reverse"

payout_reversal = Table(
    "payout_reversal",
    metadata,
    Column("id", ForeignKey("received.id", ondelete="CASCADE"), primary_key=True),
    Column("payout", String(36), nullable=False, index=True),
    Column("first", String(64), nullable=False),
    Column("second", String(64), nullable=False),
    Column("cash_returned", Boolean, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""Who took a payout back, and that its cash came back."""


def begin_reversal(connection: Connection, entry: Payout, business: Business) -> Decision:
    """Notes the reversal; its payout is undone by ``carry_out``."""
    body = business.transaction.body
    if not is_clerk(connection, business.subject):
        return refused("payment.clerk_only")
    paid = connection.execute(
        select(saga).where(saga.c.id == str(body.get("payout", "")), saga.c.service == entry.id)
    ).one_or_none()
    if paid is None or paid.outcome != Outcome.CONFIRMED.value:
        return refused("payment.nothing_to_reverse")
    if paid.subject == business.subject:
        return refused("payment.clerk_only")
    second = second_of_staff(connection, business)
    if not second or second == paid.subject:
        return refused("payment.second_person_needed")
    cash = entry.delivery == "cash"
    if cash and not (body.get("cash_returned") is True and body.get("amount_fen") == paid.amount_fen):
        return refused("payment.cash_not_returned")
    connection.execute(
        insert(payout_reversal).values(
            id=str(business.transaction.id),
            payout=paid.id,
            first=business.subject,
            second=second,
            cash_returned=cash,
            reason=str(body.get("reason", ""))[:200],
            at=business.now,
        )
    )
    return Decision(Outcome.RUNNING)


def payout_of(connection: Connection, reversal: str) -> str:
    """The payout that this transaction takes back; empty for none."""
    query = select(payout_reversal.c.payout).where(payout_reversal.c.id == reversal)
    return connection.execute(query).scalar() or ""


def settle_reversal(connection: Connection, id: str, now: datetime) -> None:
    """The answer to a reversal, once its payout has one."""
    paid = connection.execute(select(saga).where(saga.c.id == payout_of(connection, id))).one()
    if paid.outcome == Outcome.RUNNING.value:
        return
    undone = paid.outcome == Outcome.WITHDRAWN.value
    mine = (received.c.id == id, received.c.outcome == Outcome.RUNNING.value)
    connection.execute(
        update(received)
        .where(*mine)
        .values(
            outcome=(Outcome.CONFIRMED if undone else Outcome.REFUSED).value,
            code="" if undone else "payment.not_undone",
            data={"payout": paid.id, "amount_fen": paid.amount_fen if undone else 0},
            decided_at=now,
        )
    )


def note_withdrawal(connection: Connection, transaction: Transaction, now: datetime) -> None:
    """A terminal says that a payout was not made, and the centre has it confirmed: for two persons."""
    alarms.raise_alarm(
        connection, transaction.terminal, "paid_withdrawn", transaction.sequence, str(transaction.id), now
    )
