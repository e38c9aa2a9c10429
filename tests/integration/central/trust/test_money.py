"""Money: limits over services and days, partial payment, preconditions, reversals (FC-35 to 37, FC-44)."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product

import pytest
from sqlalchemy import delete, func, insert, select, update

from central.database import Database
from central.departments.catalogue import vital_status
from central.departments.catalogue.payout import PayoutDepartment
from central.departments.catalogue.vital_status import FeedUnreadable
from central.departments.registry import DEPARTMENTS
from central.departments.saga_tables import saga
from central.departments.tables import certification, due, fund_balance, staff
from config.catalogue.entries import Payout
from config.catalogue.loading import catalogue
from domain.messages.contract import Outcome, Transaction
from tests.cities import personas
from tests.integration.central.catalogue_desk import CatalogueDesk, said
from tests.integration.central.conftest import NOW

SHUNLI, FIRST, SECOND = "liu-shunli", "liu-zhiyong", "visitor"
CASH, CARD = "pension-collection", "pension-on-card"
LIMIT = 500_000


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    desk = CatalogueDesk(database)
    visitor = desk.subject(SECOND)
    desk.database.write(lambda c: c.execute(insert(staff).values(subject=visitor)))
    return desk


def owes(desk: CatalogueDesk, *amounts: int, fund: str = "pension") -> None:
    """What the fund owes, in place of what was seeded."""
    subject = desk.subject(SHUNLI)
    row = {"subject": subject, "fund": fund, "title_zh": "养老金", "title_en": "Pension", "period": "2026-11"}

    def put(connection: object) -> None:
        connection.execute(delete(due).where(due.c.subject == subject))  # type: ignore[attr-defined]
        for fen in amounts:
            connection.execute(insert(due).values(**row, fen=fen))  # type: ignore[attr-defined]

    desk.database.write(put)


def unpaid(desk: CatalogueDesk) -> int:
    mine = (due.c.subject == desk.subject(SHUNLI), due.c.paid_by.is_(None))
    return int(desk.one(select(func.coalesce(func.sum(due.c.fen), 0)).where(*mine)))


def settled(desk: CatalogueDesk) -> int:
    """What the centre's own ledger says was paid."""
    mine = (saga.c.subject == desk.subject(SHUNLI), saga.c.outcome == Outcome.CONFIRMED.value)
    return int(desk.one(select(func.coalesce(func.sum(saga.c.amount_fen), 0)).where(*mine)))


def reverse(desk: CatalogueDesk, payout: str, amount: int, service: str = CASH, **more: object) -> str:
    desk.seen(FIRST)
    values: dict[str, object] = {
        "second": desk.seen(SECOND),
        "cash_returned": True,
        "amount_fen": amount,
        **more,
    }
    return said(desk.do(service, "reverse", FIRST, payout=payout, **values))


def test_five_payouts_of_the_two_person_limit_need_two_persons(database: Database) -> None:
    """FC-35, over days and over two services of one fund."""
    entry = catalogue().services["housing-fund-withdrawal"]
    assert isinstance(entry, Payout)
    twin = entry.model_copy(update={"id": "housing-fund-twin"})
    desk = CatalogueDesk(database, {**DEPARTMENTS, twin.id: PayoutDepartment(twin)})
    rich = update(fund_balance).where(fund_balance.c.subject == desk.subject("yang-ying"))
    desk.database.write(lambda connection: connection.execute(rich.values(balance_fen=10**9)))
    above = entry.two_person_above_fen
    assert said(desk.do(entry.id, "pay", "yang-ying", amount_fen=above)) == "confirmed"
    for service in (entry.id, twin.id):
        desk.later(days=3)
        for amount in (above, 1):
            answer = desk.do(service, "pay", "yang-ying", amount_fen=amount)
            assert answer.code == "payment.second_person_needed", service
    desk.later(days=entry.two_person_days)
    assert said(desk.do(twin.id, "pay", "yang-ying", amount_fen=above)) == "confirmed"


def test_the_second_person_comes_after_the_first_in_the_same_visit(desk: CatalogueDesk) -> None:
    entry = catalogue().services["housing-fund-withdrawal"]
    assert isinstance(entry, Payout)
    above = entry.two_person_above_fen + 1
    rich = update(fund_balance).where(fund_balance.c.subject == desk.subject("yang-ying"))
    desk.database.write(lambda connection: connection.execute(rich.values(balance_fen=10**9)))
    early = desk.seen(FIRST)
    desk.later(seconds=1)
    desk.seen("yang-ying")
    pays: Callable[[], str] = lambda: said(  # noqa: E731
        desk.do(entry.id, "pay", "yang-ying", amount_fen=above, second=early)
    )
    assert pays() == "payment.second_person_needed"
    desk.seen(FIRST)
    desk.later(minutes=16)
    assert pays() == "payment.second_person_needed"
    desk.seen(FIRST)
    assert pays() == "confirmed"


