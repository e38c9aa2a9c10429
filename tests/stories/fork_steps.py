"""What the forks have in common: looking into the centre's books, changing them, paying up to the PIN."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from central.database import Database
from central.departments.tables import account, fund_balance
from central.tables import holder
from terminal.visit.steps import (
    Ask,
    Choose,
    EnterPin,
)
from tests.cities import personas
from tests.stories.plain_counter import PlainCounter

WITHDRAWAL = "housing-fund-withdrawal"


def of(persona: str) -> Any:
    number = personas()[persona].social_security_number
    return select(holder.c.subject).where(holder.c.social_security_number == number).scalar_subquery()


def balance(counter: PlainCounter, persona: str) -> int:
    (row,) = counter.rows(select(account.c.balance_fen).where(account.c.subject == of(persona)))
    return int(row.balance_fen)


def in_fund(counter: PlainCounter, persona: str = "yang-ying") -> int:
    (row,) = counter.rows(select(fund_balance.c.balance_fen).where(fund_balance.c.subject == of(persona)))
    return int(row.balance_fen)


def change(counter: PlainCounter, *statements: Any) -> None:
    database = Database(counter.database_url)
    try:
        for statement in statements:
            database.write(lambda connection, each=statement: connection.execute(each))
    finally:
        database.close()


def ready_to_pay(counter: PlainCounter, amount: str = "20000", persona: str = "yang-ying") -> None:
    """Up to the PIN."""
    counter.lay(persona)
    assert isinstance(counter.choose(WITHDRAWAL), Ask)
    assert isinstance(counter.type("amount", amount), Choose)
    assert isinstance(counter.choose("payout.collect"), EnterPin)


def delivered(counter: PlainCounter) -> bool:
    counter.terminal.forwarder.new_work()
    return counter.terminal.journal.backlog.pending == 0
