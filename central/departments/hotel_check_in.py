"""Check-in of one guest: one document in one place, no more guests than beds, no child without an adult."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from central.city_of import city_of
from central.departments.department import Business, Decision, confirmed, refused
from central.departments.hotel_guests import Guest, guest_of
from central.departments.hotel_house import business_day_of
from central.departments.hotel_nights import hours_of, nights_of
from central.departments.hotel_reports import moment_of, registration_number, report_and_note
from central.departments.hotel_rooms import guests_in, promised_to_others, room_of
from central.departments.hotel_stays import party_of_new, sleeper
from central.departments.hotel_tables import hotel_reservation, hotel_stay
from domain.lodging.documents import PASSPORT
from domain.lodging.minors import Sleeper, newly_unattended
from domain.masking import mask_name


@dataclass(frozen=True, slots=True)
class Span:
    """Business dates of a stay; ``until_at`` ends a day room, whose two dates are the same."""

    first: date
    last: date
    until_at: datetime | None = None


def check_in(connection: Connection, business: Business) -> Decision:
    """One guest. What was promised without connection is registered also where the room is full."""
    body, hotel = business.transaction.body, business.transaction.terminal
    today = business_day_of(connection, hotel, moment_of(business))
    guest = guest_of(connection, business, today)
    if isinstance(guest, Decision):
        return guest
    reservation = str(body.get("reservation") or "")[:20]
    span = _span(connection, business, reservation, today)
    if span is None:
        return refused("hotel.nights_wrong")
    room = room_of(connection, hotel, body.get("room"))
    if room is None:
        return refused("hotel.no_such_room")
    if refusal := _refusal(connection, business, guest, room, span, reservation, today):
        return refusal
    stay = _registered(connection, business, guest, room.room, span, reservation)
    if stay is None:
        return refused("hotel.registered_elsewhere")
    if reservation:
        mine = (hotel_reservation.c.number == reservation, hotel_reservation.c.hotel == hotel)
        connection.execute(update(hotel_reservation).where(*mine).values(used=True))
    report_and_note(connection, stay, "check-in", business, guest)
    return confirmed(
        name=mask_name(guest.name),
        room=room.room,
        wifi=room.wifi,
        until=_until(connection, span),
        registration=registration_number(stay, f"{span.first:%Y%m%d}"),
    )


def _until(connection: Connection, span: Span) -> str:
    if span.until_at is None:
        return span.last.isoformat()
    return span.until_at.astimezone(city_of(connection).zone).strftime("%Y-%m-%d %H:%M")


def _span(connection: Connection, business: Business, reservation: str, today: date) -> Span | None:
    """Nights count from the business date; a reservation that begins on the calendar's day, reached before
    the closing hour, counts from its own first day."""
    if (nights := nights_of(business)) is not None:
        first = max(today, _reserved_from(connection, business, reservation) or today)
        return Span(first, first + timedelta(days=nights))
    hours = hours_of(business)
    return Span(today, today, moment_of(business) + timedelta(hours=hours)) if hours is not None else None


def _reserved_from(connection: Connection, business: Business, reservation: str) -> date | None:
    calendar = city_of(connection).day(moment_of(business))
    query = select(hotel_reservation.c.from_day).where(
        hotel_reservation.c.number == reservation,
        hotel_reservation.c.hotel == business.transaction.terminal,
        hotel_reservation.c.from_day <= calendar,
    )
    return connection.execute(query).scalar() if reservation else None


def _refusal(
    connection: Connection,
    business: Business,
    guest: Guest,
    room: Row[Any],
    span: Span,
    reservation: str,
    today: date,
) -> Decision | None:
    hotel = business.transaction.terminal
    inside = guests_in(connection, hotel, room.room)
    before = [sleeper(each) for each in inside]
    new = Sleeper(0, room.room, guest.born, span.last, bool(guest.guardian_record))
    if newly_unattended(before, [*before, new], today):
        return refused("hotel.guardian_needed")
    if refusal := _elsewhere(connection, guest, hotel, room.room):
        return refusal
    if business.accepted_offline:
        return None
    if len(inside) >= room.beds:
        return refused("hotel.room_full", room=room.room)
    if not inside and promised_to_others(connection, hotel, room.room, today, span.last, reservation):
        return refused("hotel.room_reserved", room=room.room)
    return None


def _elsewhere(connection: Connection, guest: Guest, hotel: str, room: str) -> Decision | None:
    """Reason why a guest cannot be registered who is registered already. The other house is not named: where
    somebody sleeps is the police's to know, and the guest's to say."""
    same = hotel_stay.c.document == guest.document.identity
    if guest.document.kind == PASSPORT:
        # Stays of an earlier version have the number alone; the birth date tells two states apart.
        earlier = and_(
            hotel_stay.c.document == guest.document.earlier_identity,
            hotel_stay.c.document_type == PASSPORT,
            hotel_stay.c.born == guest.born,
        )
        same = or_(same, earlier)
    found = connection.execute(select(hotel_stay).where(same, hotel_stay.c.left_at.is_(None))).first()
    if found is None:
        return None
    if found.hotel != hotel:
        return refused("hotel.registered_elsewhere", room="")
    here = found.room == room
    return refused("hotel.registered_here" if here else "hotel.registered_elsewhere", room=found.room)


def _registered(
    connection: Connection, business: Business, guest: Guest, room: str, span: Span, reservation: str
) -> int | None:
    """The id of the new stay; None when another desk was a moment faster."""
    transaction = business.transaction
    values = {
        "hotel": transaction.terminal,
        "room": room,
        "subject": guest.subject,
        "document": guest.document.identity,
        "document_type": guest.document.kind,
        "name": guest.name,
        "born": guest.born,
        "sex": guest.sex,
        "nationality": guest.nationality,
        "from_day": span.first,
        "to_day": span.last,
        "until_at": span.until_at,
        "reservation": reservation,
        "trust": transaction.trust.value if guest.subject else "none",
        "guardian": str(transaction.body.get("guardian") or "")[:64],
        "guardian_record": dict(guest.guardian_record) or None,
        "party": party_of_new(connection, business, guest.subject, room),
        "came_at": moment_of(business),
        "came_by": str(transaction.id),
    }
    try:
        with connection.begin_nested():
            new = connection.execute(insert(hotel_stay).values(**values).returning(hotel_stay.c.id))
            return int(new.scalar_one())
    except IntegrityError:
        return None
