"""Payouts over three departments: every step failing, silent, killed between; no fen lost or doubled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from central import alarms
from central.database import Database
from central.departments.catalogue.payout import BANK, PayoutDepartment
from central.departments.department import Department
from central.departments.registry import DEPARTMENTS
from central.departments.saga import Do, Ended, NoAnswer, Refusal, StepState, Undo, next_move
from central.departments.saga_carrying import Elsewhere, Order
from central.departments.tables import account, fund_balance, staff
from central.tables import card as card_table
from config.catalogue.entries import Payout
from config.catalogue.loading import catalogue
from domain.messages.contract import Outcome, TransactionResult
from tests.integration.central.catalogue_desk import CatalogueDesk

YANG = "yang-ying"
SERVICE = "housing-fund-withdrawal"
IN_FUND, ON_ACCOUNT, AMOUNT = 8_643_218, 128_650, 2_000_000
STAFF, SECOND_ABOVE = "liu-zhiyong", 10_000_000


@pytest.fixture
def desk(database: Database) -> CatalogueDesk:
    return CatalogueDesk(database)


def pay(desk: CatalogueDesk, amount: int = AMOUNT, **more: Any) -> TransactionResult:
    return desk.do(SERVICE, "pay", YANG, amount_fen=amount, **more)


def fund(desk: CatalogueDesk, persona: str = YANG) -> int:
    query = select(fund_balance.c.balance_fen).where(fund_balance.c.subject == desk.subject(persona))
    return int(desk.one(query))


def steps(result: TransactionResult) -> list[str]:
    told = result.data["steps"]
    assert isinstance(told, list)
    return [str(each["outcome"]) for each in told if isinstance(each, dict)]


def as_before(desk: CatalogueDesk) -> bool:
    return (fund(desk), desk.balance(YANG)) == (IN_FUND, ON_ACCOUNT)


def test_money_leaves_the_fund_and_is_on_the_account(desk: CatalogueDesk) -> None:
    result = pay(desk)
    assert (result.outcome, steps(result)) == (Outcome.CONFIRMED, ["done", "done", "done"])
    assert (fund(desk), desk.balance(YANG)) == (IN_FUND - AMOUNT, ON_ACCOUNT + AMOUNT)


def test_the_same_transaction_again_moves_nothing(desk: CatalogueDesk) -> None:
    made = desk.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    first, second = desk.send(made), desk.send(made)
    assert first == second
    assert desk.movements(YANG) == [AMOUNT]


def cards_all_lost(desk: CatalogueDesk) -> None:
    """Reported lost a moment after this card was read: the register refuses, not the door."""
    lost = update(card_table).where(card_table.c.subject == desk.subject(YANG)).values(locked=True)
    desk.database.write(lambda connection: connection.execute(lost))


def fund_emptied(desk: CatalogueDesk) -> None:
    less = update(fund_balance).where(fund_balance.c.subject == desk.subject(YANG)).values(balance_fen=1)
    desk.database.write(lambda connection: connection.execute(less))


def account_closed(desk: CatalogueDesk) -> None:
    closed = update(account).where(account.c.subject == desk.subject(YANG)).values(active=False)
    desk.database.write(lambda connection: connection.execute(closed))


FAILURES: dict[str, tuple[Callable[[CatalogueDesk], None], str, list[str]]] = {
    "identity": (cards_all_lost, "holder.reported_lost", ["failed", "not_tried", "not_tried"]),
    "fund": (fund_emptied, "payment.too_little_in_fund", ["undone", "failed", "not_tried"]),
    "bank": (account_closed, "payment.account_not_active", ["undone", "undone", "failed"]),
}


@pytest.mark.parametrize(("spoil", "reason", "told"), FAILURES.values(), ids=FAILURES.keys())
def test_when_a_step_fails_the_ones_before_it_are_undone_and_all_is_told(
    desk: CatalogueDesk, spoil: Callable[[CatalogueDesk], None], reason: str, told: list[str]
) -> None:
    made = desk.make(SERVICE, "pay", YANG, amount_fen=AMOUNT, credential=presented(desk))
    spoil(desk)
    before = (fund(desk), desk.balance(YANG))
    result = desk.send(made)
    assert (result.outcome, result.code, steps(result)) == (Outcome.REFUSED, reason, told)
    assert (fund(desk), desk.balance(YANG)) == before
    assert desk.send(made) == result


def presented(desk: CatalogueDesk) -> Any:
    """The holder as this terminal already knows her: nobody looks at her card again."""
    from tests.integration.central.desk import presented as as_known

    return as_known(desk.seen(YANG))


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (20_000_001, "payment.over_limit"),
        (0, "payment.amount_wrong"),
        (-5, "payment.amount_wrong"),
        (True, "payment.amount_wrong"),
        ("2000000", "payment.amount_wrong"),
        (2000000.0, "payment.amount_wrong"),
    ],
)
def test_an_amount_that_may_not_be_is_refused_before_anybody_is_asked(
    desk: CatalogueDesk, amount: Any, reason: str
) -> None:
    assert pay(desk, amount).code == reason
    assert as_before(desk)


def test_without_the_pin_nothing_is_paid(desk: CatalogueDesk) -> None:
    from domain.messages.contract import TrustLevel

    assert pay(desk, trust=TrustLevel.VERIFIED).code == "trust.too_low"
    assert as_before(desk)


def test_a_large_amount_needs_a_second_person_whom_this_terminal_saw(desk: CatalogueDesk) -> None:
    amount = SECOND_ABOVE + 100
    rich = update(fund_balance).where(fund_balance.c.subject == desk.subject(YANG))
    desk.database.write(lambda connection: connection.execute(rich.values(balance_fen=amount)))
    clerk, other = desk.subject(STAFF), desk.seen("visitor")
    for second in (None, "", desk.seen(YANG), clerk, other):
        assert pay(desk, amount, second=second).code == "payment.second_person_needed"
    desk.seen(STAFF)
    assert pay(desk, amount, second=clerk).outcome is Outcome.CONFIRMED
    assert desk.movements(YANG) == [amount]


def test_a_day_has_its_limit(database: Database) -> None:
    entry = catalogue().services[SERVICE]
    assert isinstance(entry, Payout)
    limited = entry.model_copy(update={"limit_fen": 3_000_000, "limit_day_fen": 3_000_000})
    desk = CatalogueDesk(database, {**DEPARTMENTS, SERVICE: PayoutDepartment(limited)})
    assert pay(desk, 2_000_000).outcome is Outcome.CONFIRMED
    assert desk.ask(SERVICE, "due", YANG)["most_fen"] == 1_000_000
    second = pay(desk, 1_000_001)
    assert (second.code, second.data["left_fen"]) == ("payment.over_limit_today", 1_000_000)
    assert pay(desk, 1_000_000).outcome is Outcome.CONFIRMED
    assert desk.ask(SERVICE, "due", YANG) == {"refusal": "payment.over_limit_today"}
    desk.later(days=1)
    assert pay(desk, 1_000_000).outcome is Outcome.CONFIRMED


def reverse(desk: CatalogueDesk, payout: str, **more: Any) -> TransactionResult:
    """By two of the staff, the second seen after the first."""
    desk.seen(STAFF)
    second = second_of_the_staff(desk)
    return desk.do(SERVICE, "reverse", STAFF, payout=payout, **{"second": second, **more})


def second_of_the_staff(desk: CatalogueDesk) -> str:
    subject = desk.seen("visitor")
    known = select(staff.c.subject).where(staff.c.subject == subject)
    if not desk.rows(known):
        desk.database.write(lambda c: c.execute(insert(staff).values(subject=subject)))
    return subject


# A bank that is asked over a network


@dataclass
class FarBank:
    """Keeps its own books by the order's id. ``silent``: no answer comes back; ``deaf``: it hears nothing."""

    silent: bool = False
    deaf: bool = False
    refusal: str = ""
    spent: bool = False
    credited: dict[str, int] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)

    def do(self, order: Order) -> None:
        if self.deaf:
            raise NoAnswer("no connection")
        if self.refusal:
            raise Refusal(self.refusal)
        if order.id not in self.never:
            self.credited[order.id] = order.amount_fen
        if self.silent:
            raise NoAnswer("carried out, and the answer was lost")

    def undo(self, order: Order) -> bool:
        if self.deaf:
            raise NoAnswer("no connection")
        if self.spent:
            return False
        self.never.add(order.id)
        self.credited.pop(order.id, None)
        if self.silent:
            raise NoAnswer("undone, and the answer was lost")
        return True


