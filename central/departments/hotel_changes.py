"""Changes of stays: guests leave, stay longer, move to another room; none of them leaves a child alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, update

from central.departments.department import Business, Decision, confirmed, refused
from central.departments.hotel_guests import guardian_record_of
from central.departments.hotel_house import business_day_of
from central.departments.hotel_nights import hours_of, nights_of
from central.departments.hotel_reports import moment_of, report_and_note
from central.departments.hotel_rooms import guests_in, promised_to_others, room_of
from central.departments.hotel_stays import sleeper, stays_meant
from central.departments.hotel_tables import hotel_stay
from domain.lodging.minors import newly_unattended

Change = dict[str, Any]


def check_out(connection: Connection, business: Business) -> Decision:
    """Early, on the day, or late: the moment of leaving is reported."""
    leaving = stays_meant(connection, business)
    if isinstance(leaving, Decision):
        return leaving
    inside = guests_in(connection, leaving[0].hotel, leaving[0].room)
    if refusal := _children(connection, business, inside, {each.id: None for each in leaving}):
        return refusal
    done = {"left_at": moment_of(business), "left_by": str(business.transaction.id)}
    _carry_out(connection, business, leaving, done)
    return confirmed(room=leaving[0].room, guests=len(leaving))


def extend(connection: Connection, business: Business) -> Decision:
    """Further nights, or hours of a day room."""
    nights, hours = nights_of(business), hours_of(business)
    if nights is None and hours is None:
        return refused("hotel.nights_wrong")
    staying = stays_meant(connection, business)
    if isinstance(staying, Decision):
        return staying
    first = staying[0]
    today = business_day_of(connection, first.hotel, moment_of(business))
    if nights is None and hours is not None:
        return _extend_day_room(connection, business, staying, hours)
    # A guest past the last day extends from now: the nights asked for are nights to come.
    begin = max(first.to_day, today)
    until = begin + timedelta(days=nights or 0)
    taken = promised_to_others(connection, first.hotel, first.room, begin, until, first.reservation)
    if taken and not business.accepted_offline:
        return refused("hotel.room_reserved", room=first.room)
    inside = guests_in(connection, first.hotel, first.room)
    if refusal := _children(connection, business, inside, {each.id: {"until": until} for each in staying}):
        return refusal
    _carry_out(connection, business, staying, {"to_day": until, "until_at": None})
    return confirmed(room=first.room, until=until.isoformat(), guests=len(staying))


def _extend_day_room(
    connection: Connection, business: Business, staying: list[Row[Any]], hours: int
) -> Decision:
    if staying[0].until_at is None:
        return refused("hotel.nights_wrong")
    until_at = max(staying[0].until_at, moment_of(business)) + timedelta(hours=hours)
    _carry_out(connection, business, staying, {"until_at": until_at})
    return confirmed(room=staying[0].room, guests=len(staying))


def change_room(connection: Connection, business: Business) -> Decision:
    """The party moves, or ``alone`` the one who asks, or whom staff names."""
    moving = stays_meant(connection, business)
    if isinstance(moving, Decision):
        return moving
    first = moving[0]
    room = room_of(connection, first.hotel, business.transaction.body.get("room"))
    if room is None:
        return refused("hotel.no_such_room")
    if room.room == first.room:
        return refused("hotel.registered_here", room=first.room)
    there = guests_in(connection, first.hotel, room.room)
    if len(there) + len(moving) > room.beds:
        return refused("hotel.room_full", room=room.room)
    today = business_day_of(connection, first.hotel, moment_of(business))
    last = max(each.to_day for each in moving)
    if not there and promised_to_others(connection, first.hotel, room.room, today, last, first.reservation):
        return refused("hotel.room_reserved", room=room.room)
    both = [*guests_in(connection, first.hotel, first.room), *there]
    if refusal := _children(connection, business, both, {each.id: {"room": room.room} for each in moving}):
        return refusal
    _carry_out(connection, business, moving, {"room": room.room})
    return confirmed(room=room.room, wifi=room.wifi, guests=len(moving))


def _carry_out(connection: Connection, business: Business, stays: list[Row[Any]], values: Change) -> None:
    ids = [each.id for each in stays]
    connection.execute(update(hotel_stay).where(hotel_stay.c.id.in_(ids)).values(**values))
    for id in ids:
        report_and_note(connection, id, business.transaction.action, business)


def _children(
    connection: Connection, business: Business, stays: list[Row[Any]], changes: dict[int, Change | None]
) -> Decision | None:
    """The one guard of every change: None where no child is left alone by it, also not by one promised
    without connection. ``changes``: what becomes of each stay, None for one that ends. A guardian's record
    that comes with the action is written down for the children it is about."""
    today = business_day_of(connection, stays[0].hotel, moment_of(business))
    before = [sleeper(each) for each in stays]
    after = [sleeper(each, **(changes.get(each.id) or {})) for each in stays if _stays(changes, each.id)]
    alone = newly_unattended(before, after, today)
    if not alone:
        return None
    record = guardian_record_of(business.transaction.body.get("guardian_record"))
    if not record:
        return refused("hotel.guardian_needed")
    mine = hotel_stay.c.id.in_(alone)
    connection.execute(update(hotel_stay).where(mine).values(guardian_record=record))
    return None


def _stays(changes: dict[int, Change | None], id: int) -> bool:
    return id not in changes or changes[id] is not None
