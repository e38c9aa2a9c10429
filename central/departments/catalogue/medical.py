"""A patient's way through a hospital: registered, settled with an insurance and an own part, refunded."""

from __future__ import annotations

from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, insert, select, update

from central.city_of import city_of
from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.catalogue.insurance import split
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.departments.money import Bank, BankRefused, BuiltInBank
from central.departments.numbering import next_number
from central.departments.tables import medical_bill, medical_visit
from config.catalogue.entries import Medical, Name
from domain.messages.contract import Transaction

HOSPITAL = Name(zh="医疗费个人支付", en="Own part of a hospital bill")
REFUND = Name(zh="医疗费退费", en="Refund of a hospital bill")


class MedicalDepartment(CatalogueDepartment[Medical]):
    """``bank`` is where the account is kept."""

    def __init__(self, entry: Medical, bank: Bank | None = None) -> None:
        super().__init__(entry)
        self.bank = bank or BuiltInBank()

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``open``: bills to settle, split already. ``settled``: bills that may be given back."""
        mine = select(medical_bill).where(medical_bill.c.subject == enquiry.subject)
        match enquiry.name:
            case "open":
                age = self.age(connection, enquiry.subject, enquiry.now)
                rows: list[JsonValue] = []
                for each in connection.execute(mine.where(medical_bill.c.settled_by.is_(None))):
                    parts = split(each.total_fen, each.excluded_fen, age, city_of(connection).said.insurance)
                    rows.append(_shown(each, parts.insured_fen, parts.own_fen))
                return {"rows": rows}
            case "settled":
                settled = mine.where(
                    medical_bill.c.settled_by.is_not(None), medical_bill.c.refunded_by.is_(None)
                )
                listed: list[JsonValue] = [
                    _shown(each, each.insured_fen, each.own_fen) for each in connection.execute(settled)
                ]
                return {"rows": listed}
        return None

    def book(self, connection: Connection, business: Business) -> Decision:
        match self.entry.step:
            case "register":
                return self._register(connection, business)
            case "settle":
                return self._settle(connection, business)
            case "refund":
                return self._refund(connection, business)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        by = str(transaction.id)
        match self.entry.step:
            case "register":
                cancel = update(medical_visit).where(medical_visit.c.registered_by == by)
                return connection.execute(cancel.values(cancelled=True)).rowcount == 1
            case "settle":
                unsettled = update(medical_bill).where(
                    medical_bill.c.settled_by == by, medical_bill.c.refunded_by.is_(None)
                )
                empty = {"settled_by": None, "settled_at": None, "insured_fen": None, "own_fen": None}
                if not connection.execute(unsettled.values(empty)).rowcount:
                    return False
                self.bank.take_back(connection, by, transaction.occurred_at)
                return True
            case "refund":
                return False

    def _register(self, connection: Connection, business: Business) -> Decision:
        wanted = business.transaction.body.get("clinic")
        clinic = next((each for each in self.entry.clinics if each.en == wanted), None)
        if clinic is None:
            return refused("medical.no_such_clinic")
        day = city_of(connection).day(business.now)
        of_day = (medical_visit.c.day == day, medical_visit.c.clinic_en == clinic.en)
        mine = select(medical_visit.c.number).where(
            *of_day, medical_visit.c.subject == business.subject, medical_visit.c.cancelled.is_(False)
        )
        already = connection.execute(mine).scalar()
        if already is not None:
            return refused("medical.already_registered", number=already, zh=clinic.zh, en=clinic.en)
        number = next_number(connection, f"clinic {day:%Y%m%d} {clinic.en}")
        connection.execute(
            insert(medical_visit).values(
                subject=business.subject,
                clinic_zh=clinic.zh,
                clinic_en=clinic.en,
                number=number,
                day=day,
                registered_by=str(business.transaction.id),
                cancelled=False,
            )
        )
        return confirmed(number=number, zh=clinic.zh, en=clinic.en)

    def _settle(self, connection: Connection, business: Business) -> Decision:
        found = self._bill(connection, business)
        if found is None:
            return refused("medical.no_such_bill")
        if found.settled_by is not None:
            return refused("medical.already_settled")
        parts = split(
            found.total_fen,
            found.excluded_fen,
            self.age(connection, business.subject, business.now),
            city_of(connection).said.insurance,
        )
        if business.transaction.body.get("amount_fen") != parts.own_fen:
            return refused("payment.amount_changed")
        by = str(business.transaction.id)
        try:
            if parts.own_fen:
                self.bank.move(
                    connection, business.subject, -parts.own_fen, "hospital", HOSPITAL, by, business.now
                )
        except BankRefused as refusal:
            return refused(refusal.reason)
        connection.execute(
            update(medical_bill)
            .where(medical_bill.c.id == found.id)
            .values(
                settled_by=by,
                settled_at=business.now,
                insured_fen=parts.insured_fen,
                own_fen=parts.own_fen,
            )
        )
        return confirmed(**_shown(found, parts.insured_fen, parts.own_fen))

    def _refund(self, connection: Connection, business: Business) -> Decision:
        found = self._bill(connection, business)
        if found is None or found.settled_by is None:
            return refused("medical.no_such_bill")
        if found.refunded_by is not None:
            return refused("medical.already_refunded")
        by = str(business.transaction.id)
        try:
            if found.own_fen:
                self.bank.move(
                    connection, business.subject, found.own_fen, "refund", REFUND, by, business.now
                )
        except BankRefused as refusal:
            return refused(refusal.reason)
        connection.execute(update(medical_bill).where(medical_bill.c.id == found.id).values(refunded_by=by))
        return confirmed(**_shown(found, found.insured_fen, found.own_fen))

    def _bill(self, connection: Connection, business: Business) -> Row[Any] | None:
        number = business.transaction.body.get("bill")
        if not isinstance(number, int) or isinstance(number, bool):
            return None
        query = select(medical_bill).where(
            medical_bill.c.id == number, medical_bill.c.subject == business.subject
        )
        return connection.execute(query.with_for_update()).one_or_none()


def _shown(found: Row[Any], insured_fen: int, own_fen: int) -> dict[str, JsonValue]:
    return row(
        found.title_zh,
        found.title_en,
        bill=found.id,
        total_fen=found.total_fen,
        insured_fen=insured_fen,
        own_fen=own_fen,
    )
