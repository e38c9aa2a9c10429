"""What is decided is forgotten in time; what is open is not; the chain still holds."""

from __future__ import annotations

from datetime import timedelta

from drivers.central.faults import Unreachable
from terminal.journal.encryption import load_ring
from terminal.journal.opening import keys_of
from terminal.journal.retention import Purged, Retention, purge
from terminal.journal.rotation import rotate
from terminal.journal.verification import verify
from tests.unit.terminal.counter_with_journal import NOW, JournalledCounter, borrow, card

DAY = timedelta(days=1)


def filled(counter: JournalledCounter, count: int) -> None:
    for number in range(count):
        counter.submit(borrow(f"371600-{number}", card(number)))


def test_contents_go_first_and_the_chain_is_still_proved(counter: JournalledCounter) -> None:
    filled(counter, 10)
    assert purge(counter.journal, Retention(), NOW + 31 * DAY) == Purged(contents=10)
    found = verify(counter.journal.directory, counter.journal.ring)
    assert (found.checked, found.purged, found.problems) == (10, 10, ())


def test_a_purged_content_is_gone_from_the_disk(counter: JournalledCounter) -> None:
    filled(counter, 10)
    database = counter.journal.writer.read(
        lambda database: database.execute("SELECT sealed FROM record").fetchall()
    )
    purge(counter.journal, Retention(), NOW + 31 * DAY)
    on_disk = b"".join(file.read_bytes() for file in counter.journal.directory.iterdir())
    assert not [sealed for (sealed,) in database if sealed in on_disk]


def test_whole_records_go_from_the_oldest_end_and_the_sequence_goes_on(counter: JournalledCounter) -> None:
    filled(counter, 10)
    assert purge(counter.journal, Retention(), NOW + 500 * DAY).records == 9
    again = counter.restarted()
    again.submit(borrow("371600-99"))
    assert again.ledger.applied[-1].sequence == 11
    found = verify(again.journal.directory, again.journal.ring)
    assert (found.checked, found.problems) == (2, ())
    again.close()


def test_nothing_that_waits_is_ever_purged(counter: JournalledCounter) -> None:
    filled(counter, 2)
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-2", card(2)))
    filled(counter, 2)
    purge(counter.journal, Retention(), NOW + 5000 * DAY)
    counter.time.pass_(60)
    counter.drain()
    assert len(counter.ledger.applied) == 5


def test_a_new_key_seals_new_records_and_old_ones_still_open(counter: JournalledCounter) -> None:
    filled(counter, 2)
    keys = keys_of(counter.data, {})
    assert rotate(counter.journal, keys) == 2
    filled(counter, 2)
    again = counter.restarted()
    assert verify(again.journal.directory, again.journal.ring).whole
    again.close()


def test_a_key_nobody_needs_any_more_is_destroyed(counter: JournalledCounter) -> None:
    filled(counter, 2)
    keys = keys_of(counter.data, {})
    rotate(counter.journal, keys)
    purge(counter.journal, Retention(), NOW + 31 * DAY)
    rotate(counter.journal, keys)
    assert set(load_ring(keys).keys) == {2, 3}


def test_the_order_of_one_card_outlives_a_rotation(counter: JournalledCounter) -> None:
    counter.link.failed(Unreachable())
    counter.submit(borrow("371600-1"))
    rotate(counter.journal, keys_of(counter.data, {}))
    counter.submit(borrow("371600-2"))
    counter.time.pass_(60)
    counter.drain()
    assert [len(batch.deliveries) for batch in counter.ledger.batches] == [1, 1]
