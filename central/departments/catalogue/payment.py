"""Bills, paid from the card's account; the biller gets the amount, the bank its fee."""

from __future__ import annotations

from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, select, update

from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.departments.money import Bank, BankRefused, BuiltInBank
from central.departments.tables import bill
from config.catalogue.entries import Name, Payment
from domain.messages.contract import Transaction

FEE = Name(zh="手续费", en="Fee")


class PaymentDepartment(CatalogueDepartment[Payment]):
    """``bank`` is where the account is kept."""

    def __init__(self, entry: Payment, bank: Bank | None = None) -> None:
        super().__init__(entry)
        self.bank = bank or BuiltInBank()

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``bills``: the holder's unpaid ones. ``bill``: one by its number, of any holder."""
        match enquiry.name:
            case "bills":
                query = select(bill).where(bill.c.subject == enquiry.subject)
            case "bill":
                query = select(bill).where(bill.c.number == str(enquiry.body.get("number", "")))
            case _:
                return None
        mine = query.where(bill.c.biller == self.entry.biller, bill.c.paid_by.is_(None))
        rows: list[JsonValue] = [_shown(each) for each in connection.execute(mine.order_by(bill.c.due_date))]
        return {"rows": rows}

    def book(self, connection: Connection, business: Business) -> Decision:
        number = business.transaction.body.get("number")
        found = self._locked(connection, number)
        if found is None:
            return refused("payment.no_such_bill")
        if found.paid_by is not None:
            return refused("payment.already_paid")
        if business.transaction.body.get("amount_fen") != found.fen + found.fee_fen:
            return refused("payment.amount_changed")
        by, now = str(business.transaction.id), business.now
        title = Name(zh=found.title_zh, en=found.title_en)
        try:
            if self.bank.account_of(connection, business.subject).balance_fen < found.fen + found.fee_fen:
                return refused("payment.too_little")
            self.bank.move(connection, business.subject, -found.fen, self.entry.biller, title, by, now)
            if found.fee_fen:
                self.bank.move(connection, business.subject, -found.fee_fen, "fee", FEE, by, now)
        except BankRefused as refusal:
            return refused(refusal.reason)
        connection.execute(update(bill).where(bill.c.number == found.number).values(paid_by=by, paid_at=now))
        return confirmed(amount_fen=found.fen, fee_fen=found.fee_fen, zh=found.title_zh, en=found.title_en)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        by = str(transaction.id)
        unpaid = update(bill).where(bill.c.paid_by == by).values(paid_by=None, paid_at=None)
        if not connection.execute(unpaid).rowcount:
            return False
        return self.bank.take_back(connection, by, transaction.occurred_at)

    def _locked(self, connection: Connection, number: JsonValue) -> Row[Any] | None:
        query = select(bill).where(bill.c.number == str(number)[:20], bill.c.biller == self.entry.biller)
        return connection.execute(query.with_for_update()).one_or_none()


def _shown(found: Row[Any]) -> dict[str, JsonValue]:
    return row(
        found.title_zh,
        found.title_en,
        number=found.number,
        fen=found.fen,
        fee_fen=found.fee_fen,
        due_date=found.due_date.isoformat(),
    )
