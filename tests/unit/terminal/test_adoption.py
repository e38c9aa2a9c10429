"""A published version that never reaches service is given up after two starts; a good one is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from terminal.provisioning.adoption import (
    MOST_STARTS,
    Adoption,
    Use,
    choice,
    decode,
    encode,
    reached_service,
    started,
)

VERSIONS = st.integers(1, 6)


def test_a_version_that_fails_twice_is_given_up_and_a_corrected_one_is_tried() -> None:
    """FC-56."""
    record = reached_service(started(Adoption(), 1), 1)
    for _ in range(MOST_STARTS):
        record = started(record, 2)
        assert choice(record, 2) is Use.NEWEST
    record = started(record, 2)
    assert choice(record, 2) is Use.LAST_GOOD
    record = reached_service(started(record, 2), 1)
    assert (choice(record, 2), record.good) == (Use.LAST_GOOD, 1)
    assert choice(started(record, 3), 3) is Use.NEWEST


def test_a_version_that_reached_service_is_never_given_up() -> None:
    record = reached_service(started(Adoption(), 4), 4)
    for _ in range(9):
        record = started(record, 4)
        assert choice(record, 4) is Use.NEWEST


@given(steps=st.lists(st.tuples(VERSIONS, st.booleans()), max_size=40))
def test_by_a_model_that_counts_starts(steps: list[tuple[int, bool]]) -> None:
    """The newest version is used unless it was started twice in a row and never reached service."""
    record, newest, failed = Adoption(), 0, dict[int, int]()
    good = set[int]()
    last_good = 0
    for version, works in steps:
        newest = max(newest, version)
        given_up = failed.get(newest, 0) >= MOST_STARTS and newest not in good
        expected = Use.LAST_GOOD if given_up else Use.NEWEST
        record = started(record, newest)
        assert choice(record, newest) is expected
        if expected is Use.NEWEST:
            failed[newest] = failed.get(newest, 0) + 1
            if works:
                record, last_good = reached_service(record, newest), newest
                good.add(newest)
        elif last_good:
            record = reached_service(record, last_good)
        assert record.good == last_good


@given(record=st.builds(Adoption, *[st.integers(0, 2**31)] * 3), garbage=st.binary(max_size=60))
def test_the_record_is_read_as_it_was_written_and_a_damaged_one_is_none(
    record: Adoption, garbage: bytes
) -> None:
    assert decode(encode(record)) == record
    assert isinstance(decode(garbage), Adoption)
