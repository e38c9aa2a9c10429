"""From the counter to an outcome, with the network at its worst. The four endings after a time-out first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.messages.contract import TransactionBatch
from domain.offline_policy import ActionPolicy, OfflinePolicies
from domain.transaction_state import Standing
from drivers.central.faults import Conflict, Final, OutcomeUnknown, Revoked, TryLater, Unreachable
from terminal.visit.events import BusinessStopped, CentralReach
from terminal.visit.steps import Certainty
from tests.unit.terminal.counter_with_journal import POLICIES, JournalledCounter, borrow, card, renew
from tests.unit.terminal.ledger import Ledger, refused


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[JournalledCounter]:
    counter = JournalledCounter(tmp_path)
    yield counter
    counter.close()


def lost(_: TransactionBatch) -> None:
    raise OutcomeUnknown("time-out")


def test_an_answer_in_time_is_on_disk_before_it_is_told(counter: JournalledCounter) -> None:
    outcome = counter.submit(borrow("371600-1"))
    assert outcome.certainty is Certainty.CONFIRMED
    assert outcome.get("due_date") == "2026-12-21"
    again = counter.restarted()
    assert again.journal.backlog.pending == 0
    assert again.cut_short == 0
    again.close()


def test_a_refusal_is_told_with_the_centres_code(counter: JournalledCounter) -> None:
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.copy_on_loan")
    outcome = counter.submit(borrow("371600-1"))
    assert (outcome.certainty, outcome.code) == (Certainty.REFUSED, "library.copy_on_loan")


def test_a_lost_answer_becomes_a_promise_under_the_same_id(counter: JournalledCounter) -> None:
    counter.ledger.after = lost
    outcome = counter.submit(borrow("371600-1"))
    assert outcome.certainty is Certainty.ACCEPTED
    assert [str(each.id) for each in counter.ledger.applied] == [outcome.transaction_id]
    assert counter.journal.backlog.pending == 1


def test_a_limit_that_comes_while_the_centre_is_being_asked_counts_before_the_person_is_told(
    tmp_path: Path,
) -> None:
    def tightened(_: TransactionBatch) -> None:
        counter.submission.use(OfflinePolicies({}))
        raise OutcomeUnknown("time-out")

    counter = JournalledCounter(tmp_path, Ledger(after=tightened))
    outcome = counter.submit(borrow("371600-1"))
    assert (outcome.certainty, outcome.code) == (Certainty.REFUSED, "offline.not_allowed")
    counter.close()


def test_what_may_not_be_promised_is_withdrawn_and_told_as_not_booked(tmp_path: Path) -> None:
    counter = JournalledCounter(tmp_path, Ledger(after=lost), OfflinePolicies({}))
    outcome = counter.submit(borrow("371600-1"))
    assert (outcome.certainty, outcome.code) == (Certainty.REFUSED, "offline.not_allowed")
    assert counter.journal.backlog.pending == 1
    counter.close()


def test_while_the_link_is_down_nobody_waits_for_it_again(counter: JournalledCounter) -> None:
    counter.ledger.down = Unreachable()
    for number in range(3):
        assert counter.submit(borrow(f"371600-{number}")).certainty is Certainty.ACCEPTED
    assert len(counter.ledger.batches) == 1
    assert counter.posted == [CentralReach(False)]


def test_a_no_while_the_link_is_down_begins_nothing(tmp_path: Path) -> None:
    counter = JournalledCounter(tmp_path, policies=OfflinePolicies({}))
    counter.link.failed(Unreachable())
    outcome = counter.submit(borrow("371600-1"))
    assert outcome.certainty is Certainty.REFUSED
    assert counter.journal.backlog.pending == 0
    counter.close()


def test_one_cards_business_is_never_overtaken(counter: JournalledCounter) -> None:
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1"))
    counter.submit(borrow("371600-2", card(2)))
    counter.link.answered()
    counter.submit(renew("371600-1"))
    told = [(each.action, each.body["barcode"]) for each in counter.ledger.applied]
    assert told == [("borrow", "371600-1"), ("renew", "371600-1")]
    assert counter.journal.backlog.pending == 1


def test_what_a_predecessor_waits_for_goes_first_too(counter: JournalledCounter) -> None:
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1", card(1)))
    counter.submit(renew("371600-1", card(2)))
    counter.link.answered()
    counter.submit(borrow("371600-3", card(2)))
    assert [each.sequence for each in counter.ledger.applied] == [1, 2, 3]


def test_a_centre_that_asks_to_wait_is_asked_again_inside_the_budget(counter: JournalledCounter) -> None:
    def once(batch: TransactionBatch) -> None:
        if batch.deliveries[0].attempt == 1:
            raise TryLater("running", 1)

    counter.ledger.before = once
    assert counter.submit(borrow("371600-1")).certainty is Certainty.CONFIRMED
    assert len({batch.deliveries[0].transaction.id for batch in counter.ledger.batches}) == 1


def test_a_wait_longer_than_the_budget_is_not_waited_for(counter: JournalledCounter) -> None:
    counter.ledger.down = TryLater("busy", 60_000)
    assert counter.submit(borrow("371600-1")).certainty is Certainty.ACCEPTED
    assert counter.link.probe_in_ms() == 60_000


@pytest.mark.parametrize("fault", [Final("central.malformed"), Revoked()])
def test_what_the_centre_will_not_take_is_told_as_not_booked(
    counter: JournalledCounter, fault: Final | Revoked
) -> None:
    counter.ledger.down = fault
    outcome = counter.submit(borrow("371600-1"))
    assert (outcome.certainty, outcome.code) == (Certainty.REFUSED, fault.code)
    assert (BusinessStopped("central.revoked") in counter.posted) is isinstance(fault, Revoked)


def test_an_id_used_for_another_body_goes_to_the_clerk(counter: JournalledCounter) -> None:
    counter.ledger.down = Conflict()
    assert counter.submit(borrow("371600-1")).code == "central.conflict"
    assert counter.journal.backlog.inbox == 1


def test_limits_hold_across_a_restart(tmp_path: Path) -> None:
    policy = ActionPolicy(allowed=True, trust="read", count=2, age_hours=1)  # type: ignore[arg-type]
    counter = JournalledCounter(tmp_path, policies=OfflinePolicies({("library", "borrow"): policy}))
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1"))
    counter = counter.restarted()
    counter.link.failed(Unreachable())
    assert counter.submit(borrow("371600-2")).certainty is Certainty.ACCEPTED
    assert counter.submit(borrow("371600-3")).code == "offline.too_many"
    counter.close()


def test_a_card_has_a_limit_of_its_own(tmp_path: Path) -> None:
    actions = POLICIES.actions | {
        ("library", "borrow"): POLICIES.of("library", "borrow").model_copy(update={"count_per_card": 1})
    }
    counter = JournalledCounter(tmp_path, policies=OfflinePolicies(actions))
    counter.link.failed(Unreachable())
    assert counter.submit(borrow("371600-1")).certainty is Certainty.ACCEPTED
    assert counter.submit(borrow("371600-2")).code == "offline.too_many_for_card"
    assert counter.submit(borrow("371600-3", card(2))).certainty is Certainty.ACCEPTED
    counter.close()


def test_a_crash_before_the_person_was_told_withdraws_a_loan_but_keeps_a_return(tmp_path: Path) -> None:
    assert POLICIES.when_interrupted("library", "borrow") is Standing.WITHDRAWN
    assert POLICIES.when_interrupted("library", "return") is Standing.PROMISED
