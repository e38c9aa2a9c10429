"""Life certification of pensioners: somebody with a proven card stood at a counter today."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from central.city_of import city_of
from central.departments.catalogue.base import CatalogueDepartment
from central.departments.department import Business, Decision, confirmed
from central.departments.tables import certification
from config.catalogue.entries import Certification
from domain.messages.contract import Transaction


class CertificationDepartment(CatalogueDepartment[Certification]):
    def book(self, connection: Connection, business: Business) -> Decision:
        day = city_of(connection).day(min(business.transaction.occurred_at, business.now))
        until = months_after(day, self.entry.valid_months)
        connection.execute(
            insert(certification).values(
                subject=business.subject, valid_until=until, by=str(business.transaction.id), at=business.now
            )
        )
        return confirmed(valid_until=until.isoformat())

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        mine = delete(certification).where(certification.c.by == str(transaction.id))
        return connection.execute(mine).rowcount == 1


def newest(connection: Connection, subject: str) -> date | None:
    """Until when the newest certification holds."""
    found: Any = connection.execute(
        select(certification.c.valid_until)
        .where(certification.c.subject == subject)
        .order_by(certification.c.valid_until.desc())
        .limit(1)
    ).scalar()
    return found if isinstance(found, date) else None


def months_after(day: date, months: int) -> date:
    """The same day of the month, or its last where there is no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)
