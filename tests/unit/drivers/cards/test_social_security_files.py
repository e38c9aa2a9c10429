"""The table of files: each entry explained by its example, and proved by round trips."""

from __future__ import annotations

import contextlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cards.faults import CardDataInvalid
from drivers.cards.social_security_files import (
    BIRTHPLACE,
    CARD_NUMBER,
    ETHNIC_GROUP,
    FIELDS,
    IDENTIFICATION_CODE,
    ISSUE_DATE,
    NAME,
    NAME_EXTENSION,
    Field,
    Format,
    Padding,
    decode,
    encode,
    record_value,
)

each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)


@each_field
def test_the_example_reads_as_it_says(field: Field) -> None:
    record, value = bytes.fromhex(field.example[0]), field.example[1]
    assert decode(field, record_value(field, record)) == value


@each_field
def test_the_example_is_a_whole_record_of_the_field(field: Field) -> None:
    record = bytes.fromhex(field.example[0])
    assert (record[0], record[1], len(record)) == (field.tag, field.size, field.expected)


def test_no_two_fields_share_a_tag_a_name_or_a_place() -> None:
    for key in (lambda f: f.tag, lambda f: f.name, lambda f: (f.file, f.record)):
        assert max(Counter(map(key, FIELDS)).values()) == 1


def values_of(field: Field) -> st.SearchStrategy[str]:
    match field.format:
        case Format.CODE:
            return st.binary(min_size=field.size, max_size=field.size).map(lambda b: b.hex().upper())
        case Format.CN:
            return st.text("0123456789", min_size=1, max_size=field.size * 2)
        case Format.AN:
            return st.text("ABCXYZ0123456789.", max_size=field.size)
        case Format.GBK:
            return st.text("刘志勇杨颖㐂𠮷·A", max_size=field.size).filter(
                lambda name: len(name.encode("gb18030")) <= field.size
            )


@given(data=st.data(), field=st.sampled_from(FIELDS), padding=st.sampled_from(Padding))
def test_what_an_issuer_writes_is_what_a_terminal_reads(data, field: Field, padding: Padding) -> None:
    value = data.draw(values_of(field))
    assert decode(field, record_value(field, encode(field, value, padding))) == value


@given(value=st.text("刘志勇", min_size=8, max_size=30))
def test_a_value_too_long_for_its_field_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="name_extension"):
        encode(NAME_EXTENSION, value * 2)


WRONG_RECORDS = {
    "empty": (NAME, ""),
    "tag only": (NAME, "09"),
    "another tag": (CARD_NUMBER, "0804" + "31" * 4),
    "length beyond the record": (NAME, "0920" + "00" * 30),
    "bytes after the value": (NAME, "0902C1F500"),
    "longer than the field": (ETHNIC_GROUP, "0B020101"),
    "shorter than a date": (ISSUE_DATE, "0503202103"),
    "shorter than a code": (IDENTIFICATION_CODE, "010F" + "37" * 15),
    "letters in a number": (BIRTHPLACE, "0C03A71600"),
    "no GBK": (NAME, "0902C1FF"),
    "half a character": (NAME, "0903C1F5D6"),
    "a line break in a name": (NAME, "0903C1F50A41"[:10]),
    "text that turns around": (NAME, "0904" + "\u202e".encode("gb18030").hex()),
    "no ASCII in a card number": (CARD_NUMBER, "0702C1F5"),
}


@pytest.mark.parametrize(("field", "record"), WRONG_RECORDS.values(), ids=WRONG_RECORDS.keys())
def test_a_record_that_is_not_the_fields_is_refused(field: Field, record: str) -> None:
    with pytest.raises(CardDataInvalid):
        decode(field, record_value(field, bytes.fromhex(record)))


def test_a_rare_character_of_the_user_defined_area_is_kept() -> None:
    assert decode(NAME, bytes.fromhex("C1F5AAA1")) == "刘\ue000"


@given(untrusted=st.binary(max_size=300), field=st.sampled_from(FIELDS))
def test_any_bytes_are_a_value_or_invalid_card_data(untrusted: bytes, field: Field) -> None:
    with contextlib.suppress(CardDataInvalid):
        decode(field, record_value(field, untrusted))
