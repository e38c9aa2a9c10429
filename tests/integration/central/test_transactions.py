"""Each transaction once: repeated, reordered, at the same time, with another body, taken back."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from central import alarms
from central.database import Database
from central.tables import library_loan, received
from domain.messages.contract import Outcome
from tests.integration.central.desk import ANOTHER, BOOK, Desk, presented


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def loans(desk: Desk, barcode: str) -> int:
    with desk.database.read() as connection:
        query = select(func.count()).where(library_loan.c.barcode == barcode)
        return connection.execute(query).scalar_one()


def alarmed(desk: Desk) -> list[object]:
    with desk.database.read() as connection:
        return [alarm["kind"] for alarm in alarms.listed(connection)]


def test_a_repeat_gets_the_stored_answer_and_books_nothing(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    first = desk.send(made)
    desk.later(days=100)
    assert desk.send(made) == first
    assert loans(desk, BOOK) == 1


def test_a_repeat_inside_one_batch_is_answered_twice_and_booked_once(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    first, second = desk.send(made, made)
    assert first == second
    assert loans(desk, BOOK) == 1


def test_a_refusal_is_kept_like_any_answer(desk: Desk) -> None:
    made = desk.make("borrow", "NOT-OURS-1", "liu-zhiyong")
    assert desk.send(made) == desk.send(made)


def test_the_same_id_with_another_body_is_refused_and_alarms(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    desk.send(made)
    forged = made.model_copy(update={"body": {"barcode": ANOTHER}})
    assert desk.send(forged)[0].outcome is Outcome.DIFFERENT_BODY
    assert "different_body" in alarmed(desk)
    assert loans(desk, ANOTHER) == 0


def test_many_posts_of_one_id_at_once_book_once_and_agree(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    with ThreadPoolExecutor(16) as threads:
        results = list(threads.map(lambda _: desk.send(made)[0], range(32)))
    assert {result.outcome for result in results} == {Outcome.CONFIRMED}
    assert loans(desk, BOOK) == 1


def test_two_desks_at_the_same_moment_lend_one_copy_once(desk: Desk) -> None:
    other = Desk(desk.database, "BZ-LIB-0002")
    batches = [
        (desk, desk.make("borrow", BOOK, "liu-zhiyong")),
        (other, other.make("borrow", BOOK, "yang-ying")),
    ]
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(lambda each: each[0].send(each[1])[0].outcome, batches))
    assert sorted(results) == [Outcome.CONFIRMED, Outcome.REFUSED]


def test_batches_that_overlap_in_any_order_do_not_block_each_other(desk: Desk) -> None:
    made = [desk.make("borrow" if number % 2 else "return", BOOK, "yang-ying") for number in range(1, 25)]
    orders = []
    for seed in range(6):
        orders.append(made[:])
        random.Random(seed).shuffle(orders[-1])  # noqa: S311 (an order, no secret)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda order: desk.send(*order), orders))
    told = [{result.id: result.outcome for result in answer} for answer in answers]
    assert all(each == told[0] for each in told)


def test_what_was_told_not_booked_is_never_applied_afterwards(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    assert desk.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN
    assert desk.send(made)[0].outcome is Outcome.WITHDRAWN
    assert loans(desk, BOOK) == 0


@pytest.mark.parametrize("action", ["borrow", "return"])
def test_what_was_booked_and_told_not_booked_is_undone(desk: Desk, action: str) -> None:
    if action == "return":
        desk.do("borrow", BOOK, "liu-zhiyong")
    made = desk.make(action, BOOK, "liu-zhiyong")
    desk.send(made)
    assert desk.send(made, withdrawn=True)[0].outcome is Outcome.WITHDRAWN
    assert desk.identify("liu-zhiyong")["loans"] == (1 if action == "borrow" else 2)


def test_what_cannot_be_undone_says_that_it_stands(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    renewal = desk.make("renew", BOOK, "liu-zhiyong")
    desk.send(renewal)
    assert desk.send(renewal, withdrawn=True)[0].outcome is Outcome.CONFIRMED


def test_a_missing_number_the_terminal_does_not_hold_alarms(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.make("return", BOOK)
    last = desk.make("borrow", ANOTHER, "liu-zhiyong")
    desk.send(last, pending=1)
    assert "gap" not in alarmed(desk)
    desk.send(last, pending=0)
    assert "gap" in alarmed(desk)


def test_a_broken_chain_and_a_number_used_twice_alarm(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.previous = "f" * 64
    desk.do("return", BOOK)
    assert "chain" in alarmed(desk)
    desk.sequence -= 1
    desk.do("return", BOOK)
    assert "sequence" in alarmed(desk)


def test_a_holder_may_be_named_only_by_a_terminal_that_saw_the_card(desk: Desk) -> None:
    subject = desk.identify("yang-ying")["subject"]
    made = desk.make("borrow", BOOK).model_copy(update={"credential": presented(subject)})
    stranger = Desk(desk.database, "BZ-LIB-0009")
    foreign = stranger.make("borrow", ANOTHER).model_copy(update={"credential": presented(subject)})
    assert desk.send(made)[0].outcome is Outcome.CONFIRMED
    assert stranger.send(foreign)[0].code == "holder.not_presented"


def test_a_service_nobody_answers_for_is_refused(desk: Desk) -> None:
    made = desk.make("borrow", BOOK).model_copy(update={"service": "moon"})
    assert desk.send(made)[0].code == "central.service_unknown"


def test_nothing_is_left_unfinished(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    with desk.database.read() as connection:
        query = select(func.count()).where(received.c.outcome == "running")
        assert connection.execute(query).scalar_one() == 0


def test_one_id_with_two_bodies_in_one_batch(desk: Desk) -> None:
    """FC-48: the first stands, the second is ``different_body`` and an alarm, whatever follows."""
    first = desk.make("return", BOOK)
    second = first.model_copy(update={"body": {"barcode": ANOTHER}})
    third = first.model_copy(update={"action": "borrow"})
    results = desk.send(first, second, first, third)
    assert [each.outcome for each in results] == [
        results[0].outcome,
        Outcome.DIFFERENT_BODY,
        results[0].outcome,
        Outcome.DIFFERENT_BODY,
    ]
    assert results[0].outcome is not Outcome.DIFFERENT_BODY
    assert desk.send(first)[0] == results[0]
    assert desk.send(second)[0].outcome is Outcome.DIFFERENT_BODY
    with desk.database.read() as connection:
        assert "different_body" in [each["kind"] for each in alarms.listed(connection)]
