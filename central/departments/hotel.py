"""Hotels: guests registered once and in one place, and each reported to the register of guests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from central.city_of import city_of
from central.departments import hotel_rooms
from central.departments.catalogue.eligibility import age_on
from central.departments.department import Business, Decision, Enquiry, Visitor, confirmed, refused
from central.departments.hotel_day import day_of
from central.departments.hotel_guests import ADULT, Guest, guest_of
from central.departments.hotel_reports import (
    moment_of,
    note_rejection,
    registration_number,
    report_and_note,
    take_back,
)
from central.departments.hotel_rooms import guests_in, promised_to_others, room_of
from central.departments.hotel_tables import guest_report, hotel_reservation, hotel_stay
from central.departments.tables import staff
from central.tables import holder
from domain.masking import mask_name
from domain.messages.contract import Outcome, Transaction

LONGEST_NIGHTS = 60


class Hotel:
    """See ``central.departments.department.Department``. A desk's hotel is known by its terminal."""

    def apply(self, connection: Connection, business: Business) -> Decision:
        decision = self._decided(connection, business)
        if decision.outcome is Outcome.REFUSED:
            note_rejection(connection, business, decision.code)
        return decision

    def _decided(self, connection: Connection, business: Business) -> Decision:
        match business.transaction.action:
            case "check-in":
                return self._check_in(connection, business)
            case "check-out":
                return self._check_out(connection, business)
            case "extend":
                return self._extend(connection, business)
            case "change-room":
                return self._change_room(connection, business)
        return refused("central.action_unknown")

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """Take back a registration that was shown to no guest, as long as it was not reported to the
        register.
        """
        by = str(transaction.id)
        match transaction.action:
            case "check-in":
                told = select(guest_report.c.id).where(
                    guest_report.c.stay == hotel_stay.c.id, guest_report.c.delivered_at.is_not(None)
                )
                stay = connection.execute(
                    select(hotel_stay).where(hotel_stay.c.came_by == by, ~told.exists())
                ).one_or_none()
                if stay is None:
                    return False
                take_back(connection, stay.id)
                connection.execute(delete(hotel_stay).where(hotel_stay.c.id == stay.id))
                self._free_reservation(connection, stay)
                return True
            case "check-out":
                left = connection.execute(
                    update(hotel_stay)
                    .where(hotel_stay.c.left_by == by)
                    .values(left_at=None, left_by=None)
                    .returning(hotel_stay.c.id)
                ).scalars()
                back = list(left)
                for stay_id in back:
                    take_back(connection, stay_id, by)
                return bool(back)
        return False

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]:
        """Reservations of today at this house, and where the guest is registered now."""
        subject, today = visitor.subject, city_of(connection).day(visitor.now)
        born = connection.execute(select(holder.c.birth_date).where(holder.c.subject == subject)).scalar()
        stay = connection.execute(
            select(hotel_stay).where(hotel_stay.c.subject == subject, hotel_stay.c.left_at.is_(None))
        ).one_or_none()
        found = hotel_rooms.reservations_of(connection, subject, visitor.terminal, today)
        return {
            "reservations": [hotel_rooms.told(each, today) for each in found],
            "stay": _stay(stay) if stay is not None and stay.hotel == visitor.terminal else None,
            "born": born.isoformat() if born else None,
            "staff": _is_staff(connection, subject),
        }

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``reservation``: one by its number. ``today``: the day of this desk's house, for staff with a card.
        ``house``: the same for a clerk who signed in at this terminal, which answers for that."""
        if enquiry.name == "reservation":
            today = city_of(connection).day(enquiry.now)
            number = str(enquiry.body.get("number", "")).strip().upper()[:20]
            found = hotel_rooms.reservation_of(connection, number, enquiry.terminal, today)
            return {"rows": [] if found is None else [hotel_rooms.told(found, today)]}
        if enquiry.name not in ("today", "house"):
            return None
        if enquiry.name == "today" and not _is_staff(connection, enquiry.subject):
            return {"refusal": "hotel.staff_only"}
        return day_of(connection, enquiry.terminal, enquiry.now)

    def _check_in(self, connection: Connection, business: Business) -> Decision:
        body, hotel = business.transaction.body, business.transaction.terminal
        guest = guest_of(connection, business)
        if isinstance(guest, Decision):
            return guest
        nights = nights_of(business)
        if nights is None:
            return refused("hotel.nights_wrong")
        room = room_of(connection, hotel, body.get("room"))
        if room is None:
            return refused("hotel.no_such_room")
        today = city_of(connection).day(moment_of(business))
        until, reservation = today + timedelta(days=nights), str(body.get("reservation") or "")[:20]
        inside = guests_in(connection, hotel, room.room)
        if age_on(guest.born, today) < ADULT and not _an_adult_is_there(inside, today):
            return refused("hotel.guardian_needed")
        if refusal := self._elsewhere(connection, guest, hotel, room.room):
            return refusal
        if not business.accepted_offline:
            if len(inside) >= room.beds:
                return refused("hotel.room_full", room=room.room)
            if not inside and promised_to_others(connection, hotel, room.room, today, until, reservation):
                return refused("hotel.room_reserved", room=room.room)
        stay = self._registered(connection, business, guest, room.room, nights, reservation)
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
            until=until.isoformat(),
            registration=registration_number(stay, f"{today:%Y%m%d}"),
        )

    def _elsewhere(self, connection: Connection, guest: Guest, hotel: str, room: str) -> Decision | None:
        """Why a guest cannot be registered who is registered already."""
        found = connection.execute(
            select(hotel_stay).where(hotel_stay.c.document == guest.document, hotel_stay.c.left_at.is_(None))
        ).one_or_none()
        if found is None:
            return None
        here = found.hotel == hotel and found.room == room
        told = found.room if found.hotel == hotel else ""
        return refused("hotel.registered_here" if here else "hotel.registered_elsewhere", room=told)

    def _registered(
        self,
        connection: Connection,
        business: Business,
        guest: Guest,
        room: str,
        nights: int,
        reservation: str,
    ) -> int | None:
        """The id of the new stay; None when another desk was a moment faster."""
        transaction, moment = business.transaction, moment_of(business)
        values = {
            "hotel": transaction.terminal,
            "room": room,
            "subject": guest.subject,
            "document": guest.document,
            "document_type": guest.document_type,
            "name": guest.name,
            "born": guest.born,
            "from_day": city_of(connection).day(moment),
            "to_day": city_of(connection).day(moment) + timedelta(days=nights),
            "reservation": reservation,
            "trust": transaction.trust.value if guest.subject else "none",
            "guardian": str(transaction.body.get("guardian") or "")[:64],
            "came_at": moment,
            "came_by": str(transaction.id),
        }
        try:
            with connection.begin_nested():
                new = connection.execute(insert(hotel_stay).values(**values).returning(hotel_stay.c.id))
                return int(new.scalar_one())
        except IntegrityError:
            return None

    def _check_out(self, connection: Connection, business: Business) -> Decision:
        mine = self._mine(connection, business)
        if mine is None:
            return refused("hotel.not_registered")
        inside = guests_in(connection, mine.hotel, mine.room)
        leaving = [
            each for each in inside if each.id == mine.id or not business.transaction.body.get("alone")
        ]
        staying = [each for each in inside if each not in leaving]
        today = city_of(connection).day(moment_of(business))
        if staying and not business.accepted_offline and not _an_adult_is_there(staying, today):
            return refused("hotel.guardian_needed")
        done = {"left_at": moment_of(business), "left_by": str(business.transaction.id)}
        ids = [each.id for each in leaving]
        connection.execute(update(hotel_stay).where(hotel_stay.c.id.in_(ids)).values(**done))
        for id in ids:
            report_and_note(connection, id, "check-out", business)
        return confirmed(room=mine.room, guests=len(ids))

    def _extend(self, connection: Connection, business: Business) -> Decision:
        nights = nights_of(business)
        if nights is None:
            return refused("hotel.nights_wrong")
        mine = self._mine(connection, business)
        if mine is None:
            return refused("hotel.not_registered")
        until = mine.to_day + timedelta(days=nights)
        taken = promised_to_others(connection, mine.hotel, mine.room, mine.to_day, until, mine.reservation)
        if taken and not business.accepted_offline:
            return refused("hotel.room_reserved", room=mine.room)
        for each in guests_in(connection, mine.hotel, mine.room):
            connection.execute(update(hotel_stay).where(hotel_stay.c.id == each.id).values(to_day=until))
            report_and_note(connection, each.id, "extend", business)
        return confirmed(room=mine.room, until=until.isoformat())

    def _change_room(self, connection: Connection, business: Business) -> Decision:
        """The whole party moves, or ``alone`` the one who asks."""
        mine = self._mine(connection, business)
        if mine is None:
            return refused("hotel.not_registered")
        room = room_of(connection, mine.hotel, business.transaction.body.get("room"))
        if room is None:
            return refused("hotel.no_such_room")
        if room.room == mine.room:
            return refused("hotel.registered_here", room=mine.room)
        inside = guests_in(connection, mine.hotel, mine.room)
        moving = [each for each in inside if each.id == mine.id or not business.transaction.body.get("alone")]
        if len(guests_in(connection, mine.hotel, room.room)) + len(moving) > room.beds:
            return refused("hotel.room_full", room=room.room)
        today = city_of(connection).day(moment_of(business))
        if promised_to_others(connection, mine.hotel, room.room, today, mine.to_day):
            return refused("hotel.room_reserved", room=room.room)
        for each in moving:
            connection.execute(update(hotel_stay).where(hotel_stay.c.id == each.id).values(room=room.room))
            report_and_note(connection, each.id, "change-room", business)
        return confirmed(room=room.room, wifi=room.wifi, guests=len(moving))

    def _mine(self, connection: Connection, business: Business) -> Row[Any] | None:
        """The open stay of the holder at this desk's hotel, locked."""
        query = select(hotel_stay).where(
            hotel_stay.c.subject == business.subject,
            hotel_stay.c.hotel == business.transaction.terminal,
            hotel_stay.c.left_at.is_(None),
        )
        return connection.execute(query.with_for_update()).one_or_none() if business.subject else None

    def _free_reservation(self, connection: Connection, stay: Row[Any]) -> None:
        """Make a reservation without a registered guest usable again."""
        if not stay.reservation:
            return
        mine = (hotel_reservation.c.number == stay.reservation, hotel_reservation.c.hotel == stay.hotel)
        others = select(hotel_stay.c.id).where(
            hotel_stay.c.reservation == stay.reservation, hotel_stay.c.hotel == stay.hotel
        )
        if connection.execute(others).first() is None:
            connection.execute(update(hotel_reservation).where(*mine).values(used=False))


def nights_of(business: Business) -> int | None:
    """A whole number of nights a house takes, else None."""
    nights = business.transaction.body.get("nights")
    if not isinstance(nights, int) or isinstance(nights, bool) or not 1 <= nights <= LONGEST_NIGHTS:
        return None
    return nights


def _an_adult_is_there(inside: list[Row[Any]], today: date) -> bool:
    """A child is looked after by somebody registered in the same room."""
    return any(each.born is None or age_on(each.born, today) >= ADULT for each in inside)


def _is_staff(connection: Connection, subject: str) -> bool:
    return connection.execute(select(staff).where(staff.c.subject == subject)).first() is not None


def _stay(found: Row[Any]) -> dict[str, JsonValue]:
    return {"hotel": found.hotel, "room": found.room, "until": found.to_day.isoformat()}
