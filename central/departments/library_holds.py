"""Holds: a requested copy is lent to no other patron, and waits for the requester when it comes back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from central.city_of import city_of
from central.departments.library_rules import LibraryRules
from central.departments.library_tables import library_hold as table

# Built once: every loan and every return asks it.
_FIRST = (
    select(table)
    .where(
        table.c.barcode == bindparam("barcode"),
        table.c.ended_at.is_(None),
        or_(table.c.collect_by.is_(None), table.c.collect_by >= bindparam("today")),
    )
    .order_by(table.c.placed_at, table.c.id)
    .limit(1)
)


def first_hold(connection: Connection, barcode: str, today: date) -> Row[Any] | None:
    """First hold in the queue. A hold that was not collected in time goes to the end."""
    return connection.execute(_FIRST, {"barcode": barcode, "today": today}).one_or_none()


def hold_of(connection: Connection, barcode: str, subject: str) -> Row[Any] | None:
    query = select(table).where(
        table.c.barcode == barcode, table.c.subject == subject, table.c.ended_at.is_(None)
    )
    return connection.execute(query.order_by(table.c.id).limit(1)).one_or_none()


def place(connection: Connection, barcode: str, subject: str, at: datetime, by: str) -> int:
    """The reader's place in line, 1 for the next one."""
    waiting = (
        select(func.count()).select_from(table).where(table.c.barcode == barcode, table.c.ended_at.is_(None))
    )
    before: int = connection.execute(waiting).scalar_one()
    connection.execute(insert(table).values(barcode=barcode, subject=subject, placed_at=at, placed_by=by))
    return before + 1


def put_aside(
    connection: Connection, barcode: str, at: datetime, by: str, rules: LibraryRules
) -> date | None:
    """Last day on which the returned copy waits for the first requester; None without a hold."""
    hold = first_hold(connection, barcode, city_of(connection).day(at))
    if hold is None:
        return None
    collect_by = rules.collect_by(city_of(connection).day(at))
    connection.execute(
        update(table)
        .where(table.c.id == hold.id)
        .values(put_aside_at=at, put_aside_by=by, collect_by=collect_by)
    )
    return collect_by


def end(connection: Connection, hold: int, at: datetime, by: str) -> None:
    """Collected, or given up."""
    connection.execute(update(table).where(table.c.id == hold).values(ended_at=at, ended_by=by))


def undo_put_aside(connection: Connection, by: str) -> None:
    connection.execute(
        update(table)
        .where(table.c.put_aside_by == by, table.c.ended_at.is_(None))
        .values(put_aside_at=None, put_aside_by=None, collect_by=None)
    )


def undo_end(connection: Connection, by: str) -> bool:
    undone = connection.execute(
        update(table).where(table.c.ended_by == by).values(ended_at=None, ended_by=None)
    )
    return undone.rowcount > 0


def undo_place(connection: Connection, by: str) -> bool:
    gone = connection.execute(table.delete().where(table.c.placed_by == by, table.c.ended_at.is_(None)))
    return gone.rowcount > 0
