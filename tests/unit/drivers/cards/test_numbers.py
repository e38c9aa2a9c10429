from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.faults import CardDataInvalid
from domain.cards.numbers import (
    card_number_is_plausible,
    check_character,
    number_for_centre,
    parse_date,
    parse_identification_code,
    parse_social_security_number,
    read_date,
    read_social_security_number,
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


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("37160019850417008x", "37160019850417008X"),
        ("810000198504170015", "810000198504170015"),
        ("820000198504170014", "820000198504170014"),
        ("830000198504170013", "830000198504170013"),
        ("911276198504170018", "911276198504170018"),
        ("937840200001010016", "937840200001010016"),
        ("371600850417001", "371600850417001"),
        ("USA110081010016", "USA110081010016"),
    ],
)
def test_every_kind_of_number_in_use_is_accepted(number: str, kept: str) -> None:
    """FC-4. Check characters by python-stdnum's rule (ISO 7064 MOD 11-2), computed apart."""
    if len(number) == 18:
        number, kept = number[:17] + mod_11_2(number), kept[:17] + mod_11_2(number)
        assert parse_social_security_number(number.lower()) == kept
    assert parse_social_security_number(number) == kept


def mod_11_2(number: str) -> str:
    """ISO 7064 MOD 11-2 by its recursive definition, not by weights."""
    rest = 0
    for digit in number[:17]:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(1 - rest) % 11]


def test_the_centre_gets_a_number_by_the_form_it_knows() -> None:
    assert number_for_centre("371600850417001") == "371600198504170016"
    assert number_for_centre("371600198504170016") == "371600198504170016"
    assert number_for_centre("USA110081010016") is None
    assert number_for_centre(None) is None


@pytest.mark.parametrize("text", ["371600198504170017", "H12345678", "00001234", "123", "991600198504170016"])
def test_a_number_of_a_card_is_kept_with_a_warning_whatever_it_is(text: str) -> None:
    number, oddity = read_social_security_number(text)
    assert number == text
    assert oddity
    assert text not in oddity


@pytest.mark.parametrize("digits", ["00000000", "ffffffff", "", "20231345", "202103", "abc"])
def test_a_day_that_a_card_has_not_is_none(digits: str) -> None:
    """FC-5."""
    assert read_date(digits, "expiry_date")[0] is None
    assert read_date(digits, "expiry_date")[1]


@pytest.mark.parametrize("number", ["", "37160019850417001", "٣71600198504170016", "371600198504170016x"])
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
