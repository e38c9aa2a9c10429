"""Checks of the numbers on a card: what must hold, and what is only worth a warning."""

from __future__ import annotations

import re
from datetime import date

from config.city.regions import PROVINCES
from domain.cards.aid import SOCIAL_SECURITY_RID
from domain.cards.faults import CardDataInvalid

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_FOREIGNER = re.compile(r"[A-Z]{3}(?:[0-9A-Z]{15}|[0-9]{12})")
_CARD_NUMBER = re.compile(r"[0-9A-Z]{1,9}")
_VERSION = re.compile(r"[1-9]\.[0-9]{2}")
_NO_DATE = re.compile(r"0*|[fF]*")
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


def read_date(digits: str, what: str) -> tuple[date | None, str]:
    """The date, or None, and what is odd about it. Zeros, F and nothing mean that the card has none."""
    if _NO_DATE.fullmatch(digits):
        return None, "no date on the card"
    try:
        return parse_date(digits, what), ""
    except CardDataInvalid as fault:
        return None, fault.detail.partition(": ")[2]


def check_character(first_17: str) -> str:
    """The last character of a resident number (GB 11643; ISO 7064 MOD 11-2)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(first_17, _MOD_11_2, strict=True)) % 11
    return "10X98765432"[remainder]


def parse_social_security_number(number: str) -> str:
    """The social-security number, which is the identification number, with its letters in upper case.

    Kinds in use: 18 digits of residents (GB 11643) and of residents of Hong Kong, Macau and Taiwan (81, 82,
    83); 18 digits of permanent residents, beginning with 9, since December 2023; 15 digits until 1999; a
    foreigner's, three letters of a country and 12 or 15 characters, without a check character.
    Raises ``CardDataInvalid``, never with the number in it.
    """
    number = number.upper()
    if _FOREIGNER.fullmatch(number):
        return number
    if _FIFTEEN.fullmatch(number):
        parse_social_security_number(of_18_digits(number))
        return number
    if not _EIGHTEEN.fullmatch(number):
        raise CardDataInvalid("social_security_number: not 17 digits and a check character")
    if number[:2] not in PROVINCES and not _is_permanent_resident(number):
        raise CardDataInvalid("social_security_number: no such region")
    parse_date(number[6:14], "social_security_number birth date")
    if number[-1] != check_character(number[:17]):
        raise CardDataInvalid("social_security_number: wrong check character")
    return number


def _is_permanent_resident(number: str) -> bool:
    """9, the province where it was issued (2 digits), the country (3 digits, ISO 3166-1), birth date, …"""
    return number[0] == "9" and number[1:3] in PROVINCES


def of_18_digits(number: str) -> str:
    """A number of 15 digits in the form that replaced it: the century 19 and the check character are
    added."""
    first_17 = f"{number[:6]}19{number[6:]}"
    return first_17 + check_character(first_17)


def read_social_security_number(text: str) -> tuple[str, str]:
    """The number as it can be used, and what is odd about it: a number never refuses a card."""
    number = text.upper() if text.isascii() else text
    try:
        return parse_social_security_number(number), ""
    except CardDataInvalid as fault:
        return number, fault.detail.partition(": ")[2] or fault.detail


def number_for_centre(number: str | None) -> str | None:
    """The number in the form by which the centre knows residents; None for a number of another form."""
    if number is None:
        return None
    if _FIFTEEN.fullmatch(number):
        return of_18_digits(number)
    return number if _EIGHTEEN.fullmatch(number) else None


def parse_card_number(number: str) -> str:
    """One to nine letters and digits, letters in upper case. Raises ``CardDataInvalid``."""
    number = number.upper() if number.isascii() else number
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
    """The card identification code: region 3 bytes, RID 5, serial 4, check 4, as 32 hex digits.

    Raises ``CardDataInvalid``. Regions outside GB/T 2260 exist (66 is the Xinjiang Corps): see
    ``region_is_known``.
    """
    if not re.fullmatch(r"[0-9A-F]{32}", digits):
        raise CardDataInvalid("identification_code: not 16 bytes")
    if not digits[:6].isdecimal():
        raise CardDataInvalid("identification_code: no such region")
    if digits[6:16] != SOCIAL_SECURITY_RID.hex().upper():
        raise CardDataInvalid("identification_code: not of a social-security card")
    return digits


def region_is_known(identification_code: str) -> bool:
    """Whether GB/T 2260 has the province of the code. A hint only."""
    return identification_code[:2] in PROVINCES


def version_is_known(version: str) -> bool:
    """Whether this is a version of the card's specification: ``1.00``, ``2.00``, ``3.00``."""
    return _VERSION.fullmatch(version) is not None
