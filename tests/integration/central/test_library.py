"""The library's rules, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from central.database import Database
from domain.messages.contract import Outcome
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import ANOTHER, BOOK, REFERENCE, Desk

DUE = date(2026, 11, 23) + timedelta(days=28)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_loan_names_its_title_and_the_day_it_is_due(desk: Desk) -> None:
    result = desk.do("borrow", BOOK, "liu-zhiyong")
    assert result.outcome is Outcome.CONFIRMED
    assert result.data["title"] == "红楼梦"
    assert result.data["due_date"] == DUE.isoformat()


@pytest.mark.parametrize(
    ("action", "barcode", "persona", "code"),
    [
        ("borrow", "NOT-OURS-1", "liu-zhiyong", "library.copy_unknown"),
        ("borrow", REFERENCE, "liu-zhiyong", "library.not_lendable"),
        ("borrow", "2371600000119", "liu-zhiyong", "library.copy_on_loan"),
        ("borrow", "2371600000164", "liu-zhiyong", "library.already_yours"),
        ("borrow", BOOK, "trainee", "library.reader_blocked"),
        ("return", BOOK, None, "library.not_on_loan"),
        ("renew", BOOK, "liu-zhiyong", "library.not_on_loan"),
        ("renew", "2371600000119", "liu-zhiyong", "library.not_on_loan"),
        ("burn", BOOK, "liu-zhiyong", "central.action_unknown"),
    ],
)
def test_each_refusal_has_its_code(
    desk: Desk, action: str, barcode: str, persona: str | None, code: str
) -> None:
    result = desk.do(action, barcode, persona)
    assert (result.outcome, result.code) == (Outcome.REFUSED, code)


def test_a_reader_at_the_limit_is_refused_and_after_a_return_is_not(desk: Desk) -> None:
    barcodes = [BOOK, ANOTHER, "2371600000034"]
    results = [desk.do("borrow", barcode, "long-name") for barcode in barcodes]
    assert [result.code for result in results] == ["", "", "library.limit_reached"]
    desk.do("return", BOOK)
    assert desk.do("borrow", barcodes[2], "long-name").outcome is Outcome.CONFIRMED


def test_a_return_needs_no_card_and_frees_the_copy(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    assert desk.do("return", BOOK).outcome is Outcome.CONFIRMED
    assert desk.do("borrow", BOOK, "yang-ying").outcome is Outcome.CONFIRMED


def test_a_late_return_says_how_late(desk: Desk) -> None:
    assert desk.do("return", "2371600000126").data["days_late"] == 12


def test_a_renewal_counts_from_today_and_ends_after_two(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.later(days=10)
    first = desk.do("renew", BOOK, "liu-zhiyong")
    assert first.data["due_date"] == (DUE + timedelta(days=10)).isoformat()
    desk.do("renew", BOOK, "liu-zhiyong")
    assert desk.do("renew", BOOK, "liu-zhiyong").code == "library.renewal_limit"


def test_a_loan_told_of_days_later_is_due_from_the_day_it_was_made(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    desk.later(days=3)
    (result,) = desk.send(made, offline=True)
    assert result.data["due_date"] == DUE.isoformat()


def test_two_desks_that_lent_one_copy_offline_are_told_apart(desk: Desk) -> None:
    other = Desk(desk.database, "BZ-LIB-0002")
    here = desk.make("borrow", BOOK, "liu-zhiyong")
    there = other.make("borrow", BOOK, "yang-ying")
    assert desk.send(here, offline=True)[0].outcome is Outcome.CONFIRMED
    assert other.send(there, offline=True)[0].code == "library.copy_on_loan"


def test_a_book_that_left_beyond_the_limit_while_offline_is_booked_and_marked(desk: Desk) -> None:
    for barcode in (BOOK, ANOTHER):
        desk.do("borrow", barcode, "long-name")
    result = desk.do("borrow", "2371600000034", "long-name", offline=True)
    assert (result.outcome, result.data["over_limit"]) == (Outcome.CONFIRMED, True)


def test_a_return_that_arrives_late_never_ends_a_newer_loan(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.later(hours=1)
    late = desk.make("return", BOOK)
    desk.later(hours=1)
    desk.do("return", BOOK)
    desk.do("borrow", BOOK, "yang-ying")
    (result,) = desk.send(late, offline=True)
    assert result.data["was_on_loan"] is False
    assert desk.identify("yang-ying")["loans"] == 1


def test_the_person_is_told_what_is_on_loan(desk: Desk) -> None:
    desk.do("borrow", BOOK, "yang-ying")
    known = desk.identify("yang-ying")
    assert (known["status"], known["loans"], known["loan_limit"]) == ("active", 1, 10)
    listed = {"barcode": BOOK, "title": "红楼梦", "due_date": DUE.isoformat(), "renewals_left": 2}
    assert known["loan_list"] == [listed]
    assert NOW.year == 2026
