"""Checks of the numbers on a card: what must hold, and what is only a hint."""

from __future__ import annotations

import re
from datetime import date

from config.city.regions import PROVINCES
from drivers.cards.aid import SOCIAL_SECURITY_RID
from drivers.cards.faults import CardDataInvalid

_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_FOREIGNER = re.compile(r"[A-Z]{3}[0-9A-Z]{15}")
_CARD_NUMBER = re.compile(r"[0-9A-Z]{1,9}")
_VERSION = re.compile(r"[1-9]\.[0-9]{2}")
_MOD_11_2 = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_GB_11714 = (3, 7, 9, 10, 5, 8, 4, 2)


def parse_date(digits: str, what: str) -> date:
    """A YYYYMMDD date; 20231345 and an empty one are ``CardDataInvalid``. The value is not in the detail."""
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise CardDataInvalid(f"{what}: {len(digits)} digits are no date")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise CardDataInvalid(f"{what}: no such day") from None


def check_character(first_17: str) -> str:
    """The last character of a resident number (GB 11643; ISO 7064 MOD 11-2)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(first_17, _MOD_11_2, strict=True)) % 11
    return "10X98765432"[remainder]


def parse_social_security_number(number: str) -> str:
    """The social-security number, which is the resident number: region, birth date, check character.

    A foreigner's number begins with the three letters of a country and has no check character.
    Raises ``CardDataInvalid``, never with the number in it.
    """
    if _FOREIGNER.fullmatch(number):
        return number
    if not _RESIDENT.fullmatch(number):
        raise CardDataInvalid("social_security_number: not 17 digits and a check character")
    if number[:2] not in PROVINCES:
        raise CardDataInvalid("social_security_number: no such region")
    parse_date(number[6:14], "social_security_number birth date")
    if number[-1] != check_character(number[:17]):
        raise CardDataInvalid("social_security_number: wrong check character")
    return number


def parse_card_number(number: str) -> str:
    if not _CARD_NUMBER.fullmatch(number):
        raise CardDataInvalid("card_number: not letters and digits")
    return number


def card_number_is_plausible(number: str) -> bool:
    """Whether the last character follows GB 11714. A hint only: valid cards are seen that do not."""
    if len(number) != 9:
        return False
    total = sum(int(character, 36) * weight for character, weight in zip(number, _GB_11714, strict=False))
    check = 11 - total % 11
    return number[-1] == {10: "X", 11: "0"}.get(check, str(check))


def parse_identification_code(digits: str) -> str:
    """The card identification code: region 3 bytes, RID 5, serial 4, check 4, as 32 hex digits."""
    if not re.fullmatch(r"[0-9A-F]{32}", digits):
        raise CardDataInvalid("identification_code: not 16 bytes")
    if not digits[:6].isdecimal() or digits[:2] not in PROVINCES:
        raise CardDataInvalid("identification_code: no such region")
    if digits[6:16] != SOCIAL_SECURITY_RID.hex().upper():
        raise CardDataInvalid("identification_code: not of a social-security card")
    return digits


def parse_version(version: str) -> str:
    """The version of the card's specification: ``1.00``, ``2.00``, ``3.00``."""
    if not _VERSION.fullmatch(version):
        raise CardDataInvalid("version: not of the form 2.00")
    return version
