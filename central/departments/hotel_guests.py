"""Identity of a guest: from a card or code, or typed by a clerk from a document, which is trusted less."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from central.departments.department import Business, Decision, refused
from central.tables import holder

ADULT = 18
CARD, IDENTITY, PASSPORT = "social_security_card", "identity_card", "passport"

_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_PASSPORT = re.compile(r"[A-Z0-9]{5,17}")
_MOD_11_2 = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Guest:
    """``document_type`` is one of the three above; ``number`` is the document's own."""

    name: str
    number: str
    born: date
    document_type: str
    subject: str = ""

    @property
    def document(self) -> str:
        """Stand-in for the document number: different from it, and the same for the same number."""
        return hashlib.sha256(f"guest document:{self.number}".encode()).hexdigest()

    @property
    def sex(self) -> str:
        """``male`` or ``female`` where the number tells it (GB 11643), else empty."""
        if not _IDENTITY.fullmatch(self.number):
            return ""
        return "male" if int(self.number[16]) % 2 else "female"


def guest_of(connection: Connection, business: Business) -> Guest | Decision:
    """The holder who was shown, or the guest a clerk typed; a refusal when there is neither."""
    if business.subject:
        found = connection.execute(select(holder).where(holder.c.subject == business.subject)).one()
        return Guest(found.name, found.social_security_number, found.birth_date, CARD, found.subject)
    typed = business.transaction.body.get("typed")
    if not isinstance(typed, dict):
        return refused("holder.not_presented")
    name, number = str(typed.get("name", "")).strip()[:40], str(typed.get("number", "")).strip().upper()
    if not name or not name.isprintable():
        return refused("hotel.document_wrong")
    if typed.get("document") == PASSPORT:
        born = _day(str(typed.get("born", "")))
        if born is None or not _PASSPORT.fullmatch(number):
            return refused("hotel.document_wrong")
        return Guest(name, number, born, PASSPORT)
    born = _day(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    if born is None or not _IDENTITY.fullmatch(number) or number[17] != check_character(number):
        return refused("hotel.document_wrong")
    known = connection.execute(
        select(holder.c.name).where(holder.c.social_security_number == number)
    ).scalar()
    if known is not None and known != name:
        return refused("hotel.document_of_another")
    return Guest(name, number, born, IDENTITY)


def check_character(number: str) -> str:
    """The last character of a resident number (GB 11643)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(number, _MOD_11_2, strict=False)) % 11
    return "10X98765432"[remainder]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
