from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cards.faults import CardDataInvalid
from drivers.cards.numbers import (
    card_number_is_plausible,
    check_character,
    parse_date,
    parse_identification_code,
    parse_social_security_number,
)
from tests.cities import personas


def test_the_standards_own_example_is_right() -> None:
    assert check_character("11010519491231002") == "X"


@given(
    birth=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    sequence=st.integers(0, 999),
    wrong=st.sampled_from("0123456789X"),
)
def test_exactly_one_check_character_is_right(birth: date, sequence: int, wrong: str) -> None:
    first_17 = f"371600{birth:%Y%m%d}{sequence:03d}"
    right = check_character(first_17)
    assert parse_social_security_number(first_17 + right) == first_17 + right
    if wrong != right:
        with pytest.raises(CardDataInvalid, match="check character"):
            parse_social_security_number(first_17 + wrong)


@given(place=st.integers(0, 16), digit=st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_found(place: int, digit: str) -> None:
    number = personas()["liu-zhiyong"].social_security_number
    mistyped = number[:place] + digit + number[place + 1 :]
    if mistyped != number:
        with pytest.raises(CardDataInvalid):
            parse_social_security_number(mistyped)


def test_a_foreigners_number_is_accepted_as_it_is() -> None:
    assert parse_social_security_number("DEU000000C01X00T47") == "DEU000000C01X00T47"


@pytest.mark.parametrize("number", ["", "37160019850417001", "٣71600198504170016", "37160019850417001x"])
def test_what_is_no_number_at_all_is_refused(number: str) -> None:
    with pytest.raises(CardDataInvalid):
        parse_social_security_number(number)


@pytest.mark.parametrize("digits", ["20231345", "20230229", "00000000", "", "2023010", "２０２３０１０１"])
def test_a_day_that_never_was_is_refused_without_being_repeated(digits: str) -> None:
    with pytest.raises(CardDataInvalid) as caught:
        parse_date(digits, "issue_date")
    assert not digits or digits not in str(caught.value)


@pytest.mark.parametrize(("number", "plausible"), [("A12345678", False), ("T16000014", True), ("T1", False)])
def test_the_card_numbers_check_character_is_a_hint(number: str, plausible: bool) -> None:
    assert card_number_is_plausible(number) is plausible


@given(st.text(max_size=40))
def test_an_identification_code_of_any_text_is_itself_or_refused(text: str) -> None:
    with contextlib.suppress(CardDataInvalid):
        assert parse_identification_code(text) == text
