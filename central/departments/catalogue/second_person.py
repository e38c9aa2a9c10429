"""The second person of the two-person rule."""

from __future__ import annotations

from sqlalchemy import Connection, select

from central.departments.department import Business
from central.departments.tables import staff
from central.holders import KNOWN_FOR, KNOWN_FOR_LATE, holder_known_to
from central.unidentified import Unidentified


def second_of_staff(connection: Connection, business: Business) -> str:
    """Member of the staff other than the holder, with a card or code seen by this terminal; empty for any
    other.
    """
    second = business.transaction.body.get("second")
    if not isinstance(second, str) or second == business.subject:
        return ""
    known_for = KNOWN_FOR_LATE if business.accepted_offline else KNOWN_FOR
    try:
        seen = holder_known_to(connection, second, business.transaction.terminal, business.now - known_for)
    except Unidentified:
        return ""
    found = connection.execute(select(staff.c.subject).where(staff.c.subject == seen)).scalar()
    return str(found or "")
