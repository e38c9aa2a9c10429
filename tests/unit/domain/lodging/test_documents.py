"""Documents of guests: numbers of each kind, and one identity for one document."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lodging.documents import CARD, KIND_CODES, Document, document_of, kind_of_number, state_of
from domain.lodging.faults import DocumentWrong


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("932682198501010017", date(1985, 1, 1), "male"),
        ("911124198108030024", date(1981, 8, 3), "female"),
    ],
)
def test_the_published_samples_of_permanent_residence_are_read(number: str, born: date, sex: str) -> None:
    """FC-33. Samples of the adaptation note of 2023."""
    found = document_of("permanent_residence", number)
    assert (found.born, found.sex) == (born, sex)
    with pytest.raises(DocumentWrong):
        document_of("permanent_residence", number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("kind", "number", "plain"),
    [
        ("identity_card", "11010519491231002x", "11010519491231002X"),
        ("identity_card", "110105 19491231 002X", "11010519491231002X"),
        ("identity_card", "110105491231002", "11010519491231002X"),
        ("hong_kong_macau_permit", "h12345678", "H12345678"),
        ("hong_kong_macau_permit", "H1234567802", "H12345678"),
        ("hong_kong_macau_permit", "MA1B2C3D4", "MA1B2C3D4"),
        ("taiwan_permit", "00000001", "00000001"),
        ("taiwan_permit", "1234567890（B）", "1234567890B"),
        ("hmt_residence_permit", "810000199408230021", "810000199408230021"),
        ("permanent_residence", "usa110190010112", "USA110190010112"),
        ("birth_certificate", "T110123456", "T110123456"),
    ],
)
def test_numbers_are_read_as_they_are_printed(kind: str, number: str, plain: str) -> None:
    assert document_of(kind, number).number == plain


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("identity_card", "110105194912310021"),
        ("identity_card", "11010519491331002X"),
        ("identity_card", ""),
        ("hmt_residence_permit", "11010519491231002X"),
        ("hong_kong_macau_permit", "K12345678"),
        ("hong_kong_macau_permit", "H123456789"),
        ("taiwan_permit", "1234567"),
        ("passport", "C01#"),
        ("permanent_residence", "91350211M000100Y43"),
        ("library_card", "1"),
    ],
)
def test_numbers_of_another_shape_are_refused(kind: str, number: str) -> None:
    with pytest.raises(DocumentWrong) as fault:
        document_of(kind, number, "USA")
    assert not number or number not in str(fault.value)


STATES = st.from_regex(r"[A-Z]{3}", fullmatch=True)
NUMBER = st.from_regex(r"[A-Z0-9]{6,9}", fullmatch=True)


@given(NUMBER, NUMBER, STATES, STATES)
def test_passports_are_one_only_if_state_and_number_are(a: str, b: str, first: str, second: str) -> None:
    one, other = document_of("passport", a, first), document_of("passport", b, second)
    assert (one.identity == other.identity) == ((a, state_of(first)) == (b, state_of(second)))


def test_a_permit_and_a_passport_of_equal_number_are_two() -> None:
    permit, passport = document_of("taiwan_permit", "12345678"), document_of("passport", "12345678", "CHN")
    assert permit.identity != passport.identity


def test_the_social_security_card_and_the_identity_card_are_one_person() -> None:
    number = "11010519491231002X"
    assert Document(CARD, "CHN", number).identity == document_of("identity_card", number).identity


@given(st.text(max_size=30), st.sampled_from(sorted(KIND_CODES)), st.text(max_size=4))
def test_no_text_of_strangers_breaks_the_reading(number: str, kind: str, state: str) -> None:
    with suppress(DocumentWrong):
        assert document_of(kind, number, state).number.isascii()


def test_a_number_says_on_which_document_it_stands() -> None:
    numbers = ("932682198501010017", "USA110190010112", "830000199201300022", "11010519491231002X")
    assert [kind_of_number(each) for each in numbers] == [
        "permanent_residence",
        "permanent_residence",
        "hmt_residence_permit",
        "identity_card",
    ]
