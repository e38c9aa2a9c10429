"""Guests with a passport: fields of the machine readable zone or typed, visa, entry.

Fields of the registration form for foreigners (出境入境管理法 art. 39; forms of several cities agree): the
zone has kind, state, name, number, nationality, birth, sex and expiry; visa and entry are typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue

from central.departments.department import Decision, refused
from central.departments.hotel_typed import day_typed, name_of, sex_typed
from domain.lodging.documents import PASSPORT, Document, document_of, state_of
from domain.lodging.faults import DocumentWrong
from domain.lodging.zone import MOST, Zone, parse_zone

VISA, VISA_FREE, RESIDENCE_PERMIT = "visa", "visa_free", "residence_permit"
VISA_KINDS = (VISA, VISA_FREE, RESIDENCE_PERMIT)
WITH_NUMBER = (VISA, RESIDENCE_PERMIT)


@dataclass(frozen=True, slots=True)
class Abroad:
    """``fields`` go to the register: expiry, visa kind, number and end, day and port of entry."""

    name: str
    document: Document
    born: date
    sex: str
    nationality: str
    fields: Mapping[str, str] = field(default_factory=dict)


def fields_of_passport(typed: Mapping[str, JsonValue], today: date, *, promised: bool) -> Abroad | Decision:
    """``promised``: the guest was accepted without connection, so what is missing is left open.

    Raises ``DocumentFault``.
    """
    zone = _zone(typed.get("zone"), today)
    found = _of_zone(zone, typed) if zone else _by_hand(typed)
    if found.born > today:
        raise DocumentWrong("born in the future")
    if promised:
        return found
    expires = day_typed(found.fields["document_expires"])
    if expires is not None and expires < today:
        return refused("hotel.document_expired")
    return _stay_refusal(found.fields, today) or found


def _zone(lines: JsonValue, today: date) -> Zone | None:
    return parse_zone(lines[:MOST], today) if isinstance(lines, str) and lines.strip() else None


def _of_zone(zone: Zone, typed: Mapping[str, JsonValue]) -> Abroad:
    born = zone.born or day_typed(typed.get("born"))
    if born is None:
        raise DocumentWrong("no day of birth")
    document = document_of(PASSPORT, zone.number, zone.issuer)
    fields = {**_of_stay(typed), "document_expires": zone.expires.isoformat()}
    return Abroad(zone.name[:40], document, born, zone.sex, state_of(zone.nationality), fields)


def _by_hand(typed: Mapping[str, JsonValue]) -> Abroad:
    born = day_typed(typed.get("born"))
    if born is None:
        raise DocumentWrong("no day of birth")
    nationality = state_of(str(typed.get("nationality") or "")[:8])
    issuer = str(typed.get("issuer") or "")[:8] or nationality
    document = document_of(PASSPORT, str(typed.get("number", ""))[:40], issuer)
    return Abroad(name_of(typed), document, born, sex_typed(typed.get("sex")), nationality, _of_stay(typed))


def _of_stay(typed: Mapping[str, JsonValue]) -> dict[str, str]:
    """Visa and entry as they were typed, each empty where it is not a value of its kind."""
    visa, entry = _part(typed.get("visa")), _part(typed.get("entry"))
    kind = str(visa.get("kind") or "")
    return {
        "document_expires": _day(typed.get("expires")),
        "visa_kind": kind if kind in VISA_KINDS else "",
        "visa_number": _plain(visa.get("number"), 20) if kind in WITH_NUMBER else "",
        "visa_until": _day(visa.get("until")),
        "entry_date": _day(entry.get("date")),
        "entry_port": _plain(entry.get("port"), 40),
    }


def _stay_refusal(fields: Mapping[str, str], today: date) -> Decision | None:
    """A visa has a number; nobody entered in the future. What was not typed refuses nobody: the register's
    inbox asks for it."""
    if fields["visa_kind"] in WITH_NUMBER and not fields["visa_number"]:
        return refused("hotel.visa_wrong")
    entered = day_typed(fields["entry_date"])
    if entered is not None and entered > today:
        return refused("hotel.visa_wrong")
    return None


def _part(told: JsonValue) -> Mapping[str, JsonValue]:
    return told if isinstance(told, dict) else {}


def _plain(told: JsonValue, longest: int) -> str:
    text = str(told).strip() if isinstance(told, str) else ""
    return text[:longest] if text.isprintable() else ""


def _day(told: JsonValue) -> str:
    day = day_typed(told)
    return day.isoformat() if day else ""
