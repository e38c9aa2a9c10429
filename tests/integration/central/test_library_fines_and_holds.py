"""Fines, holds, kinds of readers and closed days, on both databases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import JsonValue
from sqlalchemy import update

from central.database import Database
from central.department_seeding import opaque
from central.departments.registry import DEPARTMENTS
from central.questions import answer
from central.tables import library_patron
from domain.messages.contract import Outcome, Question, TransactionResult
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import ANOTHER, BOOK, Desk

CLERK, READER, OTHER = "liu-zhiyong", "yang-ying", "visitor"
OVERDUE = "2371600000126"
"""Lent to the visitor forty days ago, twelve days late now; the reader asked for it."""


class Library(Desk):
    def pay(self, persona: str, fen: int, clerk: str = CLERK) -> TransactionResult:
        body: dict[str, JsonValue] = {"amount_fen": fen, "second": opaque(clerk, "subject")}
        return self.send(self.with_body("pay", persona, body))[0]

    def account(self, persona: str) -> dict[str, Any]:
        subject = str(self.identify(persona)["subject"])
        question = Question(terminal=self.terminal, subject=subject, service="library", name="account")
        with self.database.read() as connection:
            return dict(answer(connection, question, DEPARTMENTS, self.now))

    def become(self, persona: str, **values: object) -> None:
        subject = opaque(persona, "subject")
        self.database.write(
            lambda connection: connection.execute(
                update(library_patron).where(library_patron.c.subject == subject).values(**values)
            )
        )


@pytest.fixture
def desk(database: Database) -> Library:
    return Library(database)


def test_a_late_book_costs_by_the_day_and_the_fine_is_shown_until_it_is_paid(desk: Library) -> None:
    assert desk.do("return", OVERDUE).data["fine_fen"] == 120
    account = desk.account(OTHER)
    assert account["owed_fen"] == 120
    assert account["fines"] == [{"title": "彷徨", "days_late": 12, "fen": 120}]
    paid = desk.pay(OTHER, 120)
    assert (paid.outcome, paid.data) == (Outcome.CONFIRMED, {"paid_fen": 120, "owed_fen": 0})
    assert desk.account(OTHER)["owed_fen"] == 0


def test_a_fine_stops_at_its_cap(desk: Library) -> None:
    desk.later(days=400)
    assert desk.do("return", OVERDUE).data["fine_fen"] == 500


def test_a_return_in_time_told_of_late_costs_nothing(desk: Library) -> None:
    desk.do("borrow", BOOK, READER)
    desk.later(days=28)
    returned = desk.make("return", BOOK)
    desk.later(days=5)
    (result,) = desk.send(returned, offline=True)
    assert (result.data["days_late"], result.data.get("fine_fen")) == (0, None)


@pytest.mark.parametrize(
    ("fen", "clerk", "code"),
    [
        (119, CLERK, "library.owed_changed"),
        (121, CLERK, "library.owed_changed"),
        (120, "long-name", "library.clerk_needed"),
        (120, OTHER, "library.clerk_needed"),
    ],
)
def test_a_payment_is_what_is_owed_and_a_clerk_took_it(
    desk: Library, fen: int, clerk: str, code: str
) -> None:
    desk.do("return", OVERDUE)
    assert desk.pay(OTHER, fen, clerk).code == code
    assert desk.account(OTHER)["owed_fen"] == 120


def test_a_clerk_does_not_take_the_clerks_own_money(desk: Library) -> None:
    assert desk.pay(CLERK, 0).code == "library.clerk_needed"


def test_nothing_owed_is_nothing_to_pay(desk: Library) -> None:
    desk.do("return", OVERDUE)
    desk.pay(OTHER, 120)
    assert desk.pay(OTHER, 120).code == "library.nothing_owed"


def test_a_payment_sent_twice_is_taken_once_and_can_be_withdrawn(desk: Library) -> None:
    desk.do("return", OVERDUE)
    body: dict[str, JsonValue] = {"amount_fen": 120, "second": opaque(CLERK, "subject")}
    made = desk.with_body("pay", OTHER, body)
    assert desk.send(made)[0] == desk.send(made)[0]
    assert desk.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN
    assert desk.account(OTHER)["owed_fen"] == 120


def test_who_owes_too_much_borrows_nothing_until_it_is_paid(desk: Library) -> None:
    for barcode in (BOOK, ANOTHER, "2371600000034"):
        desk.do("borrow", barcode, READER)
    desk.later(days=100)
    for barcode in (BOOK, ANOTHER, "2371600000034"):
        desk.do("return", barcode)
    assert desk.account(READER)["owed_fen"] == 1500
    assert desk.do("borrow", BOOK, READER).code == "library.fines_owed"
    booked = desk.do("borrow", ANOTHER, READER, offline=True)
    assert booked.outcome is Outcome.CONFIRMED, "the book has left the house"
    desk.pay(READER, 1500)
    assert desk.do("borrow", BOOK, READER).outcome is Outcome.CONFIRMED


def test_a_child_pays_nothing_and_a_senior_keeps_a_book_longer(desk: Library) -> None:
    desk.become(READER, type="child")
    desk.become(OTHER, type="senior")
    desk.do("borrow", BOOK, READER)
    due = desk.do("borrow", ANOTHER, OTHER).data["due_date"]
    assert due == (date(2026, 11, 23) + timedelta(days=42)).isoformat()
    desk.later(days=100)
    assert "fine_fen" not in desk.do("return", BOOK).data
    assert desk.do("return", ANOTHER).data["fine_fen"] == 200


def test_a_reader_is_of_the_type_of_their_age_unless_the_library_says_otherwise(desk: Library) -> None:
    assert desk.identify(READER)["type"] == "adult"
    desk.become(READER, type="staff", loan_limit=0)
    assert (desk.identify(READER)["type"], desk.identify(READER)["loan_limit"]) == ("staff", 20)


def test_a_loan_that_would_end_on_a_closed_day_ends_on_the_next_open_one(desk: Library) -> None:
    desk.now = datetime(2027, 1, 9, 4, 0, tzinfo=NOW.tzinfo)
    assert desk.do("borrow", BOOK, READER).data["due_date"] == "2027-02-08"


def test_a_due_date_told_offline_is_kept_where_it_is_the_later_one(desk: Library) -> None:
    body: dict[str, JsonValue] = {"barcode": BOOK, "expected_due_date": "2026-12-25"}
    made = desk.with_body("borrow", READER, body)
    desk.later(days=2)
    assert desk.send(made, offline=True)[0].data["due_date"] == "2026-12-25"


@pytest.mark.parametrize("told", ["2126-12-25", "2026-12-01", "not a day", 7, None])
def test_a_due_date_beyond_reason_is_not(desk: Library, told: JsonValue) -> None:
    made = desk.with_body("borrow", READER, {"barcode": BOOK, "expected_due_date": told})
    assert desk.send(made, offline=True)[0].data["due_date"] == "2026-12-21"


def test_a_copy_that_somebody_asked_for_is_put_aside_and_lent_to_nobody_else(desk: Library) -> None:
    back = desk.do("return", OVERDUE)
    assert (back.data["put_aside"], back.data["collect_by"]) == (True, "2026-11-30")
    assert desk.account(READER)["holds"] == [{"title": "彷徨", "collect_by": "2026-11-30"}]
    assert desk.do("borrow", OVERDUE, "long-name").code == "library.on_hold"
    assert desk.do("borrow", OVERDUE, READER).outcome is Outcome.CONFIRMED
    assert desk.account(READER)["holds"] == []


def test_a_hold_not_collected_in_time_stands_back(desk: Library) -> None:
    desk.do("return", OVERDUE)
    desk.later(days=8)
    assert desk.do("borrow", OVERDUE, "long-name").outcome is Outcome.CONFIRMED


def test_who_asked_first_comes_first(desk: Library) -> None:
    assert desk.do("hold", OVERDUE, "long-name").data["place"] == 2
    desk.do("return", OVERDUE)
    assert desk.do("borrow", OVERDUE, "long-name").code == "library.on_hold"
    desk.do("cancel-hold", OVERDUE, READER)
    assert desk.do("borrow", OVERDUE, "long-name").outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("action", "barcode", "persona", "code"),
    [
        ("hold", BOOK, READER, "library.not_on_loan"),
        ("hold", OVERDUE, OTHER, "library.already_yours"),
        ("hold", OVERDUE, READER, "library.already_asked_for"),
        ("hold", OVERDUE, "trainee", "library.reader_blocked"),
        ("cancel-hold", BOOK, READER, "library.not_asked_for"),
        ("renew", OVERDUE, OTHER, "library.overdue"),
        ("renew", "2371600000119", "trainee", "library.not_on_loan"),
    ],
)
def test_each_refusal_has_its_code(desk: Library, action: str, barcode: str, persona: str, code: str) -> None:
    assert desk.do(action, barcode, persona).code == code


def test_a_book_somebody_waits_for_is_not_renewed(desk: Library) -> None:
    desk.do("borrow", BOOK, OTHER)
    desk.do("hold", BOOK, READER)
    assert desk.do("renew", BOOK, OTHER).code == "library.on_hold"


def test_a_return_nobody_was_told_of_takes_its_fine_and_its_put_aside_with_it(desk: Library) -> None:
    made = desk.make("return", OVERDUE)
    desk.send(made)
    assert desk.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN
    assert desk.account(OTHER)["owed_fen"] == 0
    assert desk.account(READER)["holds"] == [{"title": "彷徨", "collect_by": None}]
    assert desk.do("return", OVERDUE).data["fine_fen"] == 120


def test_a_return_whose_fine_was_paid_stands(desk: Library) -> None:
    made = desk.make("return", OVERDUE)
    desk.send(made)
    desk.pay(OTHER, 120)
    assert desk.send(made, withdrawn=True)[0].outcome is Outcome.CONFIRMED
    assert desk.account(OTHER)["owed_fen"] == 0


def test_a_borrow_nobody_was_told_of_gives_the_hold_back(desk: Library) -> None:
    desk.do("return", OVERDUE)
    made = desk.make("borrow", OVERDUE, READER)
    desk.send(made)
    assert desk.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN
    assert desk.do("borrow", OVERDUE, "long-name").code == "library.on_hold"


def test_a_hold_nobody_was_told_of_is_gone(desk: Library) -> None:
    desk.do("borrow", BOOK, OTHER)
    made = desk.make("hold", BOOK, READER)
    desk.send(made)
    desk.send(made, withdrawn=True)
    desk.do("return", BOOK)
    assert desk.do("borrow", BOOK, "long-name").outcome is Outcome.CONFIRMED


def test_the_account_says_what_each_book_would_cost_today(desk: Library) -> None:
    listed = desk.account(OTHER)["loan_list"]
    assert [(each["barcode"], each["fine_fen"]) for each in listed] == [
        (OVERDUE, 120),
        ("2371600000119", 0),
    ]
    assert desk.account(OTHER)["due_today"] == "2026-12-21"
