"""Open stays of a house, and whose they are to change: the guest's own, the party's, or any by staff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, select

from central.departments.department import Business, Decision, refused
from central.departments.hotel_rooms import guests_in
from central.departments.hotel_tables import hotel_stay
from central.departments.tables import staff
from domain.lodging.minors import Sleeper

_REGISTRATION = re.compile(r"([0-9]{8})([0-9]{6,10})")
_EARLIER_FIRST = "first-guest"
"""Guardian that terminals of an earlier version named without connection: it says nothing about the party."""


def is_staff(connection: Connection, subject: str) -> bool:
    return connection.execute(select(staff).where(staff.c.subject == subject)).first() is not None


def clerk_named(told: JsonValue) -> str:
    """Clerk at the desk, as the enrolled terminal states; empty when the guest acted alone."""
    return told[:64] if isinstance(told, str) and told.isprintable() else ""


def staff_acts(connection: Connection, subject: str, clerk: JsonValue) -> bool:
    """Whether a staff card was shown, or a clerk is signed in by the word of the terminal."""
    return bool(clerk_named(clerk).strip()) or bool(subject and is_staff(connection, subject))


def stays_meant(connection: Connection, business: Business) -> list[Row[Any]] | Decision:
    """Stays an action is about, the one it names first, all in one room of this house, locked.

    ``registration``: any stay of the house, for staff; with ``everybody`` the whole room. Else the holder's
    own with its party, or ``alone``."""
    body = business.transaction.body
    if body.get("registration") is None:
        return _own(connection, business)
    if not staff_acts(connection, business.subject, body.get("clerk")):
        return refused("hotel.staff_only")
    named = _named(connection, business.transaction.terminal, str(body["registration"]))
    if named is None:
        return refused("hotel.no_such_stay")
    return _first(named, guests_in(connection, named.hotel, named.room)) if body.get("everybody") else [named]


def _own(connection: Connection, business: Business) -> list[Row[Any]] | Decision:
    query = select(hotel_stay).where(
        hotel_stay.c.subject == business.subject,
        hotel_stay.c.hotel == business.transaction.terminal,
        hotel_stay.c.left_at.is_(None),
    )
    mine = connection.execute(query.with_for_update()).one_or_none() if business.subject else None
    if mine is None:
        return refused("hotel.not_registered")
    if business.transaction.body.get("alone"):
        return [mine]
    inside = guests_in(connection, mine.hotel, mine.room)
    return _first(mine, filter(_of_party(mine), inside))


def _named(connection: Connection, hotel: str, registration: str) -> Row[Any] | None:
    """The open stay of a registration number, of this house only."""
    found = _REGISTRATION.fullmatch(registration.strip())
    if not found or int(found[2]) >= 2**31:
        return None
    mine = (hotel_stay.c.id == int(found[2]), hotel_stay.c.hotel == hotel, hotel_stay.c.left_at.is_(None))
    stay = connection.execute(select(hotel_stay).where(*mine).with_for_update()).one_or_none()
    return stay if stay is not None and f"{stay.from_day:%Y%m%d}" == found[1] else None


def _first(first: Row[Any], stays: Iterable[Row[Any]]) -> list[Row[Any]]:
    return [first, *(each for each in stays if each.id != first.id)]


def _of_party(mine: Row[Any]) -> Callable[[Row[Any]], bool]:
    def belongs(other: Row[Any]) -> bool:
        reserved = bool(mine.reservation) and other.reservation == mine.reservation
        return other.id == mine.id or reserved or party_key(other) == party_key(mine)

    return belongs


def party_key(stay: Row[Any]) -> str:
    """Party of a stay; of one of an earlier version its guardian, who is the first guest."""
    guardian = "" if stay.guardian == _EARLIER_FIRST else stay.guardian
    return str(stay.party or guardian or stay.subject or f"stay {stay.id}")


def party_of_new(connection: Connection, business: Business, subject: str, room: str) -> str:
    """Party of a guest who checks in. ``party`` names one visit of the terminal; a terminal of an earlier
    version names the ``guardian`` only, who is registered in the same room."""
    transaction = business.transaction
    told = transaction.body.get("party")
    if isinstance(told, str) and told:
        return told[:64]
    guardian = str(transaction.body.get("guardian") or "")
    if not guardian:
        return subject or str(transaction.id)
    inside = guests_in(connection, transaction.terminal, room)
    first = [each for each in inside if each.subject == guardian] or [e for e in inside if not e.guardian]
    return party_key(first[-1]) if first else guardian[:64]


def sleeper(stay: Row[Any], **changed: Any) -> Sleeper:
    """A stay as the rule for minors sees it; ``changed`` is what an action makes of it."""
    seen = {"room": stay.room, "until": stay.to_day, "guarded": bool(stay.guardian_record), **changed}
    return Sleeper(stay.id, born=stay.born, **seen)
