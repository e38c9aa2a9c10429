"""Hotels: guests registered once and in one place, and each reported to the register of guests."""

from __future__ import annotations

from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, delete, select, update

from central.city_of import city_of
from central.departments import hotel_rooms
from central.departments.department import Business, Decision, Enquiry, Visitor, refused
from central.departments.hotel_changes import change_room, check_out, extend
from central.departments.hotel_check_in import check_in
from central.departments.hotel_day import day_of, guests_of_room
from central.departments.hotel_house import business_day_of
from central.departments.hotel_reports import note_rejection, take_back
from central.departments.hotel_stays import is_staff, staff_acts
from central.departments.hotel_tables import guest_report, hotel_reservation, hotel_stay
from central.tables import holder
from domain.messages.contract import Outcome, Transaction


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
                return check_in(connection, business)
            case "check-out":
                return check_out(connection, business)
            case "extend":
                return extend(connection, business)
            case "change-room":
                return change_room(connection, business)
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
        """Reservations usable now at this house, and where the guest is registered."""
        subject, hotel = visitor.subject, visitor.terminal
        today = business_day_of(connection, hotel, visitor.now)
        born = connection.execute(select(holder.c.birth_date).where(holder.c.subject == subject)).scalar()
        stay = connection.execute(
            select(hotel_stay).where(hotel_stay.c.subject == subject, hotel_stay.c.left_at.is_(None))
        ).one_or_none()
        calendar = city_of(connection).day(visitor.now)
        found = hotel_rooms.reservations_of(connection, subject, hotel, today, calendar)
        return {
            "reservations": [hotel_rooms.told(each, today) for each in found],
            "stay": _stay(stay) if stay is not None and stay.hotel == hotel else None,
            "born": born.isoformat() if born else None,
            "staff": is_staff(connection, subject),
        }

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``reservation``: one by its number. ``guests``: those of a ``room``, for staff. ``today``: the day
        of this desk's house, for staff with a card. ``house``: the same for a clerk who signed in at this
        terminal, which answers for that."""
        match enquiry.name:
            case "reservation":
                return _reservation(connection, enquiry)
            case "guests":
                if not staff_acts(connection, enquiry.subject, enquiry.body.get("clerk")):
                    return {"refusal": "hotel.staff_only"}
                room = str(enquiry.body.get("room", ""))[:10]
                return guests_of_room(connection, enquiry.terminal, room, enquiry.now)
            case "today" if not is_staff(connection, enquiry.subject):
                return {"refusal": "hotel.staff_only"}
            case "today" | "house":
                return day_of(connection, enquiry.terminal, enquiry.now)
        return None

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


def _stay(found: Row[Any]) -> dict[str, JsonValue]:
    return {"hotel": found.hotel, "room": found.room, "until": found.to_day.isoformat()}


def _reservation(connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue]:
    today = business_day_of(connection, enquiry.terminal, enquiry.now)
    calendar = city_of(connection).day(enquiry.now)
    number = str(enquiry.body.get("number", "")).strip().upper()[:20]
    found = hotel_rooms.reservation_of(connection, number, enquiry.terminal, today, calendar)
    return {"rows": [] if found is None else [hotel_rooms.told(found, today)]}
