"""Documents of guests: kinds, shapes of their numbers, and what a number says of its holder.

Sources: GB 11643 (ISO 7064 MOD 11-2); 公安部 2010 and 国家移民管理局 2023/2024 for permits and
permanent residence; kind codes after GA/T 517 (low confidence: ask the register), sex codes GB/T 2261.1.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from config.city.regions import PROVINCES
from domain.cards.numbers import check_character, of_18_digits
from domain.lodging.faults import DocumentWrong

CARD, IDENTITY, PASSPORT = "social_security_card", "identity_card", "passport"
HONG_KONG_MACAU, TAIWAN = "hong_kong_macau_permit", "taiwan_permit"
RESIDENCE, PERMANENT = "hmt_residence_permit", "permanent_residence"
HOUSEHOLD, BIRTH = "household_book", "birth_certificate"

KIND_CODES = {
    CARD: "111",
    IDENTITY: "111",
    HOUSEHOLD: "113",
    PASSPORT: "414",
    TAIWAN: "511",
    HONG_KONG_MACAU: "516",
    RESIDENCE: "554",
    PERMANENT: "553",
    BIRTH: "990",
}
"""GA/T 517 by kind, from memory of forms; a register's adapter replaces what differs."""
SEX_CODES = {"": "0", "male": "1", "female": "2"}
"""GB/T 2261.1."""
NUMBERS = (IDENTITY, HOUSEHOLD, RESIDENCE, PERMANENT)
"""Kinds whose number is the person's own, the same on every document of that person."""

_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_OLD_PERMANENT = re.compile(r"[A-Z]{3}[0-9]{12}")
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")
_HONG_KONG_MACAU = re.compile(r"([HM][0-9]{8})(?:[0-9]{2})?|([HM]A[A-Z0-9]{7})")
_TAIWAN = re.compile(r"([0-9]{8})|([0-9]{10}\(?[A-Z]\)?)")
_STATE = re.compile(r"[A-Z]{1,3}")
_BIRTH_CERTIFICATE = re.compile(r"[A-Z][0-9]{9}")
_BLANKS = re.compile(r"[\s\-‐‑–—·.]+")


@dataclass(frozen=True, slots=True)
class Document:
    """``issuer`` is the code of the issuing state (Doc 9303-3, ISO 3166-1 alpha-3). ``born`` and ``sex`` are
    None and empty where the number does not say them."""

    kind: str
    issuer: str
    number: str
    born: date | None = None
    sex: str = ""

    @property
    def identity(self) -> str:
        """Hash that is equal for the same document only: kind, state and number together. A person's own
        number is one identity on whichever document it stands."""
        if self.kind in NUMBERS or self.kind == CARD or not self.issuer:
            return self.earlier_identity
        return _hash(f"{self.kind}:{self.issuer}:{self.number}")

    @property
    def earlier_identity(self) -> str:
        """Hash by the number alone, as stays of an earlier version have it."""
        return _hash(self.number)


def document_of(kind: str, number: str, issuer: str = "") -> Document:
    """Raises ``DocumentWrong``, never with the number in it."""
    plain = _BLANKS.sub("", number.upper().replace("（", "(").replace("）", ")"))
    match kind:
        case "identity_card" | "household_book":
            return _resident(kind, plain)
        case "hmt_residence_permit":
            if plain[:2] not in ("81", "82", "83"):
                raise DocumentWrong("no such region")
            return _resident(kind, plain)
        case "permanent_residence":
            return _permanent(plain)
        case "hong_kong_macau_permit":
            return Document(kind, "CHN", _first(_HONG_KONG_MACAU, plain))
        case "taiwan_permit":
            return Document(kind, "CHN", _first(_TAIWAN, plain).replace("(", "").replace(")", ""))
        case "birth_certificate":
            return Document(kind, "CHN", _whole(_BIRTH_CERTIFICATE, plain))
        case "passport":
            return Document(kind, state_of(issuer), _whole(_PASSPORT, plain))
    raise DocumentWrong("no such kind of document")


def state_of(text: str) -> str:
    """Code of a state in capital letters; empty stays empty. Raises ``DocumentWrong``."""
    code = text.strip().strip("<").upper()
    if code and not _STATE.fullmatch(code):
        raise DocumentWrong("not a code of a state")
    # Germany prints one letter where ISO 3166-1 has three: one state, one identity.
    return "DEU" if code == "D" else code


def kind_of_number(number: str) -> str:
    """Kind of the document a personal number of 15 or 18 characters stands on."""
    if number[:1] == "9" or number[:3].isalpha():
        return PERMANENT
    return RESIDENCE if number[:2] in ("81", "82", "83") else IDENTITY


def _resident(kind: str, number: str) -> Document:
    if _FIFTEEN.fullmatch(number):
        number = of_18_digits(number)
    if not _RESIDENT.fullmatch(number):
        raise DocumentWrong("not a number of 18 characters")
    return _with_birth(kind, "CHN", number)


def _permanent(number: str) -> Document:
    """``9``, province (2), state (3, ISO numeric), birth (8), sequence (3, odd male), MOD 11-2; until 2023
    three letters and 12 digits: state, province (2) and city (2), birth (6), sequence and check."""
    if _OLD_PERMANENT.fullmatch(number):
        return Document(PERMANENT, number[:3], number)
    if not _RESIDENT.fullmatch(number) or number[0] != "9" or number[1:3] not in PROVINCES:
        raise DocumentWrong("not a number of a permanent resident")
    return _with_birth(PERMANENT, "CHN", number)


def _with_birth(kind: str, issuer: str, number: str) -> Document:
    if number[-1] != check_character(number[:17]):
        raise DocumentWrong("wrong check character")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise DocumentWrong("no such day of birth") from None
    return Document(kind, issuer, number, born, "male" if int(number[16]) % 2 else "female")


def _first(shape: re.Pattern[str], number: str) -> str:
    found = shape.fullmatch(number)
    if not found:
        raise DocumentWrong("not a number of this kind of document")
    return next(group for group in found.groups() if group)


def _whole(shape: re.Pattern[str], number: str) -> str:
    if not shape.fullmatch(number):
        raise DocumentWrong("not a number of this kind of document")
    return number


def _hash(content: str) -> str:
    return hashlib.sha256(f"guest document:{content}".encode()).hexdigest()
