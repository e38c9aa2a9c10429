"""Taking back under the same id: what was promised, what was confirmed, and what cannot be taken back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.messages.contract import Delivery, TransactionResult
from domain.transaction_state import Standing
from drivers.central.faults import Unreachable
from terminal.journal.faults import DecisionUnfit
from terminal.journal.inbox import Decision, Settlement
from terminal.journal.reading import reading
from terminal.journal.verification import verify
from terminal.journal.voiding import VOIDED, void
from terminal.visit.steps import Certainty
from tests.unit.terminal.counter_with_journal import NOW, JournalledCounter, borrow
from tests.unit.terminal.ledger import confirmed, refused

BOOK = "2371600000010"
BY_WANG = Settlement(Decision.VOID, "王芳 (1)", "当事人放弃办理", NOW)


@pytest.fixture
def counter(tmp_path: Path):
    made = JournalledCounter(tmp_path)
    yield made
    made.close()


def standing_of(counter: JournalledCounter) -> tuple[Standing, str]:
    with reading(counter.journal.directory) as journal:
        entry = list(journal.entries())[-1]
    return entry.standing, entry.code


def test_what_was_promised_is_withdrawn_and_the_centre_never_applies_it(counter: JournalledCounter) -> None:
    counter.ledger.down = Unreachable()
    counter.link.failed(Unreachable())
    promised = counter.submit(borrow(BOOK))
    assert promised.certainty is Certainty.ACCEPTED
    void(counter.journal, UUID(promised.transaction_id), BY_WANG)
    assert standing_of(counter) == (Standing.WITHDRAWN, VOIDED)
    counter.ledger.down = None
    counter.time.pass_(600)
    counter.drain()
    assert standing_of(counter)[0] is Standing.NOT_BOOKED
    assert counter.ledger.applied == []
    assert counter.journal.backlog.pending == 0


def test_what_was_confirmed_is_undone_at_the_centre_under_the_same_id(counter: JournalledCounter) -> None:
    done = counter.submit(borrow(BOOK))
    assert len(counter.ledger.applied) == 1
    void(counter.journal, UUID(done.transaction_id), BY_WANG)
    assert counter.journal.backlog.pending == 1
    counter.drain()
    assert standing_of(counter)[0] is Standing.NOT_BOOKED
    assert counter.ledger.applied == []
    with reading(counter.journal.directory) as journal:
        (settled,) = journal.settlements()
    assert (settled.standing, settled.decision, settled.by, settled.reason) == (
        "confirmed",
        "void",
        "王芳 (1)",
        "当事人放弃办理",
    )
    assert verify(counter.journal.directory, counter.journal.ring).whole


def test_what_the_centre_cannot_undo_comes_into_the_inbox(
    counter: JournalledCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = counter.submit(borrow(BOOK))

    def still_booked(delivery: Delivery) -> TransactionResult:
        return confirmed(delivery.transaction)

    monkeypatch.setattr(counter.ledger, "_decided", still_booked)
    void(counter.journal, UUID(done.transaction_id), BY_WANG)
    counter.drain()
    assert standing_of(counter)[0] is Standing.BOOKED_ANYWAY
    assert counter.journal.backlog.inbox == 1


def test_it_is_on_disk_before_the_centre_hears_of_it(counter: JournalledCounter) -> None:
    done = counter.submit(borrow(BOOK))
    void(counter.journal, UUID(done.transaction_id), BY_WANG)
    again = counter.restarted()
    try:
        assert standing_of(again)[0] is Standing.WITHDRAWN
        again.drain()
        assert standing_of(again)[0] is Standing.NOT_BOOKED
    finally:
        again.close()
        counter.journal = again.journal


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_voids_without_a_reason(counter: JournalledCounter, reason: str) -> None:
    done = counter.submit(borrow(BOOK))
    with pytest.raises(DecisionUnfit):
        void(counter.journal, UUID(done.transaction_id), Settlement(Decision.VOID, "王芳 (1)", reason, NOW))
    assert standing_of(counter)[0] is Standing.CONFIRMED


def test_what_was_refused_or_is_not_here_cannot_be_voided(counter: JournalledCounter) -> None:
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.copy_on_loan")
    counter.submit(borrow(BOOK))
    with reading(counter.journal.directory) as journal:
        (entry,) = journal.entries()
    for id in (entry.id, uuid4()):
        with pytest.raises(DecisionUnfit):
            void(counter.journal, id, BY_WANG)
