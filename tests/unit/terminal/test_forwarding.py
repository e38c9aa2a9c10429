"""Delivering what waits: in order, in batches, round poison, and never twice."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.messages.contract import Delivery, Health, Outcome, TransactionBatch, TransactionResult, canonical
from drivers.central.faults import Conflict, Final, OutcomeUnknown, Revoked, TryLater, Unreachable
from terminal.journal.reading import reading
from terminal.runtime.backoff import WAITS
from terminal.store_and_forward.forwarding import Forwarder
from terminal.visit.events import BusinessStopped, CentralReach
from tests.unit.terminal.counter_with_journal import JournalledCounter, borrow, card, give_back, renew
from tests.unit.terminal.ledger import SERVER_TIME, Ledger, refused


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[JournalledCounter]:
    counter = JournalledCounter(tmp_path)
    yield counter
    counter.close()


def away(counter: JournalledCounter, count: int, cards: int = 1000) -> None:
    """So many loans promised while the centre is away, then the centre is back."""
    counter.link.failed(Unreachable())
    for number in range(count):
        counter.submit(borrow(f"371600-{number}", card(number % cards)))
    counter.time.pass_(60)


def is_about(batch: TransactionBatch, barcode: str) -> bool:
    return any(each.transaction.body["barcode"] == barcode for each in batch.deliveries)


def test_everything_promised_arrives_once_and_in_order(counter: JournalledCounter) -> None:
    away(counter, 250)
    counter.drain()
    assert [each.sequence for each in counter.ledger.applied] == list(range(1, 251))
    assert [len(batch.deliveries) for batch in counter.ledger.batches] == [200, 50]
    assert CentralReach(True) in counter.posted


def test_the_first_batch_says_how_much_is_pending_and_how_old_it_is(counter: JournalledCounter) -> None:
    began = counter.time.wall
    away(counter, 250)
    counter.drain()
    first = counter.ledger.batches[0].pending
    assert (first.count, first.oldest_at) == (250, began)


def test_of_one_card_only_one_is_on_its_way_at_a_time(counter: JournalledCounter) -> None:
    away(counter, 6, cards=2)
    counter.drain()
    assert [len(batch.deliveries) for batch in counter.ledger.batches] == [2, 2, 2]
    assert [each.sequence for each in counter.ledger.applied] == [1, 2, 3, 4, 5, 6]


def test_of_one_copy_too_whoever_brings_it(counter: JournalledCounter) -> None:
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1", card(1)))
    counter.submit(give_back("371600-1"))
    counter.submit(borrow("371600-1", card(2)))
    counter.time.pass_(60)
    counter.drain()
    assert [each.action for each in counter.ledger.applied] == ["borrow", "return", "borrow"]
    assert [len(batch.deliveries) for batch in counter.ledger.batches] == [1, 1, 1]


def test_a_lost_answer_is_asked_for_again_with_the_same_bytes(counter: JournalledCounter) -> None:
    lost = []

    def lose_first(batch: TransactionBatch) -> None:
        if not lost:
            lost.append(batch)
            raise OutcomeUnknown("connection reset")

    counter.ledger.after = lose_first
    away(counter, 1)
    counter.drain()
    sent = [canonical(batch.deliveries[0].transaction) for batch in counter.ledger.batches]
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert len(counter.ledger.applied) == 1


def test_an_item_that_breaks_the_centre_never_blocks_the_rest(counter: JournalledCounter) -> None:
    def poisoned(batch: TransactionBatch) -> None:
        if is_about(batch, "371600-7"):
            raise OutcomeUnknown("status 500")

    counter.ledger.before = poisoned
    away(counter, 100)
    counter.drain(rounds=40)
    assert len(counter.ledger.applied) == 99
    assert counter.journal.backlog.pending == 1


def test_an_item_the_centre_cannot_read_goes_to_the_inbox_and_the_rest_goes_on(
    counter: JournalledCounter,
) -> None:
    def malformed(batch: TransactionBatch) -> None:
        if is_about(batch, "371600-7"):
            raise Final("central.malformed")

    counter.ledger.before = malformed
    away(counter, 100)
    counter.drain()
    assert len(counter.ledger.applied) == 99
    assert (counter.journal.backlog.pending, counter.journal.backlog.inbox) == (0, 1)


def test_a_centre_that_refuses_the_terminal_fills_no_inbox(counter: JournalledCounter) -> None:
    counter.ledger.down = Final("central.not_found")
    away(counter, 20)
    counter.link.answered()
    counter.drain(rounds=30)
    assert (counter.journal.backlog.pending, counter.journal.backlog.inbox) == (20, 0)
    counter.ledger.down = None
    counter.drain()
    assert len(counter.ledger.applied) == 20


def test_an_item_refused_by_name_while_others_are_taken_is_held(counter: JournalledCounter) -> None:
    def forbidden(batch: TransactionBatch) -> None:
        if is_about(batch, "371600-0"):
            raise Final("central.forbidden")

    counter.ledger.before = forbidden
    away(counter, 3)
    counter.drain()
    assert len(counter.ledger.applied) == 2
    assert counter.journal.backlog.inbox == 1


def test_a_promise_the_centre_refuses_reaches_the_inbox(counter: JournalledCounter) -> None:
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.copy_on_loan")
    away(counter, 1)
    counter.drain()
    assert (counter.journal.backlog.pending, counter.journal.backlog.inbox) == (0, 1)


def test_the_centre_is_left_alone_for_as_long_as_it_asked(counter: JournalledCounter) -> None:
    away(counter, 1)
    counter.link.answered()
    counter.ledger.down = TryLater("status 429", 30_000)
    assert counter.forwarder.step() >= 30_000
    counter.ledger.down = None
    counter.time.pass_(29)
    counter.forwarder.step()
    assert len(counter.ledger.batches) == 1
    counter.time.pass_(4)
    counter.drain()
    assert len(counter.ledger.applied) == 1


def test_a_running_item_is_put_off_and_the_others_are_written_back(counter: JournalledCounter) -> None:
    def running(delivery: Delivery) -> TransactionResult | None:
        if delivery.transaction.sequence == 1 and delivery.attempt == 2:
            return TransactionResult(
                id=delivery.transaction.id,
                outcome=Outcome.RUNNING,
                decided_at=SERVER_TIME,
                retry_after_ms=5000,
            )
        return None

    counter.ledger.rule = running
    away(counter, 3)
    counter.forwarder.step()
    assert counter.journal.backlog.pending == 1
    counter.drain()
    assert len(counter.ledger.applied) == 3


def test_an_id_with_another_body_is_laid_before_the_clerk(counter: JournalledCounter) -> None:
    counter.ledger.down = Conflict()
    away(counter, 1)
    counter.link.answered()
    counter.forwarder.step()
    assert (counter.journal.backlog.pending, counter.journal.backlog.inbox) == (0, 1)


def test_a_revoked_terminal_stops_and_keeps_what_it_has(counter: JournalledCounter) -> None:
    counter.ledger.down = Revoked()
    away(counter, 2)
    counter.link.answered()
    counter.forwarder.step()
    counter.forwarder.step()
    assert BusinessStopped("central.revoked") in counter.posted
    assert len(counter.ledger.batches) == 1
    assert counter.journal.backlog.pending == 2


def test_probes_grow_rarer_while_the_centre_is_away_and_stop_nobody(counter: JournalledCounter) -> None:
    away(counter, 1)
    counter.ledger.down = Unreachable()
    waits = []
    for _ in range(8):
        waits.append(counter.forwarder.step())
        counter.time.pass_(waits[-1] / 1000 + 0.001)
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]


def test_an_idle_probe_that_failed_is_soon_followed_by_another(counter: JournalledCounter) -> None:
    counter.ledger.down = Unreachable()
    assert counter.forwarder.step() <= WAITS.first_probe_ms


class AskedLedger(Ledger):
    """Lets its test wait until somebody asked how it is."""

    asked = threading.Semaphore(0)

    def health(self, budget_ms: int) -> Health:
        self.asked.release()
        return super().health(budget_ms)


def test_a_centre_lost_during_the_idle_rest_is_probed_soon_and_not_at_its_end(tmp_path: Path) -> None:
    ledger = AskedLedger()
    counter = JournalledCounter(tmp_path, ledger)
    counter.forwarder.start()
    assert ledger.asked.acquire(timeout=10)
    counter.link.failed(Unreachable())
    counter.time.pass_(1)
    assert ledger.asked.acquire(timeout=10)
    counter.forwarder.stop()
    counter.close()


def test_a_drain_goes_on_where_a_restart_left_it(counter: JournalledCounter) -> None:
    away(counter, 250)
    counter.forwarder.step()
    again = counter.restarted()
    again.drain()
    assert len(again.ledger.applied) == 250
    assert len({each.id for each in again.ledger.applied}) == 250
    again.close()


def test_new_business_during_a_drain_touches_nothing_queued(counter: JournalledCounter) -> None:
    away(counter, 30)
    queued = counter.ledger.batches
    counter.ledger.before = lambda _: None
    counter.link.answered()
    counter.submit(renew("371600-500", card(2000)))
    assert [len(batch.deliveries) for batch in queued] == [1]
    counter.drain()
    assert len(counter.ledger.applied) == 31


def test_withdrawn_business_that_arrived_is_undone(counter: JournalledCounter) -> None:
    def lost(_: TransactionBatch) -> None:
        raise OutcomeUnknown("time-out")

    counter.ledger.after = lost
    policies = dataclasses.replace(counter.policies, actions={})
    counter.close()
    strict = JournalledCounter(counter.data, counter.ledger, policies)
    strict.submit(borrow("371600-1"))
    assert len(strict.ledger.applied) == 1
    strict.ledger.after = lambda _: None
    strict.drain()
    assert strict.ledger.applied == []
    assert (strict.journal.backlog.pending, strict.journal.backlog.inbox) == (0, 0)
    strict.close()


def test_old_contents_are_forgotten_once_a_day_by_the_centres_time(counter: JournalledCounter) -> None:
    counter.submit(borrow("371600-1"))
    counter.forwarder.step()
    assert kept(counter) == 1
    counter.time.pass_(31 * 86_400)
    counter.ledger.server_time = counter.time.wall
    counter.forwarder.step()
    counter.forwarder.step()
    assert kept(counter) == 0


def test_a_wrong_clock_makes_nothing_forgotten(counter: JournalledCounter) -> None:
    counter.submit(borrow("371600-1"))
    again = counter.restarted()
    again.time.wall = again.time.wall.replace(year=2035)
    again.ledger.down = Unreachable()
    again.forwarder.step()
    again.ledger.down = None
    again.time.ms += 60_000
    again.forwarder.step()
    assert again.clock.fault == "clock.wrong"
    assert kept(again) == 1
    again.close()


def test_a_revoked_terminal_forgets_what_is_decided_and_keeps_what_is_not(counter: JournalledCounter) -> None:
    counter.submit(borrow("371600-9", card(9)))
    away(counter, 2)
    counter.ledger.down = Revoked()
    counter.link.answered()
    counter.forwarder.step()
    counter.forwarder.step()
    assert kept(counter) == 2


def test_an_idle_terminal_learns_that_it_was_revoked_wipes_itself_and_only_then_gives_up_its_key(
    counter: JournalledCounter,
) -> None:
    counter.submit(borrow("371600-9", card(9)))
    kept_when_the_key_went: list[int] = []
    counter.forwarder = Forwarder(
        counter.journal,
        counter.ledger,
        counter.link,
        counter.clock,
        counter.readiness,
        lambda: 0.5,
        ended=lambda: kept_when_the_key_went.append(kept(counter)),
    )
    counter.ledger.down = Revoked()
    for _ in range(3):
        counter.time.pass_(31)
        counter.forwarder.step()
    assert BusinessStopped("central.revoked") in counter.posted
    assert kept_when_the_key_went == [0]


def kept(counter: JournalledCounter) -> int:
    with reading(counter.journal.directory) as journal:
        return sum(entry.kept for entry in journal.entries())
