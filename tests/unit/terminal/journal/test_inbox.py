"""Refused later: a person settles it, with a name and a reason, and it stays on record."""

from __future__ import annotations

import sqlite3
from uuid import UUID

import pytest

from domain.transaction_state import Standing
from drivers.central.faults import Final, Unreachable
from terminal.journal.database import FILE_NAME
from terminal.journal.faults import DecisionUnfit, NotInInbox
from terminal.journal.inbox import Decision, Settlement, settle
from terminal.journal.reading import INBOX, reading
from terminal.journal.verification import verify
from tests.unit.terminal.counter_with_journal import NOW, JournalledCounter, borrow
from tests.unit.terminal.ledger import refused

BY_CLERK = Settlement(Decision.ACCEPT, "王芳", "the copy is on the shelf", NOW)


def refused_later(counter: JournalledCounter) -> UUID:
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.copy_on_loan")
    counter.link.failed(Unreachable())
    outcome = counter.submit(borrow("371600-1"))
    counter.drain()
    counter.ledger.rule = lambda _: None
    return UUID(outcome.transaction_id)


def by_clerk(decision: Decision) -> Settlement:
    return Settlement(decision, "王芳", "looked at it", NOW)


def test_an_item_carries_the_centres_reason(counter: JournalledCounter) -> None:
    id = refused_later(counter)
    with reading(counter.journal.directory) as journal:
        items = list(journal.entries(INBOX))
    assert [(item.id, item.standing, item.code) for item in items] == [
        (id, Standing.REFUSED_LATER, "library.copy_on_loan")
    ]


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.VOID])
def test_a_named_clerk_settles_it_on_record(counter: JournalledCounter, decision: Decision) -> None:
    id = refused_later(counter)
    settle(counter.journal, id, by_clerk(decision))
    assert counter.journal.backlog.inbox == 0
    with reading(counter.journal.directory) as journal:
        (settled,) = journal.settlements()
    assert (settled.by, settled.decision, settled.standing) == ("王芳", decision.value, "refused_later")


def test_a_correction_is_new_business_that_names_the_old(counter: JournalledCounter) -> None:
    id = refused_later(counter)
    settle(counter.journal, id, by_clerk(Decision.CORRECT), {"barcode": "371600-2"})
    counter.drain()
    (applied,) = counter.ledger.applied
    assert (applied.body["barcode"], applied.body["corrects"]) == ("371600-2", str(id))
    assert (counter.journal.backlog.pending, counter.journal.backlog.inbox) == (0, 0)


def test_a_held_item_is_sent_again_when_a_clerk_says_so(counter: JournalledCounter) -> None:
    counter.ledger.down = Final("central.malformed")
    counter.link.failed(Unreachable())
    outcome = counter.submit(borrow("371600-1"))
    counter.drain()
    assert counter.journal.backlog.inbox == 1
    counter.ledger.down = None
    settle(counter.journal, UUID(outcome.transaction_id), by_clerk(Decision.RETRY))
    counter.drain()
    assert len(counter.ledger.applied) == 1


@pytest.mark.parametrize(
    "settlement",
    [
        Settlement(Decision.ACCEPT, " ", "a reason", NOW),
        Settlement(Decision.ACCEPT, "王芳", "", NOW),
        Settlement(Decision.RETRY, "王芳", "a reason", NOW),
        Settlement(Decision.CORRECT, "王芳", "a reason", NOW),
    ],
)
def test_a_decision_that_does_not_fit_changes_nothing(
    counter: JournalledCounter, settlement: Settlement
) -> None:
    id = refused_later(counter)
    with pytest.raises(DecisionUnfit):
        settle(counter.journal, id, settlement)
    assert counter.journal.backlog.inbox == 1


def test_nobody_settles_an_item_twice(counter: JournalledCounter) -> None:
    id = refused_later(counter)
    settle(counter.journal, id, BY_CLERK)
    with pytest.raises(NotInInbox):
        settle(counter.journal, id, BY_CLERK)


def test_the_inbox_outlives_a_restart(counter: JournalledCounter) -> None:
    id = refused_later(counter)
    again = counter.restarted()
    assert again.journal.backlog.inbox == 1
    settle(again.journal, id, BY_CLERK)
    again.close()


def test_an_edited_or_removed_decision_of_a_clerk_is_named(counter: JournalledCounter) -> None:
    """FC-54."""
    item = refused_later(counter)
    settle(counter.journal, item, Settlement(Decision.ACCEPT, "王芳", "读者已还书", NOW))
    counter.close()
    assert verify(counter.journal.directory, counter.journal.ring).whole
    for edit in ("UPDATE settlement SET by = '李明'", "DELETE FROM settlement"):
        with sqlite3.connect(counter.journal.directory / FILE_NAME) as database:
            database.execute(edit)
        database.close()
        (problem,) = verify(counter.journal.directory, counter.journal.ring).problems
        assert problem.endswith("the decision of a clerk was edited or removed")
