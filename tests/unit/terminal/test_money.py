"""Fen and what people read and type: an independent model, and no float anywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import fen_of, yuan


@given(st.integers(-(10**12), 10**12))
def test_an_amount_is_written_as_decimal_arithmetic_writes_it(fen: int) -> None:
    assert yuan(fen) == f"{Decimal(fen) / 100:,.2f}"


@given(st.integers(0, 99_999_999_999))
def test_what_is_typed_is_what_was_written(fen: int) -> None:
    assert fen_of(yuan(fen).replace(",", "")) == fen


@given(st.integers(0, 999_999_999), st.integers(0, 9))
def test_one_decimal_is_tenths_and_none_is_whole_yuan(whole: int, tenth: int) -> None:
    assert fen_of(f"{whole}") == whole * 100
    assert fen_of(f"{whole}.{tenth}") == whole * 100 + tenth * 10


@pytest.mark.parametrize(
    "typed", ["", ".", "1.", ".5", "-1", "+1", "1.234", "1,000", "1e3", " 1", "1 ", "1\n", "٣", "1234567890"]
)
def test_anything_else_is_no_amount(typed: str) -> None:
    assert fen_of(typed) is None
