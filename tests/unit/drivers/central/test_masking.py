from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.masking import mask_name, mask_number


@pytest.mark.parametrize(
    ("name", "masked"),
    [("刘志勇", "刘*勇"), ("杨颖", "杨*"), ("欧阳明月", "欧**月"), ("刘", "*"), ("", "")],
)
def test_a_name_shows_its_ends(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("37230119850417123X", "3723**********123X"),
        ("T16000014", "*******14"),
        ("371600D1560000055E00000159277F20", "3716" + "*" * 24 + "7F20"),
        ("12", "**"),
    ],
)
def test_a_number_shows_its_ends(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text("0123456789X", max_size=40))
def test_no_more_than_half_of_a_number_is_ever_shown(number: str) -> None:
    masked = mask_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") * 2 >= len(number)
