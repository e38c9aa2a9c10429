from __future__ import annotations

import pytest

from domain.cards.aid import SSSE
from drivers.cards import apdu

FIELD_BYTES = [
    (apdu.select_name(SSSE), "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"),
    (apdu.select_below(0xEF05), "00A4020002EF05"),
    (apdu.select_file(0xDDF1), "00A4000002DDF1"),
    (apdu.read_record(1, 0x12), "00B2010412"),
    (apdu.read_record_by_tag(0x08, 0x14), "00B2080014"),
    (apdu.read_binary(0x0123, apdu.ALL), "00B0012300"),
    (apdu.read_binary_of(0x16, 6), "00B0960006"),
    (apdu.get_challenge(), "0084000008"),
    (apdu.verify("123456"), "0020000003123456"),
    (apdu.internal_authenticate(b"\1" * 8, b"\2" * 8), "0088000010" + "01" * 8 + "02" * 8 + "00"),
    (apdu.external_authenticate(0x0A, b"\1" * 8, b"\2" * 8), "0082000A10" + "01" * 8 + "02" * 8),
]


@pytest.mark.parametrize(("command", "expected"), FIELD_BYTES, ids=[bytes_ for _, bytes_ in FIELD_BYTES])
def test_commands_are_the_bytes_the_field_uses(command: bytes, expected: str) -> None:
    assert command.hex().upper() == expected


@pytest.mark.parametrize(
    ("data", "expected", "tail"),
    [
        (b"", 0, ""),
        (b"", 256, "00"),
        (b"", 257, "000101"),
        (b"", 65_536, "000000"),
        (b"\xaa", 0, "01AA"),
        (b"\xaa", 256, "01AA00"),
        (b"\xaa", 65_536, "000001AA0000"),
    ],
)
def test_lengths_take_the_short_form_where_it_reaches(data: bytes, expected: int, tail: str) -> None:
    assert apdu.command(0x00, 0xB0, 0, 0, data, expected).hex().upper() == "00B00000" + tail


def test_what_no_apdu_can_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="65536 bytes"):
        apdu.command(0, 0, 0, 0, bytes(65_536))
