"""What counters elsewhere are complained of, each with the place it was written down, and what ours does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from config.fault_texts import fault_texts
from domain.credential import ECard
from domain.messages.contract import TransactionBatch
from domain.offline_policy import ActionPolicy, OfflinePolicies
from domain.transaction_state import Standing
from drivers.central.faults import Conflict, OutcomeUnknown, TryLater, Unreachable
from terminal.journal.faults import JournalInUse
from terminal.visit.events import CentralReach
from terminal.visit.steps import Certainty
from tests.unit.terminal.counter_with_journal import JournalledCounter, borrow, card, renew
from tests.unit.terminal.ledger import Ledger, refused


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[JournalledCounter]:
    counter = JournalledCounter(tmp_path)
    yield counter
    counter.close()


def lost(_: TransactionBatch) -> None:
    raise OutcomeUnknown("time-out")


def promised(counter: JournalledCounter, count: int) -> list[str]:
    counter.link.failed(Unreachable())
    ids = [counter.submit(borrow(f"371600-{n}", card(n))).transaction_id for n in range(count)]
    counter.time.pass_(60)
    return ids


def test_new_business_during_a_drain_charges_nobody_twice(counter: JournalledCounter) -> None:
    """stripe/stripe-terminal-android#747: eight orders became nineteen charges."""
    promised(counter, 8)
    counter.ledger.after = lost
    for number in range(8, 12):
        counter.forwarder.step()
        counter.link.answered()
        counter.submit(borrow(f"371600-{number}", card(number)))
        counter.time.pass_(60)
    counter.ledger.after = lambda _: None
    counter.drain()
    assert sorted(each.sequence for each in counter.ledger.applied) == list(range(1, 13))


def test_an_offline_success_always_arrives(counter: JournalledCounter) -> None:
    """stripe/stripe-terminal-ios#261, odoo/odoo#60939: a receipt printed, and no record."""
    ids = promised(counter, 5)
    again = counter.restarted()
    again.drain()
    assert [str(each.id) for each in again.ledger.applied] == ids
    again.close()


def test_going_offline_in_mid_transaction_never_says_done(counter: JournalledCounter) -> None:
    """stripe/stripe-terminal-ios#294: it said done, and the payment was declined later."""
    counter.ledger.before = lost
    outcome = counter.submit(borrow("371600-1"))
    assert outcome.certainty is Certainty.ACCEPTED
    counter.ledger.before = lambda _: None
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.copy_on_loan")
    counter.time.pass_(60)
    counter.drain()
    assert counter.journal.backlog.inbox == 1


def test_what_was_told_as_failed_was_not_taken(tmp_path: Path) -> None:
    """stripe/stripe-terminal-android#470: failed on the screen, and the money was gone."""
    counter = JournalledCounter(tmp_path, Ledger(after=lost), OfflinePolicies({}))
    assert counter.submit(borrow("371600-1")).certainty is Certainty.REFUSED
    assert len(counter.ledger.applied) == 1
    counter.ledger.after = lambda _: None
    counter.time.pass_(60)
    counter.drain()
    assert counter.ledger.applied == []
    counter.close()


def test_a_running_repeat_is_no_failure(counter: JournalledCounter) -> None:
    """stripe/stripe-terminal-android#470: the 409 of an own retry was taken for a refusal."""
    tries = itertools.count()

    def running(_: TransactionBatch) -> None:
        if next(tries) == 0:
            raise TryLater("running", 1)

    counter.ledger.before = running
    assert counter.submit(borrow("371600-1")).certainty is Certainty.CONFIRMED


def test_what_was_told_is_on_disk_whatever_happens_next(counter: JournalledCounter) -> None:
    """odoo/odoo#125037: a crash loses confirmed orders. Power cuts: ``tests/faults/test_power_cut.py``."""
    outcome = counter.submit(borrow("371600-1"))
    again = counter.restarted()
    standings = again.journal.writer.read(
        lambda database: database.execute("SELECT id, standing FROM record JOIN standing USING (sequence)")
        .fetchall()
    )  # fmt: skip
    assert [(str(UUID(bytes=id)), standing) for id, standing in standings] == [
        (outcome.transaction_id, Standing.CONFIRMED)
    ]
    again.close()


def test_a_clerk_can_have_it_delivered_now(counter: JournalledCounter) -> None:
    """stripe/stripe-terminal-android#485: no way to force it, and it takes for ever."""
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1"))
    for _ in range(8):
        counter.link.failed(Unreachable())
    assert counter.forwarder.step() > 10_000
    counter.forwarder.deliver_now()
    counter.forwarder.step()
    assert len(counter.ledger.applied) == 1


