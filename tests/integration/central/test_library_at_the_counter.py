"""A counter with a real journal, a centre over HTTP, and a network somebody pulls the plug of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from central.database import Database
from central.department_seeding import opaque
from central.departments.library_fines import owed_fen
from central.seeding import seed
from central.tables import library_loan, library_patron
from domain.credential import SocialSecurityCard
from domain.messages.contract import BatchResult, Health, TransactionBatch, TrustLevel
from drivers.central.client import CentralClient
from drivers.central.faults import Unreachable
from terminal.journal.reading import INBOX, reading
from terminal.visit.effects import SubmitDraft
from terminal.visit.steps import Certainty, Draft
from tests.cities import personas
from tests.integration.central.desk import BOOK, Desk
from tests.integration.central.served import served
from tests.unit.terminal.counter_with_journal import CARD, NOW, JournalledCounter, Time, borrow, give_back

READER, OTHER, CLERK = "yang-ying", "visitor", "liu-zhiyong"
OVERDUE = "2371600000126"
"""Lent to the visitor forty days before, due twelve days ago; the reader asked for it."""


class Plugged:
    """The real client, or nobody there."""

    def __init__(self, client: CentralClient) -> None:
        self._client = client
        self.plugged = True

    def health(self, budget_ms: int) -> Health:
        self._there()
        return self._client.health(budget_ms)

    def deliver(self, batch: TransactionBatch, budget_ms: int) -> BatchResult:
        self._there()
        return self._client.deliver(batch, budget_ms)

    def _there(self) -> None:
        if not self.plugged:
            raise Unreachable()


class Counter(JournalledCounter):
    """``offline`` and ``online`` move the plug; ``back_after`` lets time pass and everything arrive."""

    database: Database
    plug: Plugged

    def offline(self) -> None:
        self.plug.plugged = False
        self.link.failed(Unreachable())

    def back_after(self, **passed: float) -> None:
        self.time.pass_(timedelta(**passed).total_seconds())
        self.plug.plugged = True
        self.drain()

    def inbox(self) -> list[tuple[str, str]]:
        with reading(self.journal.directory) as journal:
            return [(each.action, each.code) for each in journal.entries(INBOX)]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    database = Database(f"sqlite:///{tmp_path / 'central.db'}")
    database.write(lambda connection: seed(connection, NOW))
    time = Time()
    with served(database, demonstration=True, now=lambda: time.wall) as url:
        plug = Plugged(CentralClient(url))
        counter = Counter(tmp_path / "journal", ledger=plug, time=time)  # type: ignore[arg-type]
        counter.database, counter.plug = database, plug
        yield counter
        counter.close()
    database.close()


def card_of(persona: str) -> SocialSecurityCard:
    person = personas()[persona]
    return replace(
        CARD,
        card_number=person.card_number,
        identification_code=person.identification_code,
        social_security_number=person.social_security_number,
    )


def loan_of(counter: Counter, barcode: str) -> tuple[str, str] | None:
    """Who has it and until when."""
    open_loan = select(library_loan.c.subject, library_loan.c.due_date).where(
        library_loan.c.barcode == barcode, library_loan.c.returned_at.is_(None)
    )
    with counter.database.read() as connection:
        row = connection.execute(open_loan).one_or_none()
    return (row.subject, row.due_date.isoformat()) if row else None


def owed(counter: Counter, persona: str) -> int:
    with counter.database.read() as connection:
        return owed_fen(connection, opaque(persona, "subject"))


def test_a_borrow_and_a_return_online_are_booked_at_once(counter: Counter) -> None:
    outcome = counter.submit(borrow(BOOK, card_of(READER)))
    assert (outcome.certainty, outcome.get("due_date")) == (Certainty.CONFIRMED, "2026-12-21")
    assert counter.submit(give_back(BOOK)).certainty is Certainty.CONFIRMED
    assert loan_of(counter, BOOK) is None


def test_a_borrow_while_alone_is_due_from_the_day_it_was_made(counter: Counter) -> None:
    counter.offline()
    assert counter.submit(borrow(BOOK, card_of(READER))).certainty is Certainty.ACCEPTED
    assert loan_of(counter, BOOK) is None
    counter.back_after(days=2)
    assert loan_of(counter, BOOK) == (opaque(READER, "subject"), "2026-12-21")
    assert (counter.journal.backlog.pending, counter.inbox()) == (0, [])


def test_the_due_date_a_person_was_told_while_alone_is_the_one_that_counts(counter: Counter) -> None:
    counter.offline()
    effect = borrow(BOOK, card_of(READER))
    told = (*effect.draft.body, ("expected_due_date", "2026-12-24"))
    counter.submit(replace(effect, draft=replace(effect.draft, body=told)))
    counter.back_after(days=1)
    assert loan_of(counter, BOOK) == (opaque(READER, "subject"), "2026-12-24")


def test_a_return_while_alone_counts_from_the_day_it_was_made(counter: Counter) -> None:
    counter.offline()
    assert counter.submit(give_back(OVERDUE)).certainty is Certainty.ACCEPTED
    counter.back_after(days=5)
    assert loan_of(counter, OVERDUE) is None
    assert owed(counter, OTHER) == 120, "twelve days late, not seventeen"


def test_a_copy_lent_elsewhere_meanwhile_lands_in_the_inbox(counter: Counter) -> None:
    counter.offline()
    counter.submit(borrow(BOOK, card_of(READER)))
    Desk(counter.database, "BZ-LIB-0002", now=counter.time.wall).do("borrow", BOOK, "long-name")
    counter.back_after(hours=1)
    assert counter.inbox() == [("borrow", "library.copy_on_loan")]
    assert loan_of(counter, BOOK) == (opaque("long-name", "subject"), "2026-12-21")


def test_a_reader_blocked_meanwhile_lands_in_the_inbox(counter: Counter) -> None:
    counter.offline()
    counter.submit(borrow(BOOK, card_of(READER)))
    counter.database.write(
        lambda connection: connection.execute(
            update(library_patron)
            .where(library_patron.c.subject == opaque(READER, "subject"))
            .values(status="blocked")
        )
    )
    counter.back_after(hours=1)
    assert counter.inbox() == [("borrow", "library.reader_blocked")]
    assert loan_of(counter, BOOK) is None


def test_a_copy_somebody_waits_for_lands_in_the_inbox(counter: Counter) -> None:
    counter.offline()
    counter.submit(give_back(OVERDUE))
    counter.submit(borrow(OVERDUE, card_of("long-name")))
    counter.back_after(hours=1)
    assert counter.inbox() == [("borrow", "library.on_hold")]


def test_a_return_of_what_nobody_has_any_more_is_no_clerks_business(counter: Counter) -> None:
    counter.offline()
    counter.submit(give_back(OVERDUE))
    Desk(counter.database, "BZ-LIB-0002", now=counter.time.wall).do("return", OVERDUE)
    counter.back_after(hours=1)
    assert counter.inbox() == []


def test_one_book_borrowed_and_brought_back_while_alone_arrives_in_that_order(counter: Counter) -> None:
    counter.offline()
    counter.submit(borrow(BOOK, card_of(READER)))
    counter.time.pass_(3600)
    counter.submit(give_back(BOOK))
    counter.back_after(hours=30)
    assert loan_of(counter, BOOK) is None
    assert (counter.inbox(), owed(counter, READER)) == ([], 0)


def test_money_is_not_taken_while_alone_and_never_booked_afterwards(counter: Counter) -> None:
    counter.submit(give_back(OVERDUE))
    counter.offline()
    body = (("amount_fen", 120), ("second", opaque(CLERK, "subject")))
    payment = SubmitDraft(0, Draft("library", "pay", body), card_of(OTHER), "", TrustLevel.READ)
    outcome = counter.submit(payment)
    assert (outcome.certainty, outcome.code) == (Certainty.REFUSED, "offline.not_allowed")
    counter.back_after(hours=1)
    assert owed(counter, OTHER) == 120


def test_a_fine_paid_at_the_counter_is_settled_over_the_contract(counter: Counter) -> None:
    assert counter.submit(give_back(OVERDUE)).get("fine_fen") == 120
    body = (("amount_fen", 120), ("second", opaque(CLERK, "subject")))
    payment = SubmitDraft(0, Draft("library", "pay", body), card_of(OTHER), "", TrustLevel.READ)
    assert counter.submit(payment).get("paid_fen") == 120
    assert owed(counter, OTHER) == 0