def test_arrears_above_the_limit_are_paid_in_part_each_day(desk: CatalogueDesk) -> None:
    """FC-36: 6,000.00 against 5,000.00, as one due, as two, as a hundred."""
    for amounts in ((600_000,), (300_000, 300_000), (6_000,) * 100):
        owes(desk, *amounts)
        answer = desk.ask(CASH, "due", SHUNLI)
        assert (answer["total_fen"], answer["later_fen"]) == (LIMIT, 100_000)
        assert said(desk.do(CASH, "pay", SHUNLI, amount_fen=600_000)) == "payment.over_limit"
        assert said(desk.do(CASH, "pay", SHUNLI, amount_fen=LIMIT)) == "confirmed"
        assert unpaid(desk) == 100_000
        assert desk.ask(CASH, "due", SHUNLI) == {"refusal": "payment.over_limit_today"}
        assert said(desk.do(CASH, "pay", SHUNLI, amount_fen=100_000)) == "payment.over_limit_today"
        desk.later(days=1)
        assert desk.ask(CASH, "due", SHUNLI)["total_fen"] == 100_000
        assert said(desk.do(CASH, "pay", SHUNLI, amount_fen=100_000)) == "confirmed"
        assert unpaid(desk) == 0
        desk.later(days=1)


def test_a_fund_pays_the_living_who_are_certified(desk: CatalogueDesk) -> None:
    """FC-37: at the question and at the payout, by every service of the fund."""
    number = personas()[SHUNLI].social_security_number
    owes(desk, 1000)

    def refusals() -> set[str]:
        asked = {str(desk.ask(each, "due", SHUNLI).get("refusal")) for each in (CASH, CARD)}
        return asked | {said(desk.do(each, "pay", SHUNLI, amount_fen=1000)) for each in (CASH, CARD)}

    def feed(*lines: str) -> tuple[int, int]:
        return desk.database.write(lambda c: vital_status.take_feed(c, lines, desk.now))

    assert feed("number,status,day", f"{number},dead,2026-11-20", "11010519491231002X,dead,2026-01-01") == (
        1,
        1,
    )
    assert refusals() == {"payment.reported_dead"}
    assert said(desk.do("life-certification", "certify", SHUNLI)) != ""
    assert refusals() == {"payment.reported_dead"}, "a certification revives nobody"
    feed(f"{number},alive,2026-11-19")
    assert refusals() == {"payment.reported_dead"}, "an older report changes nothing"
    feed(f"{number},alive,2026-11-21")
    gone = update(certification).where(certification.c.subject == desk.subject(SHUNLI))
    desk.database.write(lambda c: c.execute(gone.values(valid_until=date(2026, 11, 22))))
    assert refusals() == {"payment.not_certified"}
    desk.database.write(lambda c: c.execute(gone.values(valid_until=date(2026, 11, 23))))
    assert said(desk.do(CASH, "pay", SHUNLI, amount_fen=1000)) == "confirmed"


@pytest.mark.parametrize("line", ["a", "1,2", "37,dead,now", "37,maybe,2026-11-20", "1,dead,2026-11-20,x"])
def test_a_feed_with_a_mistake_is_taken_not_at_all(desk: CatalogueDesk, line: str) -> None:
    number = personas()[SHUNLI].social_security_number
    with pytest.raises(FeedUnreadable, match="2"):
        desk.database.write(lambda c: vital_status.take_feed(c, [f"{number},dead,2026-11-20", line], NOW))
    with desk.database.read() as connection:
        assert not vital_status.reported_dead(connection, desk.subject(SHUNLI))


