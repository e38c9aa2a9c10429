"""A house's day for its staff: who is to come, who is there, who leaves, who did what, and the register.

Names are masked; numbers are not in it at all. Days are business dates of the house.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, func, select

from central.city_of import city_of
from central.departments.hotel_house import begin_of, business_day_of
from central.departments.hotel_reports import registration_number
from central.departments.hotel_rooms import guests_in
from central.departments.hotel_tables import (
    guest_report,
    hotel_log,
    hotel_rejection,
    hotel_reservation,
    hotel_stay,
)
from central.tables import holder
from domain.lodging.documents import CARD
from domain.masking import mask_name

MOST = 200
"""Lines of each list: more than a house of this city has rooms on a floor, less than a screen can take."""


def day_of(connection: Connection, hotel: str, now: datetime) -> dict[str, JsonValue]:
    """Lists of lines, each with its room and a masked name, and how the register stands."""
    today = business_day_of(connection, hotel, now)
    calendar = city_of(connection).day(now)
    return {
        "day": today.isoformat(),
        "arrivals": _arrivals(connection, hotel, today, calendar),
        "inside": [_inside(connection, each, today, now) for each in _stays(connection, hotel)],
        "departures": _departures(connection, hotel, today, now),
        "log": _log(connection, hotel, today),
        "register": register_of_today(connection, hotel, now),
    }


def _arrivals(connection: Connection, hotel: str, today: date, calendar: date) -> list[JsonValue]:
    """Reservations for today and open earlier ones, earliest first."""
    query = (
        select(hotel_reservation, holder.c.name)
        .join(holder, holder.c.subject == hotel_reservation.c.subject)
        .where(
            hotel_reservation.c.hotel == hotel,
            hotel_reservation.c.used.is_(False),
            hotel_reservation.c.from_day <= calendar,
            hotel_reservation.c.to_day > today,
        )
        .order_by(hotel_reservation.c.from_day, hotel_reservation.c.room)
        .limit(MOST)
    )
    return [
        {
            "room": each.room,
            "name": mask_name(each.name),
            "reservation": each.number,
            "guests": each.guests,
            "until": each.to_day.isoformat(),
            "late": each.from_day < today,
        }
        for each in connection.execute(query)
    ]


def _stays(connection: Connection, hotel: str) -> list[Row[Any]]:
    query = select(hotel_stay).where(hotel_stay.c.hotel == hotel, hotel_stay.c.left_at.is_(None))
    return list(connection.execute(query.order_by(hotel_stay.c.room, hotel_stay.c.id).limit(MOST)))


def guests_of_room(connection: Connection, hotel: str, room: str, now: datetime) -> dict[str, JsonValue]:
    """Guests of one room, masked, each with the number of the registration by which staff names it."""
    today = business_day_of(connection, hotel, now)
    inside = guests_in(connection, hotel, room)
    return {"inside": [_inside(connection, each, today, now) for each in inside]}


def _inside(connection: Connection, stay: Row[Any], today: date, now: datetime) -> dict[str, JsonValue]:
    until = stay.to_day.isoformat()
    if stay.until_at is not None:
        until = stay.until_at.astimezone(city_of(connection).zone).strftime("%Y-%m-%d %H:%M")
    return {
        "room": stay.room,
        "name": mask_name(stay.name),
        "registration": registration_number(stay.id, f"{stay.from_day:%Y%m%d}"),
        "until": until,
        "trust": stay.trust,
        "overdue": _overdue(stay, today, now),
    }


def _overdue(stay: Row[Any], today: date, now: datetime) -> bool:
    if stay.left_at is not None:
        return False
    return bool(stay.to_day < today or (stay.until_at is not None and stay.until_at < now))


def _departures(connection: Connection, hotel: str, today: date, now: datetime) -> list[JsonValue]:
    """Departures due today or overdue, and those of today."""
    begin = begin_of(connection, hotel, today)
    query = (
        select(hotel_stay)
        .where(
            hotel_stay.c.hotel == hotel,
            (hotel_stay.c.left_at.is_(None) & (hotel_stay.c.to_day <= today))
            | (hotel_stay.c.left_at >= begin) & (hotel_stay.c.left_at <= now),
        )
        .order_by(hotel_stay.c.room, hotel_stay.c.id)
        .limit(MOST)
    )
    return [
        {
            "room": each.room,
            "name": mask_name(each.name),
            "left": each.left_at.astimezone(city_of(connection).zone).strftime("%H:%M")
            if each.left_at
            else None,
            "overdue": _overdue(each, today, now),
        }
        for each in connection.execute(query)
    ]


def _log(connection: Connection, hotel: str, today: date) -> list[JsonValue]:
    """Newest first: what was done or refused, for whom, by whom, and how far that one was proved."""
    begin = begin_of(connection, hotel, today)
    end = begin_of(connection, hotel, today + timedelta(days=1))
    done = (
        select(hotel_log, hotel_stay.c.name, hotel_stay.c.document_type)
        .join(hotel_stay, hotel_stay.c.id == hotel_log.c.stay)
        .where(hotel_log.c.hotel == hotel, hotel_log.c.at >= begin, hotel_log.c.at < end)
        .order_by(hotel_log.c.at.desc(), hotel_log.c.id.desc())
        .limit(MOST)
    )
    refused = (
        select(hotel_rejection)
        .where(
            hotel_rejection.c.hotel == hotel,
            hotel_rejection.c.at >= begin,
            hotel_rejection.c.at < end,
        )
        .order_by(hotel_rejection.c.at.desc())
        .limit(MOST)
    )
    lines = [(row.at, _done(connection, row)) for row in connection.execute(done)]
    lines += [(row.at, _refused(connection, row)) for row in connection.execute(refused)]
    lines.sort(key=lambda line: line[0], reverse=True)
    return [line for _, line in lines[:MOST]]


def _line(connection: Connection, row: Row[Any], name: str) -> dict[str, JsonValue]:
    return {
        "at": row.at.astimezone(city_of(connection).zone).strftime("%H:%M"),
        "action": row.action,
        "room": row.room,
        "name": name,
        "trust": row.trust,
        "offline": row.offline,
        "clerk": row.clerk,
    }


def _done(connection: Connection, row: Row[Any]) -> JsonValue:
    return {**_line(connection, row, mask_name(row.name)), "typed": row.document_type != CARD, "code": ""}


def _refused(connection: Connection, row: Row[Any]) -> JsonValue:
    return {**_line(connection, row, row.name), "typed": False, "code": row.code}


def register_of_today(connection: Connection, hotel: str, now: datetime) -> dict[str, JsonValue]:
    """Reports that wait, how many of them are late, and when the next is due."""
    mine = guest_report.join(hotel_stay, hotel_stay.c.id == guest_report.c.stay)
    is_open = (hotel_stay.c.hotel == hotel, guest_report.c.delivered_at.is_(None))
    waiting, due = connection.execute(
        select(func.count(), func.min(guest_report.c.due_at)).select_from(mine).where(*is_open)
    ).one()
    late = connection.execute(
        select(func.count()).select_from(mine).where(*is_open, guest_report.c.due_at < now)
    ).scalar_one()
    return {
        "waiting": waiting,
        "late": late,
        "next_due": due.astimezone(city_of(connection).zone).strftime("%H:%M") if due else None,
    }
