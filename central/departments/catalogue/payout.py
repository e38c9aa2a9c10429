"""Payouts: a fund pays a holder onto the card's account, or in cash at the counter.

Each is a saga over three departments, the register of persons, the fund, the bank: no step is asked before
the one before it is on disk, and what has no answer is gone on with when the terminal repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, func, insert, select, update

from central.city_of import city_of
from central.database import Database
from central.departments.catalogue import reversal, vital_status
from central.departments.catalogue.base import CatalogueDepartment, row
from central.departments.catalogue.payable import (
    Promised,
    left_today,
    needs_second,
    parts_of,
    promised_to,
    take,
)
from central.departments.catalogue.second_person import second_of_staff
from central.departments.department import Business, Decision, Enquiry, refused
from central.departments.money import Bank, BankRefused, BuiltInBank
from central.departments.saga import Refusal
from central.departments.saga_carrying import (
    At,
    Carrying,
    Elsewhere,
    Here,
    Order,
    Participant,
    begin,
    nowhere,
)
from central.departments.saga_tables import fund_movement
from central.departments.tables import due, fund_balance
from central.tables import card, holder
from config.catalogue.entries import Name, Payout, Subsidy
from domain.messages.contract import Delivery, Outcome, Transaction

REGISTER = Name(zh="身份核对", en="Identity")
FUND = Name(zh="资金核准", en="Fund")
BANK = Name(zh="银行入账", en="Bank")
CASH = Name(zh="柜台付现", en="Cash at the counter")


class PayoutDepartment(CatalogueDepartment[Payout]):
    """``bank`` is where the account is kept; ``subsidies`` are those of the catalogue, for their pictures.
    ``elsewhere`` delivers the money in their place: a bank that is asked over a network."""

    def __init__(
        self,
        entry: Payout,
        bank: Bank | None = None,
        subsidies: Mapping[str, Subsidy] = MappingProxyType({}),
        elsewhere: Elsewhere | None = None,
        at: At = nowhere,
    ) -> None:
        super().__init__(entry)
        self.bank = bank or BuiltInBank()
        self.at = at
        self._subsidies = subsidies
        self._elsewhere = elsewhere

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``due``: what may be paid now, line by line, and where to."""
        if enquiry.name != "due" or not enquiry.subject:
            return None
        try:
            found = self.bank.account_of(connection, enquiry.subject)
            paid_to = row(found.bank_zh, found.bank_en, ending=found.ending)
        except BankRefused as refusal:
            return {"refusal": refusal.reason}
        if against := vital_status.reason_against(
            connection, self.entry, enquiry.subject, city_of(connection).day(enquiry.now)
        ):
            return {"refusal": against}
        left = left_today(self.entry, promised_to(connection, enquiry.subject, self.entry, enquiry.now))
        if self.entry.choose_amount:
            balance = self._balance(connection, enquiry.subject)
            most = balance if left is None else min(balance, left)
            if left == 0:
                return {"refusal": "payment.over_limit_today"}
            return {"rows": [], "balance_fen": balance, "most_fen": most, "account": paid_to}
        unpaid = self._unpaid(connection, enquiry.subject)
        parts = parts_of(unpaid, left)
        if unpaid and not parts:
            return {"refusal": "payment.over_limit_today"}
        total = sum(part.fen for part in parts)
        later = sum(int(each.fen) for each in unpaid) - total
        listed: list[JsonValue] = [
            row(
                part.row.title_zh,
                part.row.title_en,
                fen=part.fen,
                period=part.row.period,
                icon=self._icon_of(part.row.subsidy),
            )
            for part in parts
        ]
        return {"rows": listed, "total_fen": total, "later_fen": later, "account": paid_to}

    def by_staff(self, business: Business) -> bool:
        return business.transaction.action == reversal.ACTION

    def book(self, connection: Connection, business: Business) -> Decision:
        """Refuse at once where possible; otherwise write the order down for ``carry_out``."""
        if business.transaction.action == reversal.ACTION:
            return reversal.begin_reversal(connection, self.entry, business)
        if business.transaction.action != "pay":
            return refused("central.action_unknown")
        amount = business.transaction.body.get("amount_fen")
        if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
            return refused("payment.amount_wrong")
        if self.entry.limit_fen and amount > self.entry.limit_fen:
            return refused("payment.over_limit")
        # Two payouts of one person wait for each other: else both would count the other as not there.
        connection.execute(
            select(holder.c.subject).where(holder.c.subject == business.subject).with_for_update()
        )
        promised = promised_to(connection, business.subject, self.entry, business.now)
        left = left_today(self.entry, promised)
        if left is not None and amount > left:
            return refused("payment.over_limit_today", left_fen=left)
        if needs_second(self.entry, amount, promised) and not second_of_staff(connection, business):
            return refused("payment.second_person_needed")
        order = Order(str(business.transaction.id), self.entry.id, business.subject, amount, business.now)
        begin(connection, business.transaction, order, len(self.participants), self.entry.fund)
        return Decision(Outcome.RUNNING)

    def keeps_paid(self, connection: Connection, transaction: Transaction, now: datetime) -> bool:
        """A confirmed payout stays paid whatever its terminal says: two persons reverse it."""
        reversal.note_withdrawal(connection, transaction, now)
        return True

    def carry_out(self, database: Database, delivery: Delivery, now: datetime) -> None:
        carrying = Carrying(database, self.participants, lambda: now, self.at)
        id = str(delivery.transaction.id)
        if delivery.transaction.action == reversal.ACTION:
            with database.read() as connection:
                payout = reversal.payout_of(connection, id)
            if payout:
                carrying.run(payout, withdrawn=True)
                database.write(lambda connection: reversal.settle_reversal(connection, id, now))
            return
        carrying.run(id, withdrawn=delivery.withdrawn, keeps_paid=True)

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Participants in the order they are asked; money that leaves comes last."""
        register = Here(REGISTER, self._check_holder, lambda *_: True)
        fund = Here(FUND, self._take, self._give_back)
        return (register, fund, self.delivery_by)

    @property
    def delivery_by(self) -> Participant:
        if self._elsewhere is not None:
            return self._elsewhere
        if self.entry.delivery == "cash":
            return Here(CASH, lambda *_: None, lambda *_: True)
        return Here(BANK, self._credit, self._debit)

    def _check_holder(self, connection: Connection, order: Order) -> None:
        """Somebody whose every card is reported lost is paid nothing by this card or another."""
        day = city_of(connection).day(order.at)
        against = vital_status.reason_against(connection, self.entry, order.subject, day)
        if against:
            raise Refusal(against)
        usable = connection.execute(
            select(func.count()).where(card.c.subject == order.subject, card.c.locked.is_(False))
        ).scalar_one()
        if not usable:
            raise Refusal("holder.reported_lost")

    def _take(self, connection: Connection, order: Order) -> None:
        if self.entry.choose_amount:
            taken = connection.execute(
                update(fund_balance)
                .where(
                    fund_balance.c.subject == order.subject,
                    fund_balance.c.fund == self.entry.fund,
                    fund_balance.c.balance_fen >= order.amount_fen,
                )
                .values(balance_fen=fund_balance.c.balance_fen - order.amount_fen)
            )
            if not taken.rowcount:
                raise Refusal("payment.too_little_in_fund")
            movement = {"subject": order.subject, "fund": self.entry.fund, "fen": order.amount_fen}
            connection.execute(insert(fund_movement).values(by=order.id, **movement))
            return
        unpaid = self._unpaid(connection, order.subject, lock=True)
        if not unpaid:
            raise Refusal("payment.nothing_due")
        parts = parts_of(unpaid, self._payable(connection, order))
        if sum(part.fen for part in parts) != order.amount_fen:
            raise Refusal("payment.amount_changed")
        take(connection, parts, order.id, order.at)

    def _payable(self, connection: Connection, order: Order) -> int | None:
        """What the limits leave for this order, itself among what was promised; None for no limit."""
        promised = promised_to(connection, order.subject, self.entry, order.at)
        others = Promised(promised.today - order.amount_fen, promised.period - order.amount_fen)
        return left_today(self.entry, others)

    def _give_back(self, connection: Connection, order: Order) -> bool:
        if not self.entry.choose_amount:
            back = update(due).where(due.c.paid_by == order.id).values(paid_by=None, paid_at=None)
            connection.execute(back)
            return True
        taken = connection.execute(
            update(fund_movement)
            .where(fund_movement.c.by == order.id, fund_movement.c.taken_back.is_(False))
            .values(taken_back=True)
        )
        if not taken.rowcount:
            return True
        added = connection.execute(
            update(fund_balance)
            .where(fund_balance.c.subject == order.subject, fund_balance.c.fund == self.entry.fund)
            .values(balance_fen=fund_balance.c.balance_fen + order.amount_fen)
        )
        return added.rowcount == 1

    def _credit(self, connection: Connection, order: Order) -> None:
        try:
            self.bank.move(
                connection,
                order.subject,
                order.amount_fen,
                self.entry.fund,
                self.entry.name,
                order.id,
                order.at,
            )
        except BankRefused as refusal:
            raise Refusal(refusal.reason) from refusal

    def _debit(self, connection: Connection, order: Order) -> bool:
        """Take the amount off the account again, unless it was spent meanwhile."""
        try:
            self.bank.take_back(connection, order.id, order.at)
        except BankRefused:
            return False
        return True

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

    def _icon_of(self, subsidy: str) -> str:
        """The picture of a subsidy; people who cannot read know theirs by it."""
        found = self._subsidies.get(subsidy)
        return found.icon if found else ""