@pytest.fixture
def bank() -> FarBank:
    return FarBank()


@pytest.fixture
def far(database: Database, bank: FarBank) -> CatalogueDesk:
    entry = catalogue().services[SERVICE]
    assert isinstance(entry, Payout)
    department: Department = PayoutDepartment(entry, elsewhere=Elsewhere(BANK, bank.do, bank.undo))
    return CatalogueDesk(database, {**DEPARTMENTS, SERVICE: department})


def test_a_bank_that_did_not_answer_is_asked_again_and_pays_once(far: CatalogueDesk, bank: FarBank) -> None:
    bank.silent = True
    made = far.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    assert far.send(made).outcome is Outcome.RUNNING
    assert far.send(made).outcome is Outcome.RUNNING
    assert fund(far) == IN_FUND - AMOUNT
    bank.silent = False
    assert far.send(made).outcome is Outcome.CONFIRMED
    assert list(bank.credited.values()) == [AMOUNT]


def test_what_the_person_was_told_is_not_done_is_undone_also_at_a_bank_that_was_silent(
    far: CatalogueDesk, bank: FarBank
) -> None:
    bank.silent = True
    made = far.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    assert far.send(made).outcome is Outcome.RUNNING
    assert far.send(made, withdrawn=True).outcome is Outcome.RUNNING
    bank.silent = False
    assert far.send(made, withdrawn=True).outcome is Outcome.WITHDRAWN
    assert (fund(far), bank.credited) == (IN_FUND, {})
    assert far.send(made).outcome is Outcome.WITHDRAWN, "a late try is never carried out"


