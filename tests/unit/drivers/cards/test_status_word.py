from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.faults import StatusFault
from drivers.cards.connection import Response
from drivers.cards.status_word import StatusWord, expect, expect_data, meaning_of, tries_left

PUBLISHED = """9000 6281 6282 6283 6284 6300 6581 6700 6901 6981 6982 6983 6984 6985 6986 6988
6A80 6A81 6A82 6A83 6A84 6A85 6A86 6A88 6B00 6D00 6E00 6F00 9302 9303 9401 9402 9403 9406 9840 9850"""


def test_every_word_of_the_command_reference_has_a_name_and_a_meaning() -> None:
    assert {f"{word.value:04X}" for word in StatusWord} == set(PUBLISHED.split())
    assert all(word.meaning for word in StatusWord)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (0x6110, "16 more bytes to fetch"),
        (0x6100, "256 more bytes to fetch"),
        (0x6C12, "wrong expected length, 18 is right"),
        (0x63C2, "wrong secret, 2 tries left"),
        (0x1234, "unknown status word"),
    ],
)
def test_ranges_say_their_number(status: int, meaning: str) -> None:
    assert meaning_of(status) == meaning


def test_only_a_63cx_counts_tries() -> None:
    assert tries_left(0x63C0) == 0
    assert tries_left(0x6300) is None


@given(st.binary(max_size=4))
def test_the_data_of_a_good_answer_is_handed_on(data: bytes) -> None:
    assert expect("READ RECORD", Response(data, 0x9000)) == data


@given(st.integers(0, 0xFFFF).filter(lambda status: status != 0x9000))
def test_every_other_word_is_a_fault_that_names_step_and_word(status: int) -> None:
    with pytest.raises(StatusFault, match=f"READ RECORD: {status:04X}"):
        expect("READ RECORD", Response(b"", status))


@pytest.mark.parametrize("status", [0x9000, 0x6200, 0x6281, 0x6282, 0x6284, 0x62F1, 0x6300, 0x6310])
def test_the_data_of_a_warning_can_be_used(status: int) -> None:
    """FC-11."""
    assert expect_data("READ RECORD", Response(b"data", status)) == b"data"


@pytest.mark.parametrize("status", [0x6283, 0x63C2, 0x6400, 0x6982, 0x6A82])
def test_the_data_of_a_refusal_cannot(status: int) -> None:
    with pytest.raises(StatusFault):
        expect_data("READ RECORD", Response(b"data", status))


def test_a_warning_without_data_is_none_to_use() -> None:
    with pytest.raises(StatusFault):
        expect_data("READ RECORD", Response(b"", 0x6282))
