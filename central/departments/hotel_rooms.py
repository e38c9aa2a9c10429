"""Rooms and reservations of a house: whether somebody can have a room, and for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, func, select

from central.departments.catalogue.base import row
from central.departments.hotel_tables import hotel_reservation, hotel_room, hotel_stay


def room_of(connection: Connection, hotel: str, room: JsonValue) -> Row[Any] | None:
    """Locked, so that two desks do not give away one bed."""
    query = select(hotel_room).where(hotel_room.c.hotel == hotel, hotel_room.c.room == str(room)[:10])
    return connection.execute(query.with_for_update()).one_or_none()


def guests_in(connection: Connection, hotel: str, room: str) -> list[Row[Any]]:
    """The open stays of a room, in the order of their coming."""
    mine = (hotel_stay.c.hotel == hotel, hotel_stay.c.room == room, hotel_stay.c.left_at.is_(None))
    return list(connection.execute(select(hotel_stay).where(*mine).order_by(hotel_stay.c.id)))


def promised_to_others(
    connection: Connection, hotel: str, room: str, first: date, last: date, mine: str = ""
) -> bool:
    """Whether somebody else's reservation needs this room on a night from ``first`` to before ``last``."""
    found = connection.execute(
        select(func.count())
        .select_from(hotel_reservation)
        .where(
            hotel_reservation.c.hotel == hotel,
            hotel_reservation.c.room == room,
            hotel_reservation.c.used.is_(False),
            hotel_reservation.c.number != mine,
            hotel_reservation.c.from_day < last,
            hotel_reservation.c.to_day > first,
        )
    ).scalar_one()
    return bool(found)


def reservations_of(
    connection: Connection, subject: str, hotel: str, today: date, calendar: date
) -> list[Row[Any]]:
    """Those of this guest that can be used at this house now, by business date and the calendar's day."""
    query = select(hotel_reservation).where(
        hotel_reservation.c.subject == subject, *_usable(hotel, today, calendar)
    )
    return list(connection.execute(query.order_by(hotel_reservation.c.number)))


def reservation_of(
    connection: Connection, number: str, hotel: str, today: date, calendar: date
) -> Row[Any] | None:
    """Reservation by its number, of any person."""
    query = select(hotel_reservation).where(
        hotel_reservation.c.number == number, *_usable(hotel, today, calendar)
    )
    return connection.execute(query).one_or_none()


def _usable(hotel: str, today: date, calendar: date) -> tuple[Any, ...]:
    """Last evening's reservation until the closing hour, and one of the calendar's day from midnight on."""
    return (
        hotel_reservation.c.hotel == hotel,
        hotel_reservation.c.used.is_(False),
        hotel_reservation.c.from_day <= calendar,
        hotel_reservation.c.to_day > today,
    )


def told(found: Row[Any], today: date) -> dict[str, JsonValue]:
    """Nights are those that are left: who comes a day late stays a night less."""
    when = f"{found.from_day.isoformat()} – {found.to_day.isoformat()}"
    return row(
        f"{found.room} 房 {when}",
        f"Room {found.room}, {when}",
        number=found.number,
        room=found.room,
        nights=(found.to_day - max(found.from_day, today)).days,
        guests=found.guests,
    )