def test_cash_is_reversed_by_two_persons_with_the_cash(desk: CatalogueDesk) -> None:
    """FC-44: one person, the payee, no cash, another amount, another service: refused, nothing is due."""
    owes(desk, 1000)
    made = desk.make(CASH, "pay", SHUNLI, amount_fen=1000)
    assert said(desk.send(made)) == "confirmed"
    for _ in range(3):
        assert said(desk.send(made, withdrawn=True)) == "confirmed"
        assert said(desk.send(made, withdrawn=True, offline=True)) == "confirmed"
    id = str(made.id)
    assert reverse(desk, id, 1000, second=None) == "payment.second_person_needed"
    assert reverse(desk, id, 1000, second=desk.subject(FIRST)) == "payment.second_person_needed"
    assert reverse(desk, id, 1000, second=desk.subject(SHUNLI)) == "payment.second_person_needed"
    assert reverse(desk, id, 1000, cash_returned=False) == "payment.cash_not_returned"
    assert reverse(desk, id, 1000, cash_returned="yes") == "payment.cash_not_returned"
    assert reverse(desk, id, 999) == "payment.cash_not_returned"
    assert reverse(desk, id, 1000, CARD) == "payment.nothing_to_reverse"
    assert said(desk.do(CASH, "reverse", SHUNLI, payout=id)) == "payment.clerk_only"
    assert (unpaid(desk), settled(desk)) == (0, 1000)
    assert reverse(desk, id, 1000) == "confirmed"
    assert (unpaid(desk), settled(desk)) == (1000, 0)


@dataclass
class Model:
    """An independent book of one due of 1000 fen: what is owed, what was paid out."""

    owed: int = 1000
    paid: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def step(self, name: str, id: str, of: str) -> None:
        if name in ("payout", "repeat") and id not in self.paid and id not in self.closed and self.owed:
            self.paid[id], self.owed = self.owed, 0
        if name == "withdrawal" and id not in self.paid:
            self.closed.add(id)
        if name == "refund" and of in self.paid:
            self.owed += self.paid.pop(of)
            self.closed.add(of)


STEPS = ("payout", "void", "withdrawal", "refund", "repeat", "crash")
LONGEST = 6


def sequences() -> Iterator[tuple[str, ...]]:
    """Every sequence up to 2 and a fixed sample of each longer length; with ``ONECARD_EVERY`` all 55,986."""
    every_one = bool(os.environ.get("ONECARD_EVERY"))
    choose = random.Random(44)  # noqa: S311
    for length in range(1, LONGEST + 1):
        every = list(product(STEPS, repeat=length))
        yield from every if every_one or length <= 2 else choose.sample(every, 12)


def test_every_sequence_settles_as_an_independent_model(desk: CatalogueDesk) -> None:
    """``void``: one person alone tries to reverse; ``crash``: the batch is applied and never carried out."""
    walked = 0
    for sequence in sequences():
        desk.database.write(lambda c: c.execute(delete(saga)))
        desk.later(days=1)
        owes(desk, 1000)
        model = Model()
        made: Transaction = desk.make(CASH, "pay", SHUNLI, amount_fen=1000)
        for name in sequence:
            if name == "payout" and str(made.id) in model.closed:
                made = desk.make(CASH, "pay", SHUNLI, amount_fen=1000)
            of = str(made.id)
            match name:
                case "payout" | "repeat":
                    desk.send(made)
                case "withdrawal":
                    desk.send(made, withdrawn=True)
                case "void":
                    assert reverse(desk, of, 1000, second=None) != "confirmed"
                case "refund":
                    reverse(desk, of, 1000)
                case "crash":
                    desk.later(seconds=11)
            model.step(name, of, of)
            assert unpaid(desk) == model.owed, sequence
            assert settled(desk) == sum(model.paid.values()), sequence
        walked += 1
    assert walked >= 90


def test_no_random_sequence_passes_the_limit_or_leaves_money_stuck(desk: CatalogueDesk) -> None:
    """Amounts, services and days at random: no day pays more than the limit, all is paid in the end."""
    chance = random.Random(35)  # noqa: S311
    for _ in range(12):
        owes(desk, *(chance.randrange(1, 900_000) for _ in range(chance.randrange(1, 5))))
        desk.later(days=1)
        for _ in range(40):
            if not unpaid(desk):
                break
            paid_today = 0
            for _ in range(chance.randrange(1, 4)):
                offered = desk.ask(CASH, "due", SHUNLI)
                amount = chance.choice([int(str(offered.get("total_fen", 1))), LIMIT, LIMIT + 1, 1])
                if said(desk.do(CASH, "pay", SHUNLI, amount_fen=amount)) == "confirmed":
                    paid_today += amount
            assert paid_today <= LIMIT
            desk.later(days=1)
        while desk.ask(CASH, "due", SHUNLI).get("total_fen"):
            offered = desk.ask(CASH, "due", SHUNLI)
            assert said(desk.do(CASH, "pay", SHUNLI, amount_fen=offered["total_fen"])) == "confirmed"
            desk.later(days=1)
        assert unpaid(desk) == 0