def test_now_is_not_sooner_than_the_centre_allowed(counter: JournalledCounter) -> None:
    promised(counter, 1)
    counter.link.answered()
    counter.ledger.down = TryLater("status 429", 30_000)
    counter.forwarder.step()
    counter.forwarder.deliver_now()
    assert counter.forwarder.step() == pytest.approx(30_000)


def test_offline_switches_on_by_itself_and_says_so_in_plain_words(counter: JournalledCounter) -> None:
    """pretix/pretixscan-android#139: "unable to resolve host" at the door."""
    counter.ledger.down = Unreachable("getaddrinfo: Name or service not known")
    outcome = counter.submit(borrow("371600-1"))
    assert outcome.certainty is Certainty.ACCEPTED
    assert counter.posted == [CentralReach(False)]
    assert "getaddrinfo" not in repr(outcome)


def test_a_second_outage_during_the_drain_loses_nothing_and_shows_what_is_pending(
    counter: JournalledCounter,
) -> None:
    """odoo PR#261096, odoo/odoo#203431: not retried, and nothing shows that they wait."""
    promised(counter, 300)
    counter.forwarder.step()
    counter.ledger.down = Unreachable()
    counter.forwarder.step()
    assert counter.journal.backlog.pending == 100
    assert counter.posted[-1] == CentralReach(False)
    counter.ledger.down = None
    counter.time.pass_(60)
    counter.drain()
    assert len(counter.ledger.applied) == 300


def test_a_second_process_cannot_drain_the_same_queue(counter: JournalledCounter) -> None:
    """odoo/odoo#152259: two tabs, two orders."""
    promised(counter, 1)
    with pytest.raises(JournalInUse):
        JournalledCounter(counter.data, counter.ledger)


def test_same_looking_business_is_kept_apart_and_none_is_dropped(counter: JournalledCounter) -> None:
    """SandeepVashishtha/Eventra#11074, #16262: a coarse key swallows other people's scans."""
    counter.link.failed(Unreachable())
    for _ in range(3):
        counter.submit(renew("371600-1"))
    counter.time.pass_(60)
    counter.drain()
    assert len({each.id for each in counter.ledger.applied}) == 3


def test_a_full_journal_refuses_rather_than_say_success(tmp_path: Path) -> None:
    """Eventra#11074 too: success on the screen, and the write had failed."""
    counter = JournalledCounter(tmp_path, reserve_bytes=1 << 60)
    assert counter.submit(borrow("371600-1")).code == "journal.full"
    assert counter.ledger.batches == []
    counter.close()


def test_a_promise_never_turns_back_into_a_draft(counter: JournalledCounter) -> None:
    """odoo PR#288974, PR#190821: reverted by a reload, or by another device's sync."""
    promised(counter, 1)
    again = counter.restarted()
    assert (again.cut_short, again.journal.backlog.pending) == (0, 1)
    again.drain()
    final = again.restarted()
    assert (final.cut_short, final.journal.backlog.pending) == (0, 0)
    final.close()


def test_a_no_while_offline_says_which_limit_it_was(tmp_path: Path) -> None:
    """pretixscan-android#49, pretixscan-desktop#65: "invalid", with no hint why."""
    strict = ActionPolicy(allowed=True, trust="verified", count=5, age_hours=1)  # type: ignore[arg-type]
    counter = JournalledCounter(tmp_path, policies=OfflinePolicies({("library", "borrow"): strict}))
    counter.link.failed(Unreachable())
    codes = [
        counter.submit(borrow("371600-1")).code,
        counter.submit(renew("371600-1")).code,
        counter.submit(borrow("371600-1", ECard("a-token-of-the-phone"))).code,
    ]
    assert codes == ["offline.trust_too_low", "offline.not_allowed", "offline.trust_too_low"]
    assert all(fault_texts()[code].next_zh for code in codes)
    counter.close()


def test_what_the_centre_alone_can_know_is_promised_as_such(counter: JournalledCounter) -> None:
    """pretixscan-ios#34, eventyay-checkin#147: offline rules are not the online rules. What a limit of
    the centre says is learnt later; until then nothing is called done, and the no reaches a person."""
    counter.ledger.rule = lambda delivery: refused(delivery.transaction, "library.limit_reached")
    assert counter.submit(borrow("371600-1")).certainty is Certainty.REFUSED
    counter.link.failed(Unreachable())
    assert counter.submit(borrow("371600-1")).certainty is Certainty.ACCEPTED
    counter.time.pass_(60)
    counter.drain()
    assert counter.journal.backlog.inbox == 1


def test_an_id_is_never_reused_for_other_business(counter: JournalledCounter) -> None:
    counter.ledger.down = Conflict()
    assert counter.submit(borrow("371600-1")).certainty is Certainty.REFUSED
    assert counter.journal.backlog.inbox == 1
