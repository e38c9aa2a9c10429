"""Where the stories may go wrong: what the person is told, and that nobody's money is lost or doubled."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from central.database import Database
from central.departments.tables import account, attendance, due, fund_balance, gathering, posting, ticket
from central.tables import card, holder, library_loan
from config.personas import personas
from drivers.cards.numbers import card_number_is_plausible
from drivers.central.contract import TrustLevel
from drivers.virtual.blank_card import VirtualBlankCard
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.personas import card_of
from terminal.visit.states import ChoosingService
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    Collect,
    EnterPin,
    Finish,
    Present,
    SetPin,
    Text,
    text,
)
from tests.stories.plain_counter import PlainCounter, plain_counter

WITHDRAWAL = "housing-fund-withdrawal"
SIX_WRONG = "000000"


@contextmanager
def at(directory: Path, *services: str) -> Iterator[PlainCounter]:
    with plain_counter(directory, *services) as counter:
        yield counter


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


# S2: housing fund


def test_a_wrong_pin_is_told_and_the_right_one_pays_once(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        ready_to_pay(counter)
        assert isinstance(counter.pin(SIX_WRONG), EnterPin)
        assert isinstance(counter.pin(), Finish)
        assert counter.result().certainty is Certainty.CONFIRMED
        assert len(counter.result().lines) == 3
        assert counter.rows(select(func.count()).select_from(posting))[0][0] == 1


def test_a_card_whose_pin_is_locked_pays_nothing(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        before = (in_fund(counter), balance(counter, "yang-ying"))
        ready_to_pay(counter)
        counter.pin(SIX_WRONG)
        counter.pin(SIX_WRONG)
        counter.pin(SIX_WRONG)
        assert counter.refused_for() == "card.pin_blocked"
        assert (in_fund(counter), balance(counter, "yang-ying")) == before
        assert counter.entries() == []


def test_more_than_there_is_is_asked_again(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        counter.lay("yang-ying")
        counter.choose(WITHDRAWAL)
        for too_much in ("99999999", "0", "-1", "abc", "86432.19"):
            asked = counter.type("amount", too_much)
            assert isinstance(asked, Ask)
            assert asked.mistake is not None
        assert isinstance(counter.type("amount", "86432.18"), Choose)


def test_the_bank_says_no_and_each_step_is_told(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        ready_to_pay(counter)
        before = in_fund(counter)
        change(counter, update(account).where(account.c.subject == of("yang-ying")).values(active=False))
        counter.pin()
        assert counter.refused_for() == "payment.account_not_active"
        steps = [line.note.id for line in counter.result().lines]
        assert steps == ["catalogue.step.undone", "catalogue.step.undone", "catalogue.step.failed"]
        assert in_fund(counter) == before


def test_a_large_amount_waits_for_a_clerk_and_the_holder_is_none(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        rich = update(fund_balance).where(fund_balance.c.subject == of("yang-ying"))
        change(counter, rich.values(balance_fen=15_000_000))
        ready_to_pay(counter, "120000")
        assert isinstance(counter.pin(), Present)
        counter.lay_another("yang-ying")
        assert isinstance(counter.settled(), Present)
        counter.lay_another("liu-zhiyong")
        assert counter.result().certainty is Certainty.CONFIRMED
        assert in_fund(counter) == 3_000_000


def test_somebody_who_is_no_clerk_does_not_stand_for_one(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        rich = update(fund_balance).where(fund_balance.c.subject == of("yang-ying"))
        change(counter, rich.values(balance_fen=15_000_000))
        ready_to_pay(counter, "120000")
        counter.pin()
        counter.lay_another("visitor")
        assert counter.refused_for() == "payment.second_person_needed"
        assert in_fund(counter) == 15_000_000


def lost_before(counter: PlainCounter) -> Callable[[], None]:
    """The centre dies before it hears of it."""
    counter.central.kill()
    return counter.central.start


def lost_during(counter: PlainCounter) -> Callable[[], None]:
    """The centre stands still, and carries out later what the person was told is not done."""
    pid = counter.central.pid
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("lose", [lost_before, lost_during])
def test_the_centre_is_lost_in_mid_payout_and_nothing_is_paid_twice(
    tmp_path: Path, lose: Callable[[PlainCounter], Callable[[], None]]
) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        before = (in_fund(counter), balance(counter, "yang-ying"))
        ready_to_pay(counter)
        regain: list[Callable[[], None]] = []
        counter.terminal._submission._at = lambda point: (
            regain.append(lose(counter)) if point == "before send" and not regain else None
        )
        counter.pin()
        assert counter.refused_for() in ("offline.not_allowed", "offline.not_finished")
        counter.take_away()
        regain[0]()
        counter.until("the centre was told", lambda: delivered(counter))
        assert (in_fund(counter), balance(counter, "yang-ying")) == before
        ready_to_pay(counter)
        counter.pin()
        assert counter.result().certainty is Certainty.CONFIRMED
        assert balance(counter, "yang-ying") - before[1] == 2_000_000
        assert before[0] - in_fund(counter) == 2_000_000


def delivered(counter: PlainCounter) -> bool:
    counter.terminal.forwarder.new_work()
    return counter.terminal.journal.backlog.pending == 0


def test_a_phone_cannot_give_a_pin_and_is_told_what_to_do(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:government") as counter:
        counter.show_phone("yang-ying")
        counter.choose(WITHDRAWAL)
        counter.type("amount", "100")
        assert isinstance(counter.choose("payout.collect"), EnterPin)
        before = counter.stage
        from terminal.visit.events import PinTyped

        counter.do(PinTyped("123456"))
        assert counter.stage == before
        notice = counter.terminal.kiosk.counter.notice
        assert notice is not None
        assert notice.id == "fault.visit.card_for_pin"
        assert counter.entries() == []


# S3 and S4: pensions and subsidies in the village


def test_a_pension_is_collected_once(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:village") as counter:
        collect(counter, "liu-shunli", "pension-collection")
        counter.take_away()
        counter.lay("liu-shunli")
        counter.choose("pension-collection")
        assert counter.refused_for() == "payment.nothing_due"


def collect(counter: PlainCounter, persona: str, service: str) -> None:
    counter.lay(persona)
    assert isinstance(counter.choose(service), Choose)
    assert isinstance(counter.choose("payout.collect"), EnterPin)
    counter.pin()
    assert counter.result().certainty is Certainty.CONFIRMED


def test_what_came_in_between_is_looked_at_again_before_it_is_paid(tmp_path: Path) -> None:
    """The list on the screen is what is paid, or nothing is."""
    with at(tmp_path, "catalogue:village") as counter:
        counter.lay("li-xinhua")
        counter.choose("subsidy-collection")
        counter.choose("payout.collect")
        more = update(due).where(due.c.subject == of("li-xinhua"), due.c.subsidy == "grain-growers")
        change(counter, more.values(fen=90_000))
        counter.pin()
        assert counter.refused_for() == "payment.amount_changed"
        assert counter.rows(select(due.c.id).where(due.c.paid_by.is_not(None))) == []


def test_without_the_centre_a_pension_is_not_paid_and_that_is_told_at_once(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:village") as counter:
        counter.lay("liu-shunli")
        counter.central.kill()
        counter.choose("pension-collection")
        assert counter.refused_for() == "offline.not_allowed"
        assert counter.entries() == []


@pytest.mark.parametrize(
    ("persona", "reason"), [("locked", "card.locked"), ("expired", "card.expired")], ids=["locked", "expired"]
)
def test_a_card_that_is_no_good_is_told_so_before_anything(tmp_path: Path, persona: str, reason: str) -> None:
    with at(tmp_path, "catalogue:village") as counter:
        counter.lay(persona)
        assert counter.refused_for() == reason


def test_a_card_reported_lost_a_moment_ago_serves_nobody(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:card-office") as counter:
        counter.show_phone("yang-ying")
        assert isinstance(counter.choose("report-lost"), Choose)
        counter.choose("card:0022")
        counter.choose("card-management.confirm")
        assert counter.result().certainty is Certainty.CONFIRMED
        counter.take_away()
        counter.lay("yang-ying")
        assert counter.refused_for() in ("holder.reported_lost", "hotlist.blocked")


def ready_to_report(counter: PlainCounter, number: str, name: str) -> None:
    """A clerk with an own card, up to the PIN."""
    counter.lay("liu-zhiyong")
    assert isinstance(counter.choose("report-lost-for"), Ask)
    mistyped = counter.type("lost-number", f"{number[:-1]}{'0' if number[-1] != '0' else '1'}")
    assert isinstance(mistyped, Ask)
    assert mistyped.mistake is not None
    assert isinstance(counter.type("lost-number", number), Ask)
    assert isinstance(counter.type("lost-name", name), Choose)
    assert isinstance(counter.choose("lost.card-and-phone"), EnterPin)


def test_a_clerk_reports_a_card_lost_for_somebody_with_nothing_to_show(tmp_path: Path) -> None:
    lost = personas()["yang-ying"]
    with at(tmp_path, "catalogue:card-office") as counter:
        ready_to_report(counter, lost.social_security_number, lost.name)
        counter.pin()
        assert counter.result().certainty is Certainty.CONFIRMED
        shown = str(counter.result())
        assert lost.card_number[-4:] in shown
        assert lost.social_security_number not in shown
        assert lost.name not in shown
        counter.take_away()
        counter.lay("yang-ying")
        assert counter.refused_for() in ("holder.reported_lost", "hotlist.blocked")


def test_a_name_that_is_not_the_numbers_locks_nothing(tmp_path: Path) -> None:
    lost = personas()["yang-ying"]
    with at(tmp_path, "catalogue:card-office") as counter:
        ready_to_report(counter, lost.social_security_number, "杨影")
        counter.pin()
        assert counter.refused_for() == "card_management.no_such_holder"
        assert counter.rows(select(card.c.locked).where(card.c.subject == of("yang-ying"))) == [(False,)]


def test_nobody_but_a_clerk_types_anothers_number(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:card-office") as counter:
        counter.lay("yang-ying")
        counter.choose("report-lost-for")
        assert counter.refused_for() == "card_management.clerk_only"
        assert counter.entries() == []


def ordered(counter: PlainCounter) -> Choose:
    """The card is lost, the phone is there: up to the blank card."""
    counter.show_phone("yang-ying")
    assert isinstance(counter.choose("replace-card"), Choose)
    asked = counter.choose("card-management.confirm")
    assert isinstance(asked, Choose)
    return asked


def test_a_card_is_replaced_at_once_and_only_the_new_one_serves(tmp_path: Path) -> None:
    lent = select(library_loan).where(library_loan.c.subject == of("yang-ying"))
    lent = lent.where(library_loan.c.barcode == "2371600000010")
    with at(tmp_path, "library", "catalogue:card-office") as counter:
        ordered(counter)
        assert counter.rows(select(card.c.locked).where(card.c.subject == of("yang-ying"))) == [(True,)]
        torn = VirtualBlankCard()
        spoilt = counter.lay_blank(torn, Disturbance(torn_after=12))
        assert isinstance(spoilt, Choose)
        assert spoilt.question == Text("fault.card.spoilt.next")
        assert [line.title for line in spoilt.lines] == [Text("fault.card.spoilt")]
        again = counter.lay_blank(torn)
        assert isinstance(again, Choose)
        assert not torn.written
        another = counter.lay_blank(card_of("visitor"))
        assert isinstance(another, Choose)
        assert [line.title for line in another.lines] == [Text("fault.card.not_blank")]
        blank = VirtualBlankCard()
        counter.lay_blank(blank)
        assert counter.result().certainty is Certainty.CONFIRMED
        (new,) = counter.rows(select(card).where(card.c.subject == of("yang-ying")))
        assert card_number_is_plausible(new.card_number)
        assert counter.result().largest == text("replace.new_card", ending=new.card_number[-4:])
        journalled = sorted(each.action for each in counter.entries())
        assert journalled == ["replace", "spoilt", "spoilt", "written"]
        counter.take_away()
        counter.lay("yang-ying")
        assert counter.refused_for() in ("holder.unknown", "hotlist.blocked", "holder.reported_lost")
        counter.take_away()
        counter.lay_card(blank)
        assert isinstance(counter.stage, ChoosingService)
        assert counter.stage.facts.holder is not None
        assert counter.stage.facts.trust is TrustLevel.VERIFIED
        counter.choose("library")
        counter.scan("2371600000010")
        assert isinstance(counter.choose("library.borrow"), Collect)
        counter.until("it is lent", lambda: bool(counter.rows(lent)))


def test_who_stops_is_told_that_the_old_card_is_locked_and_no_new_one_is_there(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:card-office") as counter:
        ordered(counter)
        nothing_there = counter.choose("replace.laid")
        assert isinstance(nothing_there, Choose)
        assert [line.title for line in nothing_there.lines] == [Text("fault.card.absent")]
        counter.choose("replace.stop")
        assert counter.result().reason == text("replace.stopped")


# S5: the card's account


def test_who_does_not_agree_has_no_account_in_use(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:bank") as counter:
        counter.lay("li-peijun")
        counter.choose("activate-account")
        counter.choose("activation.decline")
        assert counter.refused_for() == "activation.not_agreed"
        assert (
            counter.rows(select(account.c.active).where(account.c.subject == of("li-peijun")))[0][0] is False
        )


def test_an_account_opened_elsewhere_meanwhile_is_not_opened_again(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:bank") as counter:
        counter.lay("li-peijun")
        counter.choose("activate-account")
        counter.choose("activation.agree")
        assert isinstance(counter.pin(), SetPin)
        change(counter, update(account).where(account.c.subject == of("li-peijun")).values(active=True))
        counter.pin("271828")
        assert counter.refused_for() == "activation.already_active"


def test_the_five_minute_clock_is_told_and_kept(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:bank") as counter:
        counter.lay("li-peijun")
        counter.choose("activate-account")
        counter.choose("activation.agree")
        counter.pin()
        counter.pin("271828")
        clock = counter.result().reason
        assert clock is not None
        assert (clock.id, dict(clock.args)["minutes"]) == ("activation.took", "0")


# S8: who came and who left


def test_late_without_signing_in_and_when_nothing_is_on(tmp_path: Path) -> None:
    with at(tmp_path, "training-hall") as counter:
        counter.lay_at_door("trainee")
        counter.choose("attendance.sign-out")
        assert counter.refused_for() == "attendance.not_signed_in"
        counter.take_away()
        from datetime import UTC, datetime, timedelta

        began = datetime.now(UTC) - timedelta(minutes=12)
        change(counter, update(gathering).values(starts_at=began))
        counter.lay_at_door("trainee")
        counter.choose("attendance.sign-in")
        late = counter.result().reason
        assert late is not None
        assert (late.id, dict(late.args)["minutes"]) == ("attendance.late", "12")
        counter.take_away()
        change(counter, delete(attendance), delete(gathering))
        counter.lay_at_door("trainee")
        counter.choose("attendance.sign-in")
        assert counter.refused_for() == "attendance.nothing_on"


def test_a_clerk_writes_in_who_could_not_sign_in(tmp_path: Path) -> None:
    with at(tmp_path, "training-hall") as counter:
        counter.lay_at_door("trainee")
        assert isinstance(counter.choose("attendance.make-up"), Present)
        counter.lay_another("liu-zhiyong")
        assert counter.result().certainty is Certainty.CONFIRMED
        (row,) = counter.rows(select(attendance.c.made_up_by))
        assert row.made_up_by


def test_signing_in_while_alone_is_promised_and_counted_for_its_time(tmp_path: Path) -> None:
    with at(tmp_path, "training-hall") as counter:
        counter.lay_at_door("trainee")
        counter.central.kill()
        counter.choose("attendance.sign-in")
        assert counter.result().certainty is Certainty.ACCEPTED
        counter.take_away()
        counter.central.start()
        counter.until("it was delivered", lambda: delivered(counter))
        assert len(counter.rows(select(attendance).where(attendance.c.came_at.is_not(None)))) == 1


# S9: the museum


def test_the_same_ticket_at_two_gates_while_alone_is_promised_twice_and_one_is_for_the_clerk(
    tmp_path: Path,
) -> None:
    with at(tmp_path, "museum-entrance") as counter:
        counter.lay("visitor")
        assert counter.result().certainty is Certainty.CONFIRMED
        counter.take_away()
        counter.lay("visitor")
        assert counter.refused_for() == "admission.already_entered"
        counter.take_away()
        counter.lay("yang-ying")
        assert counter.refused_for() == "admission.no_ticket"
        assert len(counter.rows(select(ticket).where(ticket.c.entered_at.is_not(None)))) == 1


# S10: the hospital


def test_who_has_nothing_to_settle_and_nothing_to_get_back(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:hospital") as counter:
        for service in ("hospital-settlement", "hospital-refund"):
            counter.lay("visitor")
            counter.choose(service)
            assert counter.refused_for() == "medical.no_such_bill"
            counter.take_away()


def test_a_patient_with_too_little_on_the_account_is_not_settled(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:hospital") as counter:
        poor = update(account).where(account.c.subject == of("patient")).values(balance_fen=100)
        change(counter, poor)
        counter.lay("patient")
        counter.choose("hospital-settlement")
        counter.choose("medical.agree")
        counter.pin()
        assert counter.refused_for() == "payment.too_little"
        assert balance(counter, "patient") == 100


# Bills


def test_a_bill_is_paid_by_its_barcode(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:street") as counter:
        counter.lay("yang-ying")
        assert isinstance(counter.choose("pay-electricity"), Choose)
        shown = counter.scan("E20261100001")
        assert isinstance(shown, Choose)
        assert [line.note.args[0][1] for line in shown.lines] == ["128.35", "0.50"]
        counter.choose("payment.pay")
        counter.pin()
        assert counter.result().certainty is Certainty.CONFIRMED


def test_a_barcode_that_is_no_bill_is_told(tmp_path: Path) -> None:
    with at(tmp_path, "catalogue:street") as counter:
        counter.lay("yang-ying")
        counter.choose("pay-electricity")
        counter.scan("2371600000010")
        assert counter.refused_for() == "payment.no_such_bill"
