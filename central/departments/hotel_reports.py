"""Reports of each guest to the register of guests, and the hotel's own log.

The fields are those that registers of guests ask for as far as is known: the official interface is local to
each city and not public. An adapter behind the register port makes of them what its city wants.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from central.departments.department import Business
from central.departments.hotel_guests import Guest, sex_of_number
from central.departments.hotel_stays import clerk_named
from central.departments.hotel_tables import guest_report, hotel_log, hotel_rejection, hotel_stay
from central.tables import holder
from domain.lodging.documents import CARD, IDENTITY, KIND_CODES, SEX_CODES
from domain.masking import mask_name

REPORT_WITHIN = timedelta(hours=1)
"""The register wants to hear of a guest this soon; the local rule may be stricter."""


def moment_of(business: Business) -> datetime:
    """When it happened at the desk: never later than now, whatever a terminal's clock says."""
    return min(business.transaction.occurred_at, business.now)


def report_and_note(
    connection: Connection, stay: int, kind: str, business: Business, guest: Guest | None = None
) -> None:
    """One report and one line of the house's own log. ``guest`` is who just checked in."""
    found = connection.execute(select(hotel_stay).where(hotel_stay.c.id == stay)).one()
    moment, transaction = moment_of(business), business.transaction
    number = guest.document.number if guest else _number_of(connection, found.subject)
    sex = found.sex or sex_of_number(number)
    content = {
        "hotel": found.hotel,
        "registration": registration_number(stay, found.from_day.strftime("%Y%m%d")),
        "room": found.room,
        "name": found.name,
        "sex": sex,
        "sex_code": SEX_CODES[sex],
        "nationality": _nationality(found),
        "birth_date": found.born.isoformat() if found.born else "",
        "document_type": found.document_type,
        "document_type_code": KIND_CODES.get(found.document_type, ""),
        "document_number": number,
        "trust": found.trust,
        "guardian": found.guardian,
        **_guardian(found),
        "from_day": found.from_day.isoformat(),
        "to_day": found.to_day.isoformat(),
        "day_room": found.until_at is not None,
        "left_at": found.left_at.isoformat() if found.left_at else "",
        "at": moment.isoformat(),
        "transaction": str(transaction.id),
        **_abroad(guest),
    }
    connection.execute(
        insert(guest_report).values(
            stay=stay, kind=kind, content=content, due_at=moment + REPORT_WITHIN, tries=0
        )
    )
    connection.execute(
        insert(hotel_log).values(
            stay=stay,
            hotel=found.hotel,
            at=moment,
            action=kind,
            room=found.room,
            trust=transaction.trust.value,
            offline=business.accepted_offline,
            by=str(transaction.id),
            clerk=clerk_of(business),
        )
    )


def note_rejection(connection: Connection, business: Business, code: str) -> None:
    """A line of the house's log for what was refused: of whom as far as it is known, masked."""
    transaction = business.transaction
    typed = transaction.body.get("typed")
    told = str(typed.get("name") or "")[:40] if isinstance(typed, dict) else ""
    if business.subject:
        known = select(holder.c.name).where(holder.c.subject == business.subject)
        told = connection.execute(known).scalar() or ""
    connection.execute(
        insert(hotel_rejection).values(
            by=str(transaction.id),
            hotel=transaction.terminal,
            at=moment_of(business),
            action=transaction.action[:16],
            room=str(transaction.body.get("room") or "")[:10],
            name=mask_name(told),
            subject=business.subject,
            code=code,
            trust=transaction.trust.value,
            offline=business.accepted_offline,
            clerk=clerk_of(business),
        )
    )


def clerk_of(business: Business) -> str:
    return clerk_named(business.transaction.body.get("clerk"))


def take_back(connection: Connection, stay: int, by: str | None = None) -> None:
    """Forgets reports that were not delivered and notes: of the whole stay, or of one transaction."""
    reports = delete(guest_report).where(guest_report.c.stay == stay, guest_report.c.delivered_at.is_(None))
    notes = delete(hotel_log).where(hotel_log.c.stay == stay)
    if by is not None:
        reports = reports.where(guest_report.c.content["transaction"].as_string() == by)
        notes = notes.where(hotel_log.c.by == by)
    connection.execute(reports)
    connection.execute(notes)


def registration_number(stay: int, day: str) -> str:
    return f"{day}{stay:06d}"


def _number_of(connection: Connection, subject: str) -> str:
    """Number of somebody registered before; empty for a guest whose document was typed: the house keeps no
    number, and the register knows the stay by its registration."""
    query = select(holder.c.social_security_number).where(holder.c.subject == subject)
    return str(connection.execute(query).scalar() or "")


def _abroad(guest: Guest | None) -> dict[str, str]:
    """State, visa and entry of a guest who checks in with a passport."""
    if guest is None or not guest.fields:
        return {}
    return {"issuing_state": guest.document.issuer, **guest.fields}


def _guardian(stay: Row[Any]) -> dict[str, str]:
    record = stay.guardian_record or {}
    return {f"guardian_{name}": str(value) for name, value in record.items()}


def _nationality(stay: Row[Any]) -> str:
    """ISO 3166-1 alpha-3; a citizen's documents need not say it."""
    if stay.nationality:
        return str(stay.nationality)
    return "CHN" if stay.document_type in (CARD, IDENTITY) else ""
