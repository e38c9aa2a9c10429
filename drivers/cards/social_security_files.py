"""The files of the social-security card as a table: reader, virtual card, docs and tests read this one.

Source: LD/T 32.6-2015 (application data structure), LD/T 32.3-2015 (file system). Records of EF05 and
EF06 are TLV of one byte tag, one byte length. Values travel as ``str`` above this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.cards.faults import CardDataInvalid
from drivers.cards.gb18030 import decoded, trimmed
from drivers.cards.tlv import encode_record, record_objects


class Format(Enum):
    """How a value is written in its bytes."""

    AN = "an"
    """ASCII letters and digits."""
    CN = "cn"
    """Packed BCD digits, filled on the right with F."""
    CODE = "code"
    """Fixed bytes, read as hex digits: a cn field of the standard that also holds a RID."""
    GBK = "GBK"
    """Chinese text; read as GB 18030, which contains GBK."""


class Padding(Enum):
    """Side and byte by which a card system fills short an and GBK values."""

    RIGHT_00 = ("right", b"\x00")
    RIGHT_SPACE = ("right", b" ")
    LEFT_00 = ("left", b"\x00")
    LEFT_SPACE = ("left", b" ")

    def fill(self, value: bytes, size: int) -> bytes:
        side, byte = self.value
        return value.ljust(size, byte) if side == "right" else value.rjust(size, byte)


@dataclass(frozen=True, slots=True)
class Field:
    """One record of a file.

    ``size`` is the length of the value in bytes; ``record`` its number on version 2.00 and 3.00 cards.
    ``example`` is a whole record as hex digits and the value it stands for.
    """

    file: int
    record: int
    tag: int
    name: str
    title: str
    size: int
    format: Format
    source: str
    example: tuple[str, str]

    @property
    def step(self) -> str:
        """How messages name this field: never with its value."""
        return f"EF{self.file & 0xFF:02X} tag {self.tag:02X} {self.name}"

    @property
    def expected(self) -> int:
        """The expected length (``Le``) of the whole record: tag, length, value."""
        return self.size + 2


ISSUER_FILE = 0xEF05
HOLDER_FILE = 0xEF06
FINGERPRINT_FILE = 0xEF07
PHOTO_FILE = 0xEF08
_EF05 = "LD/T 32.6-2015, SSSE EF05"
_EF06 = "LD/T 32.6-2015, SSSE EF06"

IDENTIFICATION_CODE = Field(
    ISSUER_FILE, 1, 0x01, "identification_code", "卡识别码", 16, Format.CODE, _EF05,
    ("0110110100D1560000055E00000159277F20", "110100D1560000055E00000159277F20"),
)  # fmt: skip
CARD_CLASS = Field(ISSUER_FILE, 2, 0x02, "card_class", "卡类别", 1, Format.AN, _EF05, ("020131", "1"))
VERSION = Field(ISSUER_FILE, 3, 0x03, "version", "规范版本", 4, Format.AN, _EF05, ("0304322E3030", "2.00"))
INITIALISING_ORGANISATION = Field(
    ISSUER_FILE, 4, 0x04, "initialising_organisation", "初始化机构编号", 12, Format.CN, _EF05,
    ("040C110100000000000000000001", "110100000000000000000001"),
)  # fmt: skip
ISSUE_DATE = Field(
    ISSUER_FILE, 5, 0x05, "issue_date", "发卡日期", 4, Format.CN, _EF05, ("050420210315", "20210315")
)
EXPIRY_DATE = Field(
    ISSUER_FILE, 6, 0x06, "expiry_date", "卡有效期", 4, Format.CN, _EF05, ("060420410315", "20410315")
)
CARD_NUMBER = Field(
    ISSUER_FILE, 7, 0x07, "card_number", "卡号", 9, Format.AN, _EF05,
    ("0709543136303030303134", "T16000014"),
)  # fmt: skip

SOCIAL_SECURITY_NUMBER = Field(
    HOLDER_FILE, 1, 0x08, "social_security_number", "社会保障号码", 18, Format.AN, _EF06,
    ("0812313130313030313938353034313730303158", "11010019850417001X"),
)  # fmt: skip
NAME = Field(
    HOLDER_FILE, 2, 0x09, "name", "姓名", 30, Format.GBK, _EF06,
    ("091EC1F5D6BED3C2" + "00" * 24, "刘志勇"),
)  # fmt: skip
NAME_EXTENSION = Field(
    HOLDER_FILE, 3, 0x4E, "name_extension", "姓名扩展", 20, Format.GBK, _EF06,
    ("4E14BDADC4E1" + "20" * 16, "江尼"),
)  # fmt: skip
SEX = Field(HOLDER_FILE, 4, 0x0A, "sex", "性别", 1, Format.AN, _EF06, ("0A0131", "1"))
ETHNIC_GROUP = Field(HOLDER_FILE, 5, 0x0B, "ethnic_group", "民族", 1, Format.CN, _EF06, ("0B0105", "05"))
BIRTHPLACE = Field(
    HOLDER_FILE, 6, 0x0C, "birthplace", "出生地", 3, Format.CN, _EF06, ("0C03110100", "110100")
)
BIRTH_DATE = Field(
    HOLDER_FILE, 7, 0x0D, "birth_date", "出生日期", 4, Format.CN, _EF06, ("0D0419850417", "19850417")
)

FIELDS = (
    IDENTIFICATION_CODE, CARD_CLASS, VERSION, INITIALISING_ORGANISATION, ISSUE_DATE, EXPIRY_DATE, CARD_NUMBER,
    SOCIAL_SECURITY_NUMBER, NAME, NAME_EXTENSION, SEX, ETHNIC_GROUP, BIRTHPLACE, BIRTH_DATE,
)  # fmt: skip


def record_value(field: Field, untrusted_record: bytes) -> bytes:
    """Value bytes of the field in a record: the first data object with its tag.

    A length beyond the end gives what is there; bytes after the value are ignored. Raises ``CardDataInvalid``
    where no object has the tag.
    """
    for tag, value in record_objects(untrusted_record):
        if tag == field.tag:
            return value
    found = untrusted_record[:1].hex().upper() or "none"
    raise CardDataInvalid(f"{field.step}: the record has tag {found}")


def length_oddity(field: Field, value: bytes) -> str:
    """What is odd about the length of a value; empty when nothing is. Text may be shorter than its field."""
    exact = field.format in (Format.CN, Format.CODE)
    if len(value) > field.size or (exact and len(value) != field.size):
        return f"{len(value)} bytes, {field.size} expected"
    return ""


def decode(field: Field, value: bytes) -> tuple[str, str]:
    """The value as text, without its padding, and what is odd about it (empty when nothing is)."""
    match field.format:
        case Format.CODE:
            text, oddity = value.hex().upper(), ""
        case Format.CN:
            text, oddity = _decode_digits(field, value)
        case Format.AN:
            text, oddity = _decode_letters(trimmed(value))
        case Format.GBK:
            text, oddity = decoded(trimmed(value))
    return text, oddity or length_oddity(field, value)


def _decode_digits(field: Field, value: bytes) -> tuple[str, str]:
    """Packed BCD; some card systems write the digits as ASCII instead."""
    if len(value) == 2 * field.size and value.isdigit():
        return value.decode("ascii"), "ASCII digits instead of packed ones"
    digits = value.hex().strip("f")
    return digits, "" if not digits or digits.isdecimal() else "not decimal digits"


def _decode_letters(value: bytes) -> tuple[str, str]:
    text, oddity = decoded(value)
    return text, oddity or ("" if text.isascii() else "not ASCII text")


def encode(field: Field, value: str, padding: Padding = Padding.RIGHT_00) -> bytes:
    """A whole record, as an issuer writes it; the inverse of reading. ``ValueError`` when it does not fit."""
    match field.format:
        case Format.CODE:
            content = bytes.fromhex(value)
        case Format.CN:
            content = bytes.fromhex(value.ljust(field.size * 2, "f"))
        case Format.AN:
            content = padding.fill(value.encode("ascii"), field.size)
        case Format.GBK:
            content = padding.fill(value.encode("gb18030"), field.size)
    if len(content) != field.size:
        raise ValueError(f"{field.step}: does not fit {field.size} bytes")
    return encode_record(field.tag, content)