def test_a_confirmed_payout_stays_paid_whatever_its_terminal_says(far: CatalogueDesk, bank: FarBank) -> None:
    """FC-44: a person hears of it, and two persons reverse it."""
    made = far.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    assert far.send(made).outcome is Outcome.CONFIRMED
    assert far.send(made, withdrawn=True).outcome is Outcome.CONFIRMED
    assert (fund(far), bank.credited) == (IN_FUND - AMOUNT, {str(made.id): AMOUNT})
    with far.database.read() as connection:
        assert [each["kind"] for each in alarms.listed(connection)] == ["paid_withdrawn"]
    assert reverse(far, str(made.id)).outcome is Outcome.CONFIRMED
    assert (fund(far), bank.credited) == (IN_FUND, {})
    assert far.send(made).outcome is Outcome.WITHDRAWN
    assert reverse(far, str(made.id)).code == "payment.nothing_to_reverse"


def test_a_bank_that_refuses_gives_the_money_back_to_the_fund(far: CatalogueDesk, bank: FarBank) -> None:
    bank.refusal = "payment.bank_refused"
    result = pay(far)
    assert (result.code, steps(result)) == ("payment.bank_refused", ["undone", "undone", "failed"])
    assert fund(far) == IN_FUND


def test_what_cannot_be_undone_is_told_as_it_stands_and_raises_an_alarm(
    far: CatalogueDesk, bank: FarBank
) -> None:
    made = far.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    assert far.send(made).outcome is Outcome.CONFIRMED
    bank.spent = True
    assert reverse(far, str(made.id)).code == "payment.not_undone"
    result = far.send(made)
    assert (result.outcome, steps(result)) == (Outcome.CONFIRMED, ["undone", "undone", "stands"])
    with far.database.read() as connection:
        assert [each["kind"] for each in alarms.listed(connection)] == ["saga_stands"]


