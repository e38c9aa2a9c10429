"""Gates of parks and venues: one entry a ticket, free tickets for those who have a right to them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import JsonValue
from sqlalchemy import Connection, func, insert, select, update

from central.city_of import city_of
from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.departments.tables import slot, ticket
from config.catalogue.entries import Admission
from domain.messages.contract import Transaction

EARLY = timedelta(minutes=30)
"""So long before a booked time the gate opens for it."""
FREE_FROM_AGE = 60
FREE_UNTIL_AGE = 17
"""The old and the young enter without booking, as long as the house is not full."""


class AdmissionDepartment(CatalogueDepartment[Admission]):
    """See the module."""

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``slots``: what can still be booked, by day and time."""
        if enquiry.name != "slots":
            return None
        query = (
            select(slot)
            .where(
                slot.c.venue == self.entry.venue,
                slot.c.day >= city_of(connection).day(enquiry.now),
                slot.c.booked < slot.c.quota,
            )
            .order_by(slot.c.day, slot.c.name)
            .limit(6)
        )
        rows: list[JsonValue] = [
            row(
                f"{each.day.isoformat()} {each.name}",
                f"{each.day.isoformat()} {each.name}",
                day=each.day.isoformat(),
                slot=each.name,
                left=each.quota - each.booked,
            )
            for each in connection.execute(query)
        ]
        return {"rows": rows}

    def book(self, connection: Connection, business: Business) -> Decision:
        match self.entry.step:
            case "enter":
                return self._enter(connection, business)
            case "leave":
                return self._leave(connection, business)
            case "book":
                return self._book_slot(connection, business)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        by = str(transaction.id)
        free = ticket.delete().where(ticket.c.booked_by == by, ticket.c.entered_by == by)
        if connection.execute(free).rowcount:
            return True
        out = update(ticket).where(ticket.c.entered_by == by).values(entered_at=None, entered_by=None)
        if connection.execute(out).rowcount:
            return True
        booked = connection.execute(
            ticket.delete()
            .where(ticket.c.booked_by == by, ticket.c.entered_by.is_(None))
            .returning(ticket.c.venue, ticket.c.day, ticket.c.slot)
        ).one_or_none()
        if booked is None:
            return False
        mine = (slot.c.venue == booked.venue, slot.c.day == booked.day, slot.c.name == booked.slot)
        connection.execute(update(slot).where(*mine).values(booked=slot.c.booked - 1))
        return True

    def _enter(self, connection: Connection, business: Business) -> Decision:
        city = city_of(connection)
        moment = min(business.transaction.occurred_at, business.now)
        day, by = city.day(moment), str(business.transaction.id)
        found = connection.execute(
            select(ticket)
            .where(
                ticket.c.venue == self.entry.venue,
                ticket.c.day == day,
                ticket.c.subject == business.subject,
            )
            .with_for_update()
        ).one_or_none()
        if found is not None and found.entered_at is not None:
            return refused(
                "admission.already_entered",
                at=f"{city.local(found.entered_at):%H:%M}",
            )
        if found is not None and not in_time(found.slot, city.local(moment)):
            return refused("admission.wrong_time", slot=found.slot)
        if found is not None:
            entered = {"entered_at": moment, "entered_by": by}
            connection.execute(update(ticket).where(ticket.c.id == found.id).values(**entered))
            return confirmed(slot=found.slot, free=False)
        if not self._free(connection, business):
            return refused("admission.no_ticket")
        if self._full(connection, day) and not business.accepted_offline:
            return refused("admission.full")
        connection.execute(
            insert(ticket).values(
                venue=self.entry.venue,
                day=day,
                slot="",
                subject=business.subject,
                booked_by=by,
                entered_at=moment,
                entered_by=by,
            )
        )
        return confirmed(slot="", free=True)

    def _leave(self, connection: Connection, business: Business) -> Decision:
        moment = min(business.transaction.occurred_at, business.now)
        left = connection.execute(
            update(ticket)
            .where(
                ticket.c.venue == self.entry.venue,
                ticket.c.day == city_of(connection).day(moment),
                ticket.c.subject == business.subject,
                ticket.c.entered_at.is_not(None),
            )
            .values(left_at=moment)
        )
        if not left.rowcount and not business.accepted_offline:
            return refused("admission.not_inside")
        return confirmed(at=f"{moment.astimezone(city_of(connection).zone):%H:%M}")

    def _book_slot(self, connection: Connection, business: Business) -> Decision:
        body = business.transaction.body
        try:
            day = date.fromisoformat(str(body.get("day")))
        except ValueError:
            return refused("admission.no_such_slot")
        name = str(body.get("slot", ""))[:20]
        wanted = (slot.c.venue == self.entry.venue, slot.c.day == day, slot.c.name == name)
        known = select(ticket.c.slot).where(
            ticket.c.venue == self.entry.venue, ticket.c.day == day, ticket.c.subject == business.subject
        )
        already = connection.execute(known).scalar()
        if already is not None:
            return refused("admission.already_booked", slot=already)
        taken = connection.execute(
            update(slot).where(*wanted, slot.c.booked < slot.c.quota).values(booked=slot.c.booked + 1)
        )
        if not taken.rowcount:
            exists = connection.execute(select(slot.c.quota).where(*wanted)).scalar()
            return refused("admission.no_such_slot" if exists is None else "admission.full")
        connection.execute(
            insert(ticket).values(
                venue=self.entry.venue,
                day=day,
                slot=name,
                subject=business.subject,
                booked_by=str(business.transaction.id),
            )
        )
        return confirmed(day=day.isoformat(), slot=name)

    def _full(self, connection: Connection, day: date) -> bool:
        """As many of a day's places as there are were booked, or taken by those who need not book."""
        of_day = (slot.c.venue == self.entry.venue, slot.c.day == day)
        locked = connection.execute(
            select(slot.c.quota, slot.c.booked).where(*of_day).with_for_update()
        ).all()
        if not locked:
            return False
        unbooked = select(func.count()).where(
            ticket.c.venue == self.entry.venue,
            ticket.c.day == day,
            ticket.c.slot == "",
            ticket.c.entered_at.is_not(None),
        )
        taken = sum(each.booked for each in locked) + connection.execute(unbooked).scalar_one()
        return bool(taken >= sum(each.quota for each in locked))

    def _free(self, connection: Connection, business: Business) -> bool:
        age = self.age(connection, business.subject, business.now)
        return age >= FREE_FROM_AGE or age <= FREE_UNTIL_AGE


def in_time(name: str, now: datetime) -> bool:
    """Whether somebody with a ticket for ``09:00-11:00`` may enter now; one without a time may all day."""
    begins, _, ends = name.partition("-")
    try:
        first, last = time.fromisoformat(begins), time.fromisoformat(ends)
    except ValueError:
        return True
    begin, end = (datetime.combine(now.date(), each, now.tzinfo) for each in (first, last))
    return begin - EARLY <= now <= end
