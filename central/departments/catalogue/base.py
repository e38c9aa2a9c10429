"""Shared rules of the catalogue's services: eligibility, and the rows of an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

from pydantic import JsonValue
from sqlalchemy import Connection

from central.city_of import city_of
from central.departments.catalogue.eligibility import age_of, reason_against
from central.departments.department import Business, Decision, Enquiry, Visitor, refused
from config.catalogue.entries import Entry
from domain.messages.contract import Transaction, TrustLevel

E = TypeVar("E", bound=Entry)


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
        day = city_of(connection).day(business.now)
        against = reason_against(connection, self.entry, business.subject, day)
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
            against = reason_against(
                connection, self.entry, enquiry.subject, city_of(connection).day(enquiry.now)
            )
            if against:
                return {"refusal": against}
        return {} if enquiry.name == "may" else self.answer(connection, enquiry)

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """The kind's own questions; None for one it does not know."""
        return None

    def age(self, connection: Connection, subject: str, now: datetime) -> int:
        """Years on this day in the city."""
        return age_of(connection, subject, city_of(connection).day(now))
