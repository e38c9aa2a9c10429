"""Payouts: a fund pays a holder onto the card's account, or in cash at the counter.

Each is a saga over three departments: the register of persons, the fund, the bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, func, select, update

from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.departments.money import Bank, BankRefused, BuiltInBank
from central.departments.saga import Refusal, SagaStep, run
from central.departments.tables import due, fund_balance, staff
from central.tables import card, received
from config.catalogue.entries import Name, Payout, Subsidy
from drivers.central.contract import Transaction

REGISTER = Name(zh="身份核对", en="Identity")
FUND = Name(zh="资金核准", en="Fund")
BANK = Name(zh="银行入账", en="Bank")
CASH = Name(zh="柜台付现", en="Cash at the counter")


class PayoutDepartment(CatalogueDepartment[Payout]):
    """``bank`` is where the account is kept; ``subsidies`` are those of the catalogue, for their pictures."""

    def __init__(
        self, entry: Payout, bank: Bank | None = None, subsidies: Mapping[str, Subsidy] = MappingProxyType({})
    ) -> None:
        super().__init__(entry)
        self.bank = bank or BuiltInBank()
        self._subsidies = subsidies

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``due``: what may be paid now, line by line, and where to."""
        if enquiry.name != "due" or not enquiry.subject:
            return None
        try:
            found = self.bank.account_of(connection, enquiry.subject)
            paid_to = row(found.bank_zh, found.bank_en, ending=found.ending)
        except BankRefused as refusal:
            return {"refusal": refusal.reason}
        limit = self.entry.limit_fen
        if self.entry.choose_amount:
            balance = self._balance(connection, enquiry.subject)
            most = min(balance, limit) if limit else balance
            return {"rows": [], "balance_fen": balance, "most_fen": most, "account": paid_to}
        rows = self._unpaid(connection, enquiry.subject)
        total = sum(each.fen for each in rows)
        listed: list[JsonValue] = [
            row(
                each.title_zh,
                each.title_en,
                fen=each.fen,
                period=each.period,
                icon=self._icon_of(each.subsidy),
            )
            for each in rows
        ]
        return {"rows": listed, "total_fen": total, "account": paid_to}

    def book(self, connection: Connection, business: Business) -> Decision:
        amount = business.transaction.body.get("amount_fen")
        if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
            return refused("payment.amount_wrong")
        if self.entry.limit_fen and amount > self.entry.limit_fen:
            return refused("payment.over_limit")
        if self._needs_second(amount) and not self._second_stands(connection, business):
            return refused("payment.second_person_needed")
        result = run(self._steps(connection, business, amount))
        if result.reason:
            return refused(result.reason, steps=result.as_data(), amount_fen=0)
        return confirmed(steps=result.as_data(), amount_fen=amount)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """The money goes back where it came from: nobody was told that it was paid."""
        by = str(transaction.id)
        self.bank.take_back(connection, by, transaction.occurred_at)
        restored = connection.execute(
            update(due).where(due.c.paid_by == by).values(paid_by=None, paid_at=None)
        ).rowcount
        amount = transaction.body.get("amount_fen")
        if self.entry.choose_amount and isinstance(amount, int):
            subject = self._subject_of(connection, by)
            return subject is not None and self._add(connection, subject, amount)
        return restored > 0

    def _steps(self, connection: Connection, business: Business, amount: int) -> list[SagaStep]:
        by, now, subject = str(business.transaction.id), business.now, business.subject
        steps = [
            SagaStep(REGISTER, lambda: self._check_holder(connection, subject), lambda: True),
            SagaStep(
                FUND,
                lambda: self._take(connection, subject, amount, by, now),
                lambda: self._give_back(connection, subject, amount, by),
            ),
        ]
        if self.entry.delivery == "cash":
            return [*steps, SagaStep(CASH, lambda: None, lambda: True)]
        return [
            *steps,
            SagaStep(
                BANK,
                lambda: self._credit(connection, subject, amount, by, now),
                lambda: self.bank.take_back(connection, by, now),
            ),
        ]

    def _check_holder(self, connection: Connection, subject: str) -> None:
        """Somebody whose every card is reported lost is paid nothing by this card or another."""
        usable = connection.execute(
            select(func.count()).where(card.c.subject == subject, card.c.locked.is_(False))
        ).scalar_one()
        if not usable:
            raise Refusal("holder.reported_lost")

    def _take(self, connection: Connection, subject: str, amount: int, by: str, now: datetime) -> None:
        if self.entry.choose_amount:
            taken = connection.execute(
                update(fund_balance)
                .where(
                    fund_balance.c.subject == subject,
                    fund_balance.c.fund == self.entry.fund,
                    fund_balance.c.balance_fen >= amount,
                )
                .values(balance_fen=fund_balance.c.balance_fen - amount)
            )
            if not taken.rowcount:
                raise Refusal("payment.too_little_in_fund")
            return
        unpaid = self._unpaid(connection, subject, lock=True)
        if not unpaid:
            raise Refusal("payment.nothing_due")
        if sum(each.fen for each in unpaid) != amount:
            raise Refusal("payment.amount_changed")
        ids = [each.id for each in unpaid]
        connection.execute(update(due).where(due.c.id.in_(ids)).values(paid_by=by, paid_at=now))

    def _give_back(self, connection: Connection, subject: str, amount: int, by: str) -> bool:
        if self.entry.choose_amount:
            return self._add(connection, subject, amount)
        back = update(due).where(due.c.paid_by == by).values(paid_by=None, paid_at=None)
        return connection.execute(back).rowcount > 0

    def _credit(self, connection: Connection, subject: str, amount: int, by: str, now: datetime) -> None:
        try:
            self.bank.move(connection, subject, amount, self.entry.fund, self.entry.name, by, now)
        except BankRefused as refusal:
            raise Refusal(refusal.reason) from refusal

    def _add(self, connection: Connection, subject: str, amount: int) -> bool:
        added = connection.execute(
            update(fund_balance)
            .where(fund_balance.c.subject == subject, fund_balance.c.fund == self.entry.fund)
            .values(balance_fen=fund_balance.c.balance_fen + amount)
        )
        return added.rowcount == 1

    def _balance(self, connection: Connection, subject: str) -> int:
        found = connection.execute(
            select(fund_balance.c.balance_fen).where(
                fund_balance.c.subject == subject, fund_balance.c.fund == self.entry.fund
            )
        ).scalar()
        return int(found or 0)

    def _unpaid(self, connection: Connection, subject: str, *, lock: bool = False) -> list[Row[Any]]:
        query = (
            select(due)
            .where(due.c.subject == subject, due.c.fund == self.entry.fund, due.c.paid_by.is_(None))
            .order_by(due.c.id)
        )
        return list(connection.execute(query.with_for_update() if lock else query))

    def _needs_second(self, amount: int) -> bool:
        return bool(self.entry.two_person_above_fen) and amount > self.entry.two_person_above_fen

    def _second_stands(self, connection: Connection, business: Business) -> bool:
        second = business.transaction.body.get("second")
        if not isinstance(second, str) or second == business.subject:
            return False
        return connection.execute(select(staff).where(staff.c.subject == second)).first() is not None

    def _subject_of(self, connection: Connection, by: str) -> str | None:
        return connection.execute(select(received.c.subject).where(received.c.id == by)).scalar()

    def _icon_of(self, subsidy: str) -> str:
        """The picture of a subsidy; people who cannot read know theirs by it."""
        found = self._subsidies.get(subsidy)
        return found.icon if found else ""
