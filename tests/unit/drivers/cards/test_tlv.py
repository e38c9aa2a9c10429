from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.faults import CardDataInvalid
from drivers.cards.tlv import encode_ber, encode_record, find, parse_ber, record_objects

FCI = bytes.fromhex("6F16840F7378312E73682EC9E7BBE1B1A3D5CFA503880110")


def test_the_published_sample_of_an_fci_is_understood() -> None:
    assert find(FCI, 0x84) == bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
    assert find(FCI, 0x88) == b"\x10"
    assert find(FCI, 0x9F0C) is None


@given(
    tag=st.sampled_from([0x84, 0x88, 0x6F, 0xA5, 0x9F0C, 0xBF0C, 0x5F20]),
    value=st.binary(max_size=1000),
)
def test_an_object_written_is_the_object_read(tag: int, value: bytes) -> None:
    assert parse_ber(encode_ber(tag, value)) == ((tag, value),)


@given(value=st.binary(max_size=30))
def test_an_object_is_found_however_deep_an_fci_holds_it(value: bytes) -> None:
    inner = encode_ber(0xBF0C, encode_ber(0x9F0C, value))
    assert find(encode_ber(0x6F, encode_ber(0x84, b"name") + encode_ber(0xA5, inner)), 0x9F0C) == value


@given(st.binary(max_size=400))
def test_any_bytes_are_objects_or_invalid_card_data(untrusted: bytes) -> None:
    try:
        objects = parse_ber(untrusted)
    except CardDataInvalid:
        return
    assert sum(len(value) + 2 for _, value in objects) <= len(untrusted)


@pytest.mark.parametrize(
    "broken",
    ["84", "8405AABB", "9F", "9F80", "9F0C", "8480", "8483000001AA", "8481", "84820001", "8485FFFFFFFFFF"],
)
def test_an_object_cut_short_or_of_strange_length_is_refused(broken: str) -> None:
    with pytest.raises(CardDataInvalid):
        parse_ber(bytes.fromhex(broken))


def test_filler_between_objects_is_skipped() -> None:
    assert parse_ber(bytes.fromhex("00FF8401AA008801BB0000")) == ((0x84, b"\xaa"), (0x88, b"\xbb"))


@given(tag=st.integers(0, 255), value=st.binary(max_size=255))
def test_a_record_written_is_the_record_read(tag: int, value: bytes) -> None:
    if tag not in (0x00, 0xFF):
        assert list(record_objects(encode_record(tag, value))) == [(tag, value)]
