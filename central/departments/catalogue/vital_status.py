"""Preconditions of a fund: certified as alive, not reported dead (FC-37).

Deaths come as a feed: a CSV file of the civil register, ``number,status,day`` a line, ``onecard central
vital-status FILE``. A report is taken back by a later line with ``alive``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, ForeignKey, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from central.departments.catalogue.certification import newest
from central.tables import UtcTime, holder, metadata
from config.catalogue.entries import Payout
from config.faults import Fault

vital_status = Table(
    "vital_status",
    metadata,
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("status", String(8), nullable=False),
    Column("day", Date, nullable=False),
    Column("noted_at", UtcTime, nullable=False),
)
"""The newest report of the civil register about a person: ``dead`` or ``alive``."""

DEAD, ALIVE = "dead", "alive"


class FeedUnreadable(Fault):
    """``detail`` names the lines; nothing was taken."""

    code = "payment.feed_unreadable"


def reason_against(connection: Connection, entry: Payout, subject: str, day: date) -> str:
    """A fault code, empty where the fund may pay."""
    if reported_dead(connection, subject):
        return "payment.reported_dead"
    if entry.certified_alive:
        until = newest(connection, subject)
        if until is None or until < day:
            return "payment.not_certified"
    return ""


def reported_dead(connection: Connection, subject: str) -> bool:
    query = select(vital_status.c.status).where(vital_status.c.subject == subject)
    return connection.execute(query).scalar() == DEAD


def take_feed(connection: Connection, lines: Iterable[str], now: datetime) -> tuple[int, int]:
    """How many persons were noted, and how many lines are about nobody known here. Raises
    ``FeedUnreadable``."""
    rows = [(number, row) for number, row in enumerate(csv.reader(lines), 1) if row and row[0] != "number"]
    wrong = [number for number, row in rows if _read(row) is None]
    if wrong:
        raise FeedUnreadable(f"lines {', '.join(map(str, wrong[:20]))}: number,dead or alive,2026-11-28")
    known = 0
    for _, row in rows:
        read = _read(row)
        if read is not None:
            known += _note(connection, *read, now)
    return known, len(rows) - known


def _read(row: list[str]) -> tuple[str, str, date] | None:
    try:
        number, status, day = (each.strip() for each in row)
        return (number.upper(), status, date.fromisoformat(day)) if status in (DEAD, ALIVE) else None
    except ValueError:
        return None


def _note(connection: Connection, number: str, status: str, day: date, now: datetime) -> bool:
    """Whether the person is known. An older report never takes the place of a newer one."""
    subject = connection.execute(
        select(holder.c.subject).where(holder.c.social_security_number == number)
    ).scalar()
    if subject is None:
        return False
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    said = {"status": status, "day": day, "noted_at": now}
    noted = dialect.insert(vital_status).values(subject=subject, **said)
    newer = vital_status.c.day <= day
    connection.execute(noted.on_conflict_do_update(index_elements=["subject"], set_=said, where=newer))
    return True
