"""Attendance at gatherings of a place. A code shown late still counts for its own time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central.city_of import city_of
from central.departments.catalogue.base import CatalogueDepartment
from central.departments.catalogue.second_person import second_of_staff
from central.departments.department import Business, Decision, confirmed, refused
from central.departments.tables import attendance, gathering
from config.catalogue.entries import Attendance
from domain.messages.contract import Transaction

EARLY = timedelta(hours=2)
"""People may sign in this long before it begins …"""
AFTER = timedelta(hours=2)
"""… and sign out this long after it ended."""
GRACE = timedelta(minutes=5)


class AttendanceDepartment(CatalogueDepartment[Attendance]):
    """Signing in twice is one coming, signing out again the later leaving."""

    def book(self, connection: Connection, business: Business) -> Decision:
        moment = min(business.transaction.occurred_at, business.now)
        found = self._going_on(connection, moment)
        if found is None:
            return refused("attendance.nothing_on")
        title = {"zh": found.title_zh, "en": found.title_en}
        known = connection.execute(
            select(attendance)
            .where(attendance.c.gathering == found.id, attendance.c.subject == business.subject)
            .with_for_update()
        ).one_or_none()
        by = str(business.transaction.id)
        match business.transaction.action:
            case "sign-in":
                if known is not None and known.came_at is not None:
                    return confirmed(
                        **title,
                        at=_clock(connection, known.came_at),
                        again=True,
                        late_minutes=known.late_minutes,
                    )
                late = _late(moment, found.starts_at)
                values = {"came_at": moment, "came_by": by, "late_minutes": late}
                self._write(connection, found.id, business.subject, known, values)
                return confirmed(**title, at=_clock(connection, moment), again=False, late_minutes=late)
            case "sign-out":
                if (known is None or known.came_at is None) and not business.accepted_offline:
                    return refused("attendance.not_signed_in")
                values = {"left_at": moment, "left_by": by}
                self._write(connection, found.id, business.subject, known, values)
                return confirmed(**title, at=_clock(connection, moment), again=False, late_minutes=0)
            case "make-up":
                return self._made_up(connection, business, found, known, moment)
        return refused("central.action_unknown")

    def _made_up(
        self,
        connection: Connection,
        business: Business,
        found: Row[Any],
        known: Row[Any] | None,
        moment: datetime,
    ) -> Decision:
        """Attendance entered by a clerk, on record, for a person who could not sign in."""
        clerk = second_of_staff(connection, business)
        if not clerk:
            return refused("attendance.clerk_needed")
        if known is not None and known.came_at is not None:
            return refused("attendance.already_signed_in")
        values = {"came_at": moment, "came_by": str(business.transaction.id), "made_up_by": clerk}
        late = _late(moment, found.starts_at)
        self._write(connection, found.id, business.subject, known, {**values, "late_minutes": late})
        return confirmed(
            zh=found.title_zh,
            en=found.title_en,
            at=_clock(connection, moment),
            again=False,
            late_minutes=late,
        )

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        by = str(transaction.id)
        nobody = {"came_at": None, "came_by": None, "late_minutes": 0, "made_up_by": ""}
        came = update(attendance).where(attendance.c.came_by == by).values(nobody)
        left = update(attendance).where(attendance.c.left_by == by).values(left_at=None, left_by=None)
        return connection.execute(came).rowcount + connection.execute(left).rowcount > 0

    def _going_on(self, connection: Connection, moment: datetime) -> Row[Any] | None:
        """The gathering of this moment; of two, the one that begins later."""
        query = (
            select(gathering)
            .where(
                gathering.c.place == self.entry.place,
                gathering.c.starts_at <= moment + EARLY,
                gathering.c.ends_at >= moment - AFTER,
            )
            .order_by(gathering.c.starts_at.desc())
            .limit(1)
        )
        return connection.execute(query).one_or_none()

    def _write(
        self,
        connection: Connection,
        of: int,
        subject: str,
        known: Row[Any] | None,
        values: dict[str, object],
    ) -> None:
        if known is None:
            connection.execute(insert(attendance).values(gathering=of, subject=subject, **values))
            return
        mine = (attendance.c.gathering == of, attendance.c.subject == subject)
        connection.execute(update(attendance).where(*mine).values(**values))


def _late(moment: datetime, starts_at: datetime) -> int:
    """Whole minutes after the grace; 0 for being in time."""
    if moment <= starts_at + GRACE:
        return 0
    return int((moment - starts_at).total_seconds() // 60)


def _clock(connection: Connection, moment: datetime) -> str:
    return f"{moment.astimezone(city_of(connection).zone):%H:%M}"
