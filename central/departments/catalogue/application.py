"""Applications: handed in once, numbered, answered by a day that is told."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from central.departments.catalogue.base import CatalogueDepartment, city_day
from central.departments.department import Business, Decision, confirmed, refused
from central.departments.tables import application
from config.catalogue.entries import Application
from drivers.central.contract import Transaction


class ApplicationDepartment(CatalogueDepartment[Application]):
    """A second application while one is open is refused by its number: nobody waits twice."""

    def book(self, connection: Connection, business: Business) -> Decision:
        fields = business.transaction.body.get("fields")
        wanted = {each.id for each in self.entry.fields}
        if not isinstance(fields, dict) or set(fields) != wanted or not all(fields.values()):
            return refused("application.incomplete")
        mine = select(application.c.number).where(
            application.c.subject == business.subject,
            application.c.service == self.entry.id,
            application.c.status == "received",
        )
        open_number = connection.execute(mine).scalar()
        if open_number is not None:
            return refused("application.already_open", number=open_number)
        today = city_day(business.now)
        count = connection.execute(select(func.count()).select_from(application)).scalar_one()
        number = f"{today:%Y%m%d}{count + 1:06d}"
        answer_by = working_days_after(today, self.entry.days)
        connection.execute(
            insert(application).values(
                number=number,
                subject=business.subject,
                service=self.entry.id,
                fields=fields,
                by=str(business.transaction.id),
                at=business.now,
                answer_by=answer_by,
            )
        )
        return confirmed(number=number, answer_by=answer_by.isoformat())

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        mine = delete(application).where(
            application.c.by == str(transaction.id), application.c.status == "received"
        )
        return connection.execute(mine).rowcount == 1


def working_days_after(day: date, count: int) -> date:
    """Mondays to Fridays; public holidays are the office's own business."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
