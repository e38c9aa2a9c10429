"""The table of files: each entry explained by its example, and proved by round trips."""

from __future__ import annotations

import contextlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.faults import CardDataInvalid
from drivers.cards.social_security_files import (
    BIRTHPLACE,
    CARD_NUMBER,
    ETHNIC_GROUP,
    FIELDS,
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
    assert decode(field, record_value(field, record)) == (value, "")


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
    assert decode(field, record_value(field, encode(field, value, padding))) == (value, "")


@given(value=st.text("刘志勇", min_size=8, max_size=30))
def test_a_value_too_long_for_its_field_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="name_extension"):
        encode(NAME_EXTENSION, value * 2)


ODD_RECORDS = {
    "length beyond the record": (NAME, "0920C1F5D6BE", "刘志", "32 bytes"),
    "bytes after the value": (NAME, "0902C1F50A0131", "刘", ""),
    "another object first": (NAME, "0A01310902C1F5", "刘", ""),
    "longer than the field": (ETHNIC_GROUP, "0B020101", "0101", "2 bytes, 1 expected"),
    "shorter than a date": (ISSUE_DATE, "0503202103", "202103", "3 bytes, 4 expected"),
    "a date in ASCII": (
        ISSUE_DATE,
        "0508" + b"20210315".hex(),
        "20210315",
        "ASCII digits instead of packed ones",
    ),
    "letters in a number": (BIRTHPLACE, "0C03A71600", "a71600", "not decimal digits"),
    "half a character": (NAME, "0903C1F5D6", "刘\ufffd", "not GBK text"),
    "UTF-8": (NAME, "0909" + "郝一诺".encode().hex(), "郝一诺", "UTF-8 instead of GBK"),
    "a line break in a name": (NAME, "0905C1F50AD6BE", "刘志", "control characters in the text"),
    "text that turns around": (
        NAME,
        "0906C1F5" + "\u202e".encode("gb18030").hex(),
        "刘",
        "control characters",
    ),
    "remains after a terminator": (NAME, "0907C1F500BDADC4E1", "刘", ""),
    "no ASCII in a card number": (CARD_NUMBER, "0702C1F5", "刘", "not ASCII text"),
}


@pytest.mark.parametrize(("field", "record", "text", "oddity"), ODD_RECORDS.values(), ids=ODD_RECORDS.keys())
def test_an_odd_record_is_read_as_far_as_it_makes_sense(
    field: Field, record: str, text: str, oddity: str
) -> None:
    read, said = decode(field, record_value(field, bytes.fromhex(record)))
    assert read == text
    assert said.startswith(oddity) if said else not oddity or oddity == "32 bytes"


@pytest.mark.parametrize(("field", "record"), [(NAME, ""), (NAME, "09"), (CARD_NUMBER, "080431313131")])
def test_a_record_without_the_fields_tag_is_refused(field: Field, record: str) -> None:
    with pytest.raises(CardDataInvalid):
        record_value(field, bytes.fromhex(record))


@pytest.mark.parametrize(
    "character",
    [
        "㐂",
        "𠮷",
        "\U00031350",
        "\U000323af",
        "\U0002ebf0",
        "\U0002ee5d",
        "\U00030000",
        "\u9fb4",
        "\u9fff",
        "ḿ",
        "·",
    ],
)
def test_every_character_of_gb_18030_2022_is_read_without_a_warning(character: str) -> None:
    """FC-3: extension H (31350) and I (2EBF0) are newer than this Python's table of characters."""
    record = b"\x09\x08" + ("刘" + character).encode("gb18030").ljust(8, b"\0")
    assert decode(NAME, record_value(NAME, record)) == ("刘" + character, "")


@pytest.mark.parametrize(
    ("written", "meant"), [("FE59", "龴"), ("FEA0", "龻"), ("FE51", "𠂇"), ("A8BC", "ḿ"), ("A6D9", "︐")]
)
def test_codes_that_gb_18030_2022_moved_are_read_as_it_has_them(written: str, meant: str) -> None:
    assert decode(NAME, bytes.fromhex("C1F5" + written)) == ("刘" + meant, "")


@pytest.mark.parametrize("padding", ["A1A1", "00", "FF", "20", "A1A100", "20A1A1", "FF00"])
def test_padding_of_any_kind_on_either_side_is_taken_off(padding: str) -> None:
    """FC-3: U+3000 (A1A1) pads names of some card systems."""
    name, fill = "C1F5D6BE", padding * 3
    assert decode(NAME, bytes.fromhex(name + fill)) == ("刘志", "")
    assert decode(NAME, bytes.fromhex(fill + name)) == ("刘志", "")


def test_an_ideographic_space_inside_a_name_stays() -> None:
    assert decode(NAME, bytes.fromhex("C1F5A1A1D6BEA1A1")) == ("刘\u3000志", "")


def test_a_rare_character_of_the_user_defined_area_is_kept() -> None:
    assert decode(NAME, bytes.fromhex("C1F5AAA1")) == ("刘\ue000", "")


@given(untrusted=st.binary(max_size=300), field=st.sampled_from(FIELDS))
def test_any_bytes_are_a_value_or_invalid_card_data(untrusted: bytes, field: Field) -> None:
    with contextlib.suppress(CardDataInvalid):
        decode(field, record_value(field, untrusted))
