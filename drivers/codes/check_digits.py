"""Check digits of numbers on labels and cards. Pure; every function takes text of any kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def gtin(text: str) -> bool:
    """EAN-8, UPC-A, EAN-13, ITF-14 (GS1 General Specifications, 7.9)."""
    return (
        _digits(text)
        and sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(text[::-1])) % 10 == 0
    )


def luhn(text: str) -> bool:
    """ISO/IEC 7812-1, annex B; also the 14 digits of North American libraries."""
    if not _digits(text):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(text[::-1]))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def resident(text: str) -> bool:
    """18 characters with a birth date and a check character (GB 11643; ISO 7064 MOD 11-2)."""
    if not re.fullmatch("[0-9]{17}[0-9X]", text) or not _birth_date(text[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, RESIDENT_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17]


def resident15(text: str) -> bool:
    """15 digits of before 1999: no check digit, a birth date in 1900 to 1999."""
    return len(text) == 15 and _digits(text) and 11 <= int(text[:2]) <= 82 and _birth_date("19" + text[6:12])


def isbn13(text: str) -> bool:
    """The first 13 digits, hyphens left out; a damaged ISBN is still one and no copy."""
    return len(re.sub("[^0-9]", "", text)) in (13, 15, 18)


def isbn_text(text: str) -> bool:
    """ISBN-10 or ISBN-13 as printed (ISO 2108, 4 and annex A)."""
    digits = re.sub("[^0-9X]", "", text.removeprefix("ISBN"))
    if len(digits) == 13:
        return gtin(digits)
    if not re.fullmatch("[0-9]{9}[0-9X]", digits):
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0


def credit_code(text: str) -> bool:
    """18 characters, MOD 31 (GB 32100-2015, 4.6)."""
    if len(text) != 18 or not set(text) <= set(CREDIT_CODE):
        return False
    pairs = zip(text, CREDIT_WEIGHTS, strict=False)
    total = sum(CREDIT_CODE.index(character) * weight for character, weight in pairs)
    return CREDIT_CODE.index(text[17]) == -total % 31


def emv_crc(text: str) -> bool:
    """CRC-16/CCITT-FALSE over all before the last four hex digits (EMVCo MPM, 4.7.3)."""
    crc = 0xFFFF
    for octet in text[:-4].encode():
        crc ^= octet << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    return f"{crc:04X}" == text[-4:]


def code39_mod43(text: str) -> bool:
    """The optional check character of Code 39 (ISO/IEC 16388, annex A)."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
    if len(text) < 2 or not set(text) <= set(alphabet):
        return False
    return alphabet.index(text[-1]) == sum(map(alphabet.index, text[:-1])) % 43


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _birth_date(digits: str) -> bool:
    try:
        return 1850 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False


CHECKS: dict[str, Callable[[str], bool]] = {
    "none": lambda _: True,
    "gtin": gtin,
    "luhn": luhn,
    "not_luhn": lambda text: not luhn(text),
    "mod43": code39_mod43,
    "resident": resident,
    "resident15": resident15,
    "isbn13": isbn13,
    "isbn_text": isbn_text,
    "credit_code": credit_code,
    "emv_crc": emv_crc,
}
