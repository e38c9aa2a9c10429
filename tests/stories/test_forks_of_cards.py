"""Cards that serve nobody, that are lost and replaced, and the account behind one (S5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from central.departments.tables import account
from central.tables import card, library_loan, received
from domain.cards.numbers import card_number_is_plausible
from domain.messages.contract import TrustLevel
from drivers.virtual.disturbance import Disturbance
from terminal.services.catalogue.lost_for_another import REPLACE
from terminal.visit.states import ChoosingService
from terminal.visit.steps import (
    Ask,
    Certainty,
    Choose,
    Collect,
    EnterPin,
    SetPin,
    Text,
    text,
)
from tests.cities import VirtualBlankCard, card_of, personas
from tests.stories.fork_steps import change, of
from tests.stories.plain_counter import PlainCounter, plain_counter


@pytest.mark.parametrize(
    ("persona", "reason"), [("locked", "card.locked"), ("expired", "card.expired")], ids=["locked", "expired"]
)
def test_a_card_that_is_no_good_is_told_so_before_anything(tmp_path: Path, persona: str, reason: str) -> None:
    with plain_counter(tmp_path, "catalogue:village") as counter:
        counter.lay(persona)
        assert counter.refused_for() == reason


def test_a_card_reported_lost_a_moment_ago_serves_nobody(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
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
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
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
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
        ready_to_report(counter, lost.social_security_number, "杨影")
        counter.pin()
        assert counter.refused_for() == "card_management.no_such_holder"
        assert counter.rows(select(card.c.locked).where(card.c.subject == of("yang-ying"))) == [(False,)]


def test_nobody_but_a_clerk_types_anothers_number(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
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
    with plain_counter(tmp_path, "library", "catalogue:card-office") as counter:
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
        assert counter.refused_for() == "hotlist.blocked"
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
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
        ordered(counter)
        nothing_there = counter.choose("replace.laid")
        assert isinstance(nothing_there, Choose)
        assert [line.title for line in nothing_there.lines] == [Text("fault.card.absent")]
        counter.choose("replace.stop")
        assert counter.result().reason == text("replace.stopped")


def test_who_does_not_agree_has_no_account_in_use(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:bank") as counter:
        counter.lay("li-peijun")
        counter.choose("activate-account")
        counter.choose("activation.decline")
        assert counter.nothing_to_do_for() == "activation.not_agreed"
        assert (
            counter.rows(select(account.c.active).where(account.c.subject == of("li-peijun")))[0][0] is False
        )


def test_an_account_opened_elsewhere_meanwhile_is_not_opened_again(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:bank") as counter:
        counter.lay("li-peijun")
        counter.choose("activate-account")
        counter.choose("activation.agree")
        assert isinstance(counter.pin(), SetPin)
        change(counter, update(account).where(account.c.subject == of("li-peijun")).values(active=True))
        counter.pin("271828")
        assert counter.nothing_to_do_for() == "activation.already_active"


def test_the_five_minute_clock_is_told_and_kept(tmp_path: Path) -> None:
    with plain_counter(tmp_path, "catalogue:bank") as counter:
        counter.lay("li-peijun")
        counter.choose("activate-account")
        counter.choose("activation.agree")
        counter.pin()
        counter.pin("271828")
        clock = counter.result().reason
        assert clock is not None
        assert (clock.id, dict(clock.args)["minutes"]) == ("activation.took", "0")


def ready_to_replace(counter: PlainCounter, number: str, name: str) -> None:
    """A clerk's own card, the person typed from a document: up to the clerk's PIN."""
    counter.lay("liu-zhiyong")
    assert isinstance(counter.choose("replace-card-for"), Ask)
    assert isinstance(counter.type("lost-number", number), Ask)
    assert isinstance(counter.type("lost-name", name), Choose)
    assert isinstance(counter.choose(REPLACE), EnterPin)


def test_a_clerk_has_a_card_replaced_for_somebody_with_nothing_to_show(tmp_path: Path) -> None:
    lost = personas()["yang-ying"]
    clerk_on_record = select(received.c.subject).where(received.c.action == "replace-for")
    with plain_counter(tmp_path, "library", "catalogue:card-office") as counter:
        ready_to_replace(counter, lost.social_security_number, lost.name)
        assert isinstance(counter.pin(), Choose)
        assert counter.rows(clerk_on_record.where(received.c.subject == of("liu-zhiyong")))
        assert counter.rows(select(card.c.locked).where(card.c.subject == of("yang-ying"))) == [(True,)]
        torn = VirtualBlankCard()
        counter.lay_blank(torn, Disturbance(torn_after=12))
        blank = VirtualBlankCard()
        counter.lay_blank(blank)
        assert counter.result().certainty is Certainty.CONFIRMED
        assert lost.name not in str(counter.result())
        counter.take_away()
        counter.lay("liu-zhiyong")
        assert isinstance(counter.stage, ChoosingService)
        counter.take_away()
        counter.lay_card(blank)
        assert isinstance(counter.stage, ChoosingService)
        assert counter.stage.facts.holder is not None
        assert counter.stage.facts.holder.masked_name == "杨*"


def test_a_name_that_is_not_the_numbers_replaces_nothing(tmp_path: Path) -> None:
    lost = personas()["yang-ying"]
    with plain_counter(tmp_path, "catalogue:card-office") as counter:
        ready_to_replace(counter, lost.social_security_number, "杨影")
        counter.pin()
        assert counter.refused_for() == "card_management.no_such_holder"
        assert counter.rows(select(card.c.locked).where(card.c.subject == of("yang-ying"))) == [(False,)]
        counter.take_away()
        counter.lay("yang-ying")
        counter.choose("replace-card-for")
        assert counter.refused_for() == "card_management.clerk_only"
