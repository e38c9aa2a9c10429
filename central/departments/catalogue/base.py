"""Shared rules of the catalogue's services: eligibility, and the rows of an answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import JsonValue
from sqlalchemy import Connection

from central.departments.catalogue.eligibility import age_of, reason_against
from central.departments.department import Business, Decision, Enquiry, Visitor, refused
from config.catalogue.entries import Entry
from drivers.central.contract import Transaction, TrustLevel

CITY = ZoneInfo("Asia/Shanghai")
E = TypeVar("E", bound=Entry)


def city_day(moment: datetime) -> date:
    return moment.astimezone(CITY).date()


def day_begins(moment: datetime) -> datetime:
    """Midnight in the city."""
    return moment.astimezone(CITY).replace(hour=0, minute=0, second=0, microsecond=0)


def row(zh: str, en: str, **more: JsonValue) -> dict[str, JsonValue]:
    """One line of an answer: a title in both languages and what belongs to it."""
    return {"zh": zh, "en": en, **more}


class CatalogueDepartment(Generic[E]):
    """See ``central.departments.department.Department``; a kind overrides what it serves."""

    def __init__(self, entry: E) -> None:
        self.entry = entry

    def apply(self, connection: Connection, business: Business) -> Decision:
        if not business.subject:
            return refused("holder.not_presented")
        if not business.transaction.trust.reaches(TrustLevel(self.entry.trust)):
            return refused("trust.too_low")
        against = reason_against(connection, self.entry, business.subject, city_day(business.now))
        if against and not self.by_staff(business):
            return refused(against)
        return self.book(connection, business)

    def by_staff(self, business: Business) -> bool:
        """Whether this is done by staff about somebody else, so that the staff's own age does not matter."""
        return False

    def book(self, connection: Connection, business: Business) -> Decision:
        """The kind's own business with a holder who may."""
        return refused("central.action_unknown")

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        return False

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]:
        return {}

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``may``: whether this service is for the holder; it is asked before a form is filled in. Whatever
        is asked, the answer is ``refusal`` where it is not."""
        if enquiry.subject:
            against = reason_against(connection, self.entry, enquiry.subject, city_day(enquiry.now))
            if against:
                return {"refusal": against}
        return {} if enquiry.name == "may" else self.answer(connection, enquiry)

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """The kind's own questions; None for one it does not know."""
        return None

    def age(self, connection: Connection, subject: str, now: datetime) -> int:
        """Years on this day in the city."""
        return age_of(connection, subject, city_day(now))
