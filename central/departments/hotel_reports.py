"""Reports of each guest to the register of guests, and the hotel's own log.

The fields are those that registers of guests ask for as far as is known: the official interface is local to
each city and not public. An adapter behind the register port makes of them what its city wants.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from central.departments.department import Business
from central.departments.hotel_guests import Guest
from central.departments.hotel_tables import guest_report, hotel_log, hotel_rejection, hotel_stay
from central.tables import holder
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
    number, sex = (guest.number, guest.sex) if guest else _of_holder(connection, found.subject)
    content = {
        "hotel": found.hotel,
        "registration": registration_number(stay, found.from_day.strftime("%Y%m%d")),
        "room": found.room,
        "name": found.name,
        "sex": sex,
        "birth_date": found.born.isoformat() if found.born else "",
        "document_type": found.document_type,
        "document_number": number,
        "trust": found.trust,
        "guardian": found.guardian,
        "from_day": found.from_day.isoformat(),
        "to_day": found.to_day.isoformat(),
        "at": moment.isoformat(),
        "transaction": str(transaction.id),
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
    """Clerk at the desk, as the enrolled terminal states; empty when the guest acted alone."""
    told = business.transaction.body.get("clerk")
    return told[:64] if isinstance(told, str) and told.isprintable() else ""


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


def _of_holder(connection: Connection, subject: str) -> tuple[str, str]:
    """Number and sex of somebody registered before; empty for a guest whose document was typed: the house
    keeps no number, and the register knows the stay by its registration."""
    number = connection.execute(
        select(holder.c.social_security_number).where(holder.c.subject == subject)
    ).scalar()
    if number is None:
        return "", ""
    return str(number), "male" if str(number)[16:17] in "13579" else "female"
