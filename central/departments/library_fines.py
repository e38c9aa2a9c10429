"""Fines of the built-in library: made when a late book comes back, paid at the desk, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from central.departments.department import Business, Decision, confirmed, refused
from central.departments.library_tables import library_fine as table
from central.departments.tables import staff
from central.tables import library_copy

# Built once: every loan asks it.
_OWED_FEN = select(func.coalesce(func.sum(table.c.fen), 0)).where(
    table.c.subject == bindparam("subject"), table.c.paid_at.is_(None)
)


def owed_fen(connection: Connection, subject: str) -> int:
    return int(connection.execute(_OWED_FEN, {"subject": subject}).scalar_one())


def owed(connection: Connection, subject: str) -> Sequence[Row[Any, Any, Any, Any]]:
    """Open fines, oldest first: barcode, title, days_late, fen."""
    query = (
        select(table.c.barcode, library_copy.c.title, table.c.days_late, table.c.fen)
        .join(library_copy, library_copy.c.barcode == table.c.barcode)
        .where(table.c.subject == subject, table.c.paid_at.is_(None))
        .order_by(table.c.at, table.c.id)
    )
    return connection.execute(query).all()


def charge(
    connection: Connection, subject: str, barcode: str, fen: int, days_late: int, at: datetime, by: str
) -> None:
    if fen:
        connection.execute(
            insert(table).values(subject=subject, barcode=barcode, fen=fen, days_late=days_late, at=at, by=by)
        )


def undo_charge(connection: Connection, by: str) -> bool:
    """A fine that was paid meanwhile stands, and with it the return that made it."""
    paid = select(table.c.id).where(table.c.by == by, table.c.paid_at.is_not(None))
    if connection.execute(paid).first():
        return False
    connection.execute(table.delete().where(table.c.by == by))
    return True


def pay(connection: Connection, business: Business) -> Decision:
    """All that is owed, taken by a clerk whose own card says so; the sum is the one the reader was shown."""
    clerk = clerk_of(connection, business.transaction.body.get("second"), business.subject)
    if not clerk:
        return refused("library.clerk_needed")
    open_fen = owed_fen(connection, business.subject)
    if not open_fen:
        return refused("library.nothing_owed")
    if business.transaction.body.get("amount_fen") != open_fen:
        return refused("library.owed_changed", owed_fen=open_fen)
    connection.execute(
        update(table)
        .where(table.c.subject == business.subject, table.c.paid_at.is_(None))
        .values(
            paid_at=min(business.transaction.occurred_at, business.now),
            paid_by=str(business.transaction.id),
            paid_to=clerk,
        )
    )
    return confirmed(paid_fen=open_fen, owed_fen=0)


def clerk_of(connection: Connection, untrusted_subject: JsonValue, reader: str) -> str:
    """Clerk who took the money; empty unless a member of the staff other than the patron."""
    if not isinstance(untrusted_subject, str) or untrusted_subject == reader:
        return ""
    return untrusted_subject if is_staff(connection, untrusted_subject) else ""


def is_staff(connection: Connection, subject: str) -> bool:
    return connection.execute(select(staff.c.subject).where(staff.c.subject == subject)).first() is not None


def undo_payment(connection: Connection, by: str) -> bool:
    undone = connection.execute(
        update(table).where(table.c.paid_by == by).values(paid_at=None, paid_by=None, paid_to=None)
    )
    return undone.rowcount > 0
