"""The library's own system behind the centre, on ordinary days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from central.departments.department import Visitor
from central.departments.sip2 import messages as sip
from domain.messages.contract import Outcome
from tests.integration.central.conftest import NOW
from tests.integration.central.sip2.acs import Acs, Loan, Shelf
from tests.integration.central.sip2.conftest import OTHER, READER, Counter, number_of


def test_a_loan_names_the_title_and_the_day_the_library_says(counter: Counter, shelf: Shelf) -> None:
    result = counter.do("borrow", "B1", READER)
    assert result.outcome is Outcome.CONFIRMED
    assert result.data == {"title": "红楼梦", "due_date": "2026-12-24"}
    assert shelf.loans["B1"].reader == number_of(READER)


def test_the_same_transaction_sent_again_gets_the_same_answer_and_nothing_is_sent_to_the_library(
    counter: Counter, acs: Acs
) -> None:
    made = counter.make("borrow", "B1", READER)
    first = counter.send(made)
    sent = len(acs.heard)
    assert counter.send(made) == first
    assert len(acs.heard) == sent


def test_a_copy_the_reader_has_already_is_not_renewed_by_borrowing_it(counter: Counter, shelf: Shelf) -> None:
    counter.do("borrow", "B1", READER)
    due = shelf.loans["B1"].due
    assert counter.do("borrow", "B1", READER).code == "library.already_yours"
    assert shelf.loans["B1"].due == due
    assert shelf.done("renewal by check-out") == 0


@pytest.mark.parametrize(
    ("action", "barcode", "persona", "code"),
    [
        ("borrow", "NOT-OURS", READER, "library.copy_unknown"),
        ("borrow", "B3", READER, "library.copy_on_loan"),
        ("borrow", "B1", "trainee", "sip2.reader_unknown"),
        ("borrow", "B1|AH29991231", READER, "library.copy_unknown"),
        ("borrow", "B1\r", READER, ""),
        ("return", "B1", None, "library.not_on_loan"),
        ("renew", "B1", READER, "library.not_on_loan"),
        ("renew", "B3", READER, "library.not_on_loan"),
        ("burn", "B1", READER, "central.action_unknown"),
    ],
)
def test_each_refusal_has_its_code(
    counter: Counter, shelf: Shelf, action: str, barcode: str, persona: str | None, code: str
) -> None:
    shelf.loans["B3"] = Loan(number_of(OTHER), shelf.today)
    assert counter.do(action, barcode, persona).code == code


@pytest.mark.parametrize(
    ("place", "code"), [(0, "library.reader_blocked"), (5, "library.limit_reached"), (None, "sip2.refused")]
)
def test_the_marks_of_a_reader_explain_why_a_loan_is_refused(
    counter: Counter, shelf: Shelf, place: int | None, code: str
) -> None:
    reader = shelf.readers[number_of(READER)]
    reader.limit = 0
    marks = [" "] * 14
    if place == 0:
        marks[0] = "Y"
    reader.status = "".join(marks)
    if place is None:
        reader.limit = 10
        counter.do("borrow", "B1", OTHER)
        shelf.titles["B1"] = "红楼梦"
        # Between the look and the check-out somebody else was faster.
        counter.do("return", "B1")
        assert counter.do("borrow", "B1", READER).outcome is Outcome.CONFIRMED
        return
    assert counter.do("borrow", "B1", READER).code == code


def test_a_return_needs_no_card_and_says_how_late_it_is(counter: Counter, shelf: Shelf) -> None:
    shelf.loans["B1"] = Loan(number_of(READER), shelf.today - timedelta(days=12))
    result = counter.do("return", "B1")
    assert result.data == {"title": "红楼梦", "was_on_loan": True, "days_late": 11}
    assert "B1" not in shelf.loans


def test_a_renewal_brings_the_librarys_new_day(counter: Counter, shelf: Shelf) -> None:
    counter.do("borrow", "B1", READER)
    assert counter.do("renew", "B1", READER).data["due_date"] == "2026-12-31"
    counter.do("renew", "B1", READER)
    assert counter.do("renew", "B1", READER).code == "library.renewal_limit"


def test_what_was_accepted_offline_is_sent_as_having_happened_with_the_day_the_person_was_told(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    shelf.readers[number_of(READER)].limit = 0
    made = counter.make("borrow", "B1", READER)
    counter.later(days=3)
    (result,) = counter.send(made, offline=True)
    assert result.data["due_date"] == "2026-12-21"
    (checkout,) = [each for each in acs.heard if isinstance(each, sip.Checkout)]
    assert checkout.no_block
    assert checkout.transaction_date == made.occurred_at
    assert checkout.nb_due_date is not None


def test_a_return_accepted_offline_names_the_moment_of_the_return(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    counter.do("borrow", "B1", READER)
    made = counter.make("return", "B1")
    counter.later(days=3)
    counter.send(made, offline=True)
    (checkin,) = [each for each in acs.heard if isinstance(each, sip.Checkin)]
    assert checkin.no_block
    assert checkin.return_date == made.occurred_at


def test_a_return_that_arrives_late_never_ends_a_loan_that_began_after_it(
    counter: Counter, shelf: Shelf
) -> None:
    counter.do("borrow", "B1", READER)
    returned = counter.make("return", "B1")
    counter.later(hours=1)
    shelf.loans.clear()
    counter.do("borrow", "B1", OTHER)
    (result,) = counter.send(returned, offline=True)
    assert result.data["was_on_loan"] is False
    assert shelf.loans["B1"].reader == number_of(OTHER)


def test_a_return_accepted_offline_of_what_nobody_has_stays_a_return(counter: Counter) -> None:
    (result,) = counter.send(counter.make("return", "B1"), offline=True)
    assert (result.outcome, result.data["was_on_loan"]) == (Outcome.CONFIRMED, False)


def test_several_books_in_one_batch_each_have_their_outcome_on_one_connection(
    counter: Counter, acs: Acs
) -> None:
    made = [counter.make("borrow", barcode, READER) for barcode in ("B1", "NOT-OURS", "B2")]
    assert [each.code for each in counter.send(*made)] == ["", "library.copy_unknown", ""]
    assert acs.connections == 1


def test_a_reader_is_said_good_bye_to_before_the_next_one(counter: Counter, acs: Acs) -> None:
    counter.do("borrow", "B1", READER)
    counter.do("borrow", "B2", OTHER)
    ended = [each.patron_identifier for each in acs.heard if isinstance(each, sip.EndPatronSession)]
    assert ended == [number_of(READER)]


def test_a_loan_nobody_was_told_of_is_taken_back(counter: Counter, shelf: Shelf) -> None:
    made = counter.make("borrow", "B1", READER)
    counter.send(made)
    (result,) = counter.send(made, withdrawn=True)
    assert result.outcome is Outcome.WITHDRAWN
    assert not shelf.loans
    assert counter.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN
    assert shelf.done("check-in") == 1


def test_a_return_nobody_was_told_of_stands_and_is_told(counter: Counter) -> None:
    counter.do("borrow", "B1", READER)
    made = counter.make("return", "B1")
    counter.send(made)
    assert counter.send(made, withdrawn=True)[0].outcome is Outcome.CONFIRMED


def test_what_was_withdrawn_before_it_arrived_is_never_sent(counter: Counter, acs: Acs) -> None:
    made = counter.make("borrow", "B1", READER)
    counter.send(made, withdrawn=True)
    assert counter.send(made)[0].outcome is Outcome.WITHDRAWN
    assert acs.heard == []


def test_what_the_library_knows_of_a_reader_is_told_without_the_name(counter: Counter) -> None:
    counter.do("borrow", "B1", READER)
    subject = counter.identify(READER)["subject"]
    with counter.database.read() as connection:
        known = counter.departments["library"].know(connection, Visitor(str(subject), "BZ-LIB-0001", NOW))
    assert known == {"status": "active", "loans": 1, "loan_limit": 10, "loan_list": [{"barcode": "B1"}]} | {
        "owed_fen": 0,
        "staff": True,
    }


def test_a_message_never_shows_what_it_says(acs: Acs, counter: Counter) -> None:
    counter.do("borrow", "B1", READER)
    assert number_of(READER) not in repr(acs.heard)