def test_while_one_worker_waits_for_the_bank_another_leaves_it_alone(
    far: CatalogueDesk, bank: FarBank
) -> None:
    made = far.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    seen: list[Outcome] = []
    pays = bank.do

    def slow(order: Order) -> None:
        pays(order)
        seen.append(far.send(made).outcome)

    entry = catalogue().services[SERVICE]
    assert isinstance(entry, Payout)
    far.departments = {
        **DEPARTMENTS,
        SERVICE: PayoutDepartment(entry, elsewhere=Elsewhere(BANK, slow, bank.undo)),
    }
    assert far.send(made).outcome is Outcome.CONFIRMED
    assert seen == [Outcome.RUNNING]
    assert list(bank.credited.values()) == [AMOUNT]


# The centre killed between steps

POINTS = ("done 0", "done 1", "done 2")


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("told_no", [False, True], ids=["repeated", "withdrawn"])
def test_the_centre_killed_after_a_step_goes_on_where_it_was(
    desk: CatalogueDesk, point: str, *, told_no: bool
) -> None:
    made = desk.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.integration.central.dying_centre", "send"],
        input="\n".join(
            (desk.database.engine.url.render_as_string(hide_password=False), point, made.model_dump_json())
        ),
        text=True,
        check=False,
        capture_output=True,
    )
    assert (killed.returncode, killed.stderr) == (9, "")
    desk.later(seconds=11)
    result = desk.send(made, withdrawn=told_no)
    if told_no:
        assert result.outcome is Outcome.WITHDRAWN
        assert as_before(desk)
    else:
        assert result.outcome is Outcome.CONFIRMED
        assert (fund(desk), desk.movements(YANG)) == (IN_FUND - AMOUNT, [AMOUNT])


# The rule itself


def test_from_every_state_a_saga_comes_to_an_end_and_never_does_a_step_twice() -> None:
    """All 343 states of three steps, wanted and not: carried out move by move it ends, and what ended whole
    has every step done, what did not has none done."""
    for states, wanted in product(product(StepState, repeat=3), (True, False)):
        current, moves = list(states), 0
        while not isinstance(move := next_move(current, wanted=wanted), Ended):
            moves += 1
            assert moves <= 6
            match move:
                case Do(step):
                    assert current[step] in (StepState.NOT_TRIED, StepState.ASKED)
                    current[step] = StepState.DONE
                case Undo(step):
                    assert all(
                        state not in (StepState.DONE, StepState.ASKED) for state in current[step + 1 :]
                    )
                    current[step] = StepState.UNDONE
        if move.whole:
            assert wanted
            assert current == [StepState.DONE] * 3
        else:
            assert StepState.DONE not in current
            assert move.clean == (StepState.STANDS not in current)


@pytest.mark.parametrize("last_s", [9, 10, 11])
def test_two_workers_on_one_saga_do_each_step_once(far: CatalogueDesk, bank: FarBank, last_s: int) -> None:
    """The bank takes so long that the first worker no longer holds the saga and a second finishes it: what
    the first does afterwards moves nothing. Before it runs out, the second keeps off."""
    made = far.make(SERVICE, "pay", YANG, amount_fen=AMOUNT)
    seen: list[Outcome] = []
    pays = bank.do

    def slow(order: Order) -> None:
        pays(order)
        if not seen:
            far.later(seconds=last_s)
            seen.append(Outcome.RUNNING)
            seen.append(far.send(made).outcome)

    entry = catalogue().services[SERVICE]
    assert isinstance(entry, Payout)
    far.departments = {
        **DEPARTMENTS,
        SERVICE: PayoutDepartment(entry, elsewhere=Elsewhere(BANK, slow, bank.undo)),
    }
    assert far.send(made).outcome is Outcome.CONFIRMED
    assert seen[1] is (Outcome.RUNNING if last_s < 10 else Outcome.CONFIRMED)
    assert list(bank.credited.values()) == [AMOUNT]
    assert fund(far) == IN_FUND - AMOUNT
