"""The second person of the two-person rule."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from central.departments.department import Business
from central.departments.tables import staff
from central.holders import holder_known_to
from central.tables import identification
from central.unidentified import Unidentified

VISIT = timedelta(minutes=15)
"""The longest time from the second person's card to the business it is for."""


def visit_of(connection: Connection, business: Business) -> datetime:
    """When the visit began: the holder's newest identification at this terminal."""
    mine = (
        identification.c.terminal == business.transaction.terminal,
        identification.c.subject == business.subject,
    )
    at = connection.execute(select(func.max(identification.c.at)).where(*mine)).scalar()
    return at if isinstance(at, datetime) else business.now - VISIT


def second_of_staff(connection: Connection, business: Business) -> str:
    """Member of the staff other than the holder, with a card or code seen by this terminal; empty for any
    other.
    """
    second = business.transaction.body.get("second")
    if not isinstance(second, str) or second == business.subject:
        return ""
    terminal, now = business.transaction.terminal, business.now
    try:
        seen = holder_known_to(connection, second, terminal, max(now - VISIT, visit_of(connection, business)))
    except Unidentified:
        return ""
    found = connection.execute(select(staff.c.subject).where(staff.c.subject == seen)).scalar()
    return str(found or "")
