"""Identity of a guest: from a card or code, or typed by a clerk from a document, which is trusted less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue
from sqlalchemy import Connection, select

from central.departments.department import Business, Decision, refused
from central.departments.hotel_passports import fields_of_passport
from central.departments.hotel_typed import day_typed, name_of, sex_typed
from central.tables import holder
from domain.lodging.documents import (
    CARD,
    IDENTITY,
    NUMBERS,
    PASSPORT,
    Document,
    document_of,
)
from domain.lodging.faults import DocumentFault, DocumentWrong
from domain.lodging.minors import guardian_on_record

RECORD = ("name", "phone", "relation")


@dataclass(frozen=True, slots=True)
class Guest:
    """``fields`` are further ones of the report: visa, entry, expiry. ``guardian_record`` is that of a minor,
    empty unless complete."""

    name: str
    document: Document
    born: date
    sex: str = ""
    subject: str = ""
    nationality: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    guardian_record: Mapping[str, str] = field(default_factory=dict)


def guest_of(connection: Connection, business: Business, today: date) -> Guest | Decision:
    """The holder who was shown, or the guest a clerk typed; a refusal when there is neither."""
    record = guardian_record_of(business.transaction.body.get("guardian_record"))
    if business.subject:
        found = connection.execute(select(holder).where(holder.c.subject == business.subject)).one()
        number = found.social_security_number
        document = Document(CARD, "CHN", number, found.birth_date, sex_of_number(number))
        return Guest(
            found.name, document, found.birth_date, document.sex, found.subject, guardian_record=record
        )
    typed = business.transaction.body.get("typed")
    if not isinstance(typed, dict):
        return refused("holder.not_presented")
    try:
        return _typed(connection, typed, today, record, promised=business.accepted_offline)
    except DocumentFault as fault:
        return refused(fault.code)


def guardian_record_of(told: JsonValue) -> dict[str, str]:
    """Guardian of a minor as it was typed; empty unless name, phone and relation are all there."""
    if not isinstance(told, dict) or not guardian_on_record(told):
        return {}
    return {name: str(told[name]).strip() for name in RECORD}


def sex_of_number(number: str) -> str:
    """``male`` or ``female`` where an 18-character number says it (GB 11643), else empty."""
    if len(number) != 18 or not number[16].isdecimal():
        return ""
    return "male" if int(number[16]) % 2 else "female"


def _typed(
    connection: Connection,
    typed: Mapping[str, JsonValue],
    today: date,
    record: Mapping[str, str],
    *,
    promised: bool,
) -> Guest | Decision:
    kind = str(typed.get("document") or IDENTITY)
    if kind == PASSPORT:
        abroad = fields_of_passport(typed, today, promised=promised)
        if isinstance(abroad, Decision):
            return abroad
        return Guest(
            abroad.name,
            abroad.document,
            abroad.born,
            abroad.sex,
            nationality=abroad.nationality,
            fields=abroad.fields,
            guardian_record=record,
        )
    name = name_of(typed)
    document = document_of(kind, str(typed.get("number", ""))[:40], "CHN")
    born = document.born or day_typed(typed.get("born"))
    if born is None or born > today:
        raise DocumentWrong("no day of birth")
    if refusal := _of_another(connection, document, name):
        return refusal
    sex = document.sex or sex_typed(typed.get("sex"))
    return Guest(name, document, born, sex, guardian_record=record)


def _of_another(connection: Connection, document: Document, name: str) -> Decision | None:
    """A personal number of a known holder of another name belongs to somebody else."""
    if document.kind not in NUMBERS:
        return None
    query = select(holder.c.name).where(holder.c.social_security_number == document.number)
    known = connection.execute(query).scalar()
    return refused("hotel.document_of_another") if known is not None and known != name else None
