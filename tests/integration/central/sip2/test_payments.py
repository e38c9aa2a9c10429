"""Fines paid at the desk into a library's own system: once, or not at all, or asked about first."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.department_seeding import opaque
from central.departments.department import Visitor
from central.departments.sip2.amounts import amount_of
from central.departments.sip2.messages import PatronInformationResponse
from central.departments.sip2.patron import owed_fen
from domain.messages.contract import Outcome, Transaction, TransactionResult, TrustLevel, body_hash
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import card
from tests.integration.central.sip2.acs import (
    Acs,
    Mishap,
    Shelf,
    ask_again,
    drop_after,
    drop_before,
    garbage_for_ever,
    silent_after,
    silent_before,
)
from tests.integration.central.sip2.conftest import Counter, number_of, settings_for

CLERK, READER = "liu-zhiyong", "yang-ying"


def payment(counter: Counter, fen: object, clerk: str = CLERK) -> Transaction:
    counter.sequence += 1
    made = Transaction(
        id=uuid4(),
        terminal=counter.terminal,
        sequence=counter.sequence,
        previous=counter.previous,
        service="library",
        action="pay",
        occurred_at=counter.now,
        trust=TrustLevel.READ,
        credential=card(READER),
        body={"amount_fen": fen, "second": opaque(clerk, "subject")},  # type: ignore[dict-item]
    )
    counter.previous = body_hash(made)
    return made


def pay(counter: Counter, fen: object, clerk: str = CLERK) -> TransactionResult:
    return counter.send(payment(counter, fen, clerk))[0]


@pytest.fixture(autouse=True)
def owing(shelf: Shelf) -> None:
    shelf.readers[number_of(READER)].owes_fen = 120


def test_a_payment_is_booked_with_the_sum_and_the_terminals_number(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    made = payment(counter, 120)
    (result,) = counter.send(made)
    assert (result.outcome, result.data) == (Outcome.CONFIRMED, {"paid_fen": 120, "owed_fen": 0})
    assert shelf.diary == [("fee", "1.20")]
    assert str(made.id).encode() in b"".join(acs.wire)
    assert shelf.readers[number_of(READER)].owes_fen == 0


@pytest.mark.parametrize(
    ("fen", "clerk", "code"),
    [
        (119, CLERK, "library.owed_changed"),
        (0, CLERK, "library.owed_changed"),
        (-120, CLERK, "library.owed_changed"),
        ("120", CLERK, "library.owed_changed"),
        (True, CLERK, "library.owed_changed"),
        (120, "long-name", "library.clerk_needed"),
    ],
)
def test_what_is_not_owed_or_nobody_took_is_never_sent(
    counter: Counter, shelf: Shelf, fen: object, clerk: str, code: str
) -> None:
    assert pay(counter, fen, clerk).code == code
    assert shelf.diary == []


def test_who_owes_nothing_pays_nothing(counter: Counter, shelf: Shelf) -> None:
    shelf.readers[number_of(READER)].owes_fen = 0
    assert pay(counter, 120).code == "library.nothing_owed"


@pytest.mark.parametrize("mishap", [drop_after, silent_after, garbage_for_ever, ask_again])
def test_a_payment_whose_answer_was_lost_is_asked_about_and_booked_once(
    counter: Counter, acs: Acs, shelf: Shelf, mishap: Mishap
) -> None:
    counter.settings = settings_for(acs, answer_ms=1_000)
    acs.next("37", mishap)
    assert pay(counter, 120).outcome is Outcome.CONFIRMED
    assert shelf.diary == [("fee", "1.20")]


def test_a_payment_that_was_lost_is_sent_again_only_when_its_loss_is_believed(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    acs.next("37", drop_before)
    made = payment(counter, 120)
    assert counter.send(made)[0].outcome is Outcome.RUNNING
    assert shelf.diary == []
    counter.later(minutes=1)
    assert counter.send(made)[0].outcome is Outcome.CONFIRMED
    assert shelf.diary == [("fee", "1.20")]


def test_a_system_that_books_and_lowers_nothing_is_paid_at_most_twice(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    """FC-27: the answer is lost and the sum stays; then a clerk decides."""
    acs.next("37", *[silent_before] * 9)
    counter.settings = settings_for(acs, answer_ms=100)
    made = payment(counter, 120)
    results = []
    for _ in range(8):
        results.append(counter.send(made)[0])
        counter.later(seconds=31)
    assert acs.commands().count("37") == 2
    assert results[-1].code == "sip2.payment_unsure"
    counter.send(made)
    assert acs.commands().count("37") == 2
    acs.mishaps.clear()
    assert pay(counter, 120).outcome is Outcome.CONFIRMED


def test_a_payment_during_which_the_sum_moved_is_left_to_the_clerk(
    counter: Counter, acs: Acs, shelf: Shelf
) -> None:
    acs.next("37", drop_before)
    made = payment(counter, 120)
    counter.send(made)
    shelf.readers[number_of(READER)].owes_fen = 50
    counter.later(minutes=1)
    assert counter.send(made)[0].code == "sip2.payment_unsure"
    assert shelf.diary == []


def test_a_payment_withdrawn_before_it_was_sent_is_never_sent(counter: Counter, shelf: Shelf) -> None:
    made = payment(counter, 120)
    counter.send(made, withdrawn=True)
    assert counter.send(made)[0].outcome is Outcome.WITHDRAWN
    assert shelf.diary == []


def test_what_a_reader_owes_is_told_ahead(counter: Counter) -> None:
    subject = str(counter.identify(READER)["subject"])
    with counter.database.read() as connection:
        assert (
            counter.departments["library"].know(connection, Visitor(subject, "BZ-LIB-0001", NOW))["owed_fen"]
            == 120
        )


@given(fen=st.integers(0, 9_999_999))
def test_an_amount_written_is_the_amount_read(fen: int) -> None:
    assert owed_fen(PatronInformationResponse(fee_amount=amount_of(fen))) == fen


@given(untrusted=st.text(max_size=30))
def test_an_amount_nobody_can_read_is_not_guessed(untrusted: str) -> None:
    found = owed_fen(PatronInformationResponse(fee_amount=untrusted))
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("written", "fen"),
    [("", 0), ("1.2", 120), ("1.20", 120), ("1.2000", 120), ("12", 1200), ("￥0.05", 5), ("1,20", None)],
)
def test_amounts_as_systems_write_them(written: str, fen: int | None) -> None:
    assert owed_fen(PatronInformationResponse(fee_amount=written)) == fen
