"""Hotels: guests registered once and in one place, and the register of guests told of each."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from central.departments.catalogue.base import age_on, city_day, row
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.departments.hotel_tables import guest_report, hotel_reservation, hotel_room, hotel_stay
from central.departments.tables import staff
from central.tables import holder
from drivers.central.contract import Transaction
from drivers.central.masking import mask_name

REPORT_WITHIN = timedelta(hours=1)
"""The register wants to hear of a guest this soon; the local rule may be stricter."""
ADULT = 18
LONGEST_NIGHTS = 60


class Hotel:
    """See ``central.departments.department.Department``. A desk's hotel is known by its terminal."""

    def apply(self, connection: Connection, business: Business) -> Decision:
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
        """A registration nobody was told of is taken back as long as the register was not told either."""
        by = str(transaction.id)
        match transaction.action:
            case "check-in":
                told = select(guest_report.c.id).where(
                    guest_report.c.stay == hotel_stay.c.id, guest_report.c.delivered_at.is_not(None)
                )
                stay = connection.execute(
                    select(hotel_stay.c.id).where(hotel_stay.c.came_by == by, ~told.exists())
                ).scalar()
                if stay is None:
                    return False
                connection.execute(delete(guest_report).where(guest_report.c.stay == stay))
                connection.execute(delete(hotel_stay).where(hotel_stay.c.id == stay))
                return True
            case "check-out":
                back = update(hotel_stay).where(hotel_stay.c.left_by == by)
                return connection.execute(back.values(left_at=None, left_by=None)).rowcount > 0
        return False

    def know(self, connection: Connection, subject: str) -> dict[str, JsonValue]:
        """Reservations not used yet, and where the guest is registered now."""
        found = connection.execute(select(holder.c.birth_date).where(holder.c.subject == subject)).scalar()
        reservations = connection.execute(
            select(hotel_reservation).where(
                hotel_reservation.c.subject == subject, hotel_reservation.c.used.is_(False)
            )
        )
        stay = connection.execute(
            select(hotel_stay).where(hotel_stay.c.subject == subject, hotel_stay.c.left_at.is_(None))
        ).one_or_none()
        return {
            "reservations": [_reservation(each) for each in reservations],
            "stay": None if stay is None else _stay(stay),
            "born": found.isoformat() if found else None,
            "staff": connection.execute(select(staff).where(staff.c.subject == subject)).first() is not None,
        }

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``today``: arrivals and departures of this desk's hotel. ``reservation``: one by its number."""
        if enquiry.name == "reservation":
            found = connection.execute(
                select(hotel_reservation).where(
                    hotel_reservation.c.number == str(enquiry.body.get("number", ""))[:20],
                    hotel_reservation.c.hotel == enquiry.terminal,
                    hotel_reservation.c.used.is_(False),
                )
            ).one_or_none()
            return {"rows": [] if found is None else [_reservation(found)]}
        if enquiry.name != "today":
            return None
        if not connection.execute(select(staff).where(staff.c.subject == enquiry.subject)).first():
            return {"rows": [], "refusal": "hotel.staff_only"}
        today = city_day(enquiry.now)
        rows: list[JsonValue] = []
        for each in connection.execute(
            select(hotel_stay)
            .where(hotel_stay.c.hotel == enquiry.terminal, hotel_stay.c.to_day >= today)
            .order_by(hotel_stay.c.came_at.desc())
            .limit(50)
        ):
            name = mask_name(each.name)
            left = each.left_at is not None
            rows.append(
                row(
                    f"{each.room} {name}", f"{each.room} {name}", until=each.to_day.isoformat(), paid=not left
                )
            )
        return {"rows": rows}

    def _check_in(self, connection: Connection, business: Business) -> Decision:
        body, hotel = business.transaction.body, business.transaction.terminal
        guest = self._guest(connection, business)
        if isinstance(guest, Decision):
            return guest
        name, document, born = guest
        nights = body.get("nights")
        if not isinstance(nights, int) or isinstance(nights, bool) or not 1 <= nights <= LONGEST_NIGHTS:
            return refused("hotel.nights_wrong")
        room = self._room(connection, hotel, body.get("room"))
        if room is None:
            return refused("hotel.no_such_room")
        moment = min(business.transaction.occurred_at, business.now)
        guardian = str(body.get("guardian") or "")
        if age_on(born, city_day(moment)) < ADULT and not guardian:
            return refused("hotel.guardian_needed")
        elsewhere = connection.execute(
            select(hotel_stay).where(hotel_stay.c.document == document, hotel_stay.c.left_at.is_(None))
        ).one_or_none()
        if elsewhere is not None:
            here = elsewhere.hotel == hotel and elsewhere.room == room.room
            return refused(
                "hotel.registered_here" if here else "hotel.registered_elsewhere", room=elsewhere.room
            )
        inside = connection.execute(
            select(func.count()).where(
                hotel_stay.c.hotel == hotel, hotel_stay.c.room == room.room, hotel_stay.c.left_at.is_(None)
            )
        ).scalar_one()
        if inside >= room.beds and not business.accepted_offline:
            return refused("hotel.room_full", room=room.room)
        until = city_day(moment) + timedelta(days=nights)
        try:
            with connection.begin_nested():
                stay = connection.execute(
                    insert(hotel_stay)
                    .values(
                        hotel=hotel,
                        room=room.room,
                        subject=business.subject,
                        document=document,
                        name=name,
                        from_day=city_day(moment),
                        to_day=until,
                        reservation=str(body.get("reservation") or "")[:20],
                        trust=business.transaction.trust.value,
                        guardian=guardian[:64],
                        came_at=moment,
                        came_by=str(business.transaction.id),
                    )
                    .returning(hotel_stay.c.id)
                ).scalar_one()
        except IntegrityError:
            return refused("hotel.registered_elsewhere")
        if reservation := body.get("reservation"):
            mine = (hotel_reservation.c.number == str(reservation), hotel_reservation.c.hotel == hotel)
            connection.execute(update(hotel_reservation).where(*mine).values(used=True))
        self._report(connection, stay, "check-in", business)
        return confirmed(
            name=mask_name(name),
            room=room.room,
            wifi=room.wifi,
            until=until.isoformat(),
            registration=f"{city_day(moment):%Y%m%d}{stay:06d}",
        )

    def _guest(self, connection: Connection, business: Business) -> tuple[str, str, date] | Decision:
        """Name, document and birth date: of the holder who was shown, or as a clerk typed them."""
        if business.subject:
            found = connection.execute(select(holder).where(holder.c.subject == business.subject)).one()
            return found.name, document_of(found.social_security_number), found.birth_date
        typed = business.transaction.body.get("typed")
        if not isinstance(typed, dict):
            return refused("holder.not_presented")
        name, number = str(typed.get("name", "")).strip()[:40], str(typed.get("number", ""))
        try:
            born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        except ValueError:
            return refused("hotel.document_wrong")
        if not name or len(number) != 18:
            return refused("hotel.document_wrong")
        return name, document_of(number), born

    def _check_out(self, connection: Connection, business: Business) -> Decision:
        moment = min(business.transaction.occurred_at, business.now)
        mine = self._mine(connection, business)
        if mine is None:
            return refused("hotel.not_registered")
        leaving = select(hotel_stay.c.id).where(
            hotel_stay.c.hotel == mine.hotel, hotel_stay.c.room == mine.room, hotel_stay.c.left_at.is_(None)
        )
        stays = (
            [mine.id]
            if business.transaction.body.get("alone")
            else list(connection.execute(leaving).scalars())
        )
        by = str(business.transaction.id)
        connection.execute(
            update(hotel_stay).where(hotel_stay.c.id.in_(stays)).values(left_at=moment, left_by=by)
        )
        for stay in stays:
            self._report(connection, stay, "check-out", business)
        return confirmed(room=mine.room, guests=len(stays))

    def _extend(self, connection: Connection, business: Business) -> Decision:
        nights = business.transaction.body.get("nights")
        if not isinstance(nights, int) or isinstance(nights, bool) or not 1 <= nights <= LONGEST_NIGHTS:
            return refused("hotel.nights_wrong")
        mine = self._mine(connection, business)
        if mine is None:
            return refused("hotel.not_registered")
        until = mine.to_day + timedelta(days=nights)
        room = (
            hotel_stay.c.hotel == mine.hotel,
            hotel_stay.c.room == mine.room,
            hotel_stay.c.left_at.is_(None),
        )
        connection.execute(update(hotel_stay).where(*room).values(to_day=until))
        self._report(connection, mine.id, "extend", business)
        return confirmed(room=mine.room, until=until.isoformat())

    def _change_room(self, connection: Connection, business: Business) -> Decision:
        mine = self._mine(connection, business)
        if mine is None:
            return refused("hotel.not_registered")
        room = self._room(connection, mine.hotel, business.transaction.body.get("room"))
        if room is None:
            return refused("hotel.no_such_room")
        inside = connection.execute(
            select(func.count()).where(
                hotel_stay.c.hotel == mine.hotel,
                hotel_stay.c.room == room.room,
                hotel_stay.c.left_at.is_(None),
            )
        ).scalar_one()
        if inside >= room.beds:
            return refused("hotel.room_full", room=room.room)
        connection.execute(update(hotel_stay).where(hotel_stay.c.id == mine.id).values(room=room.room))
        self._report(connection, mine.id, "change-room", business)
        return confirmed(room=room.room, wifi=room.wifi)

    def _mine(self, connection: Connection, business: Business) -> Row[Any] | None:
        """The open stay of the holder at this desk's hotel, locked."""
        query = select(hotel_stay).where(
            hotel_stay.c.subject == business.subject,
            hotel_stay.c.hotel == business.transaction.terminal,
            hotel_stay.c.left_at.is_(None),
        )
        return connection.execute(query.with_for_update()).one_or_none() if business.subject else None

    def _room(self, connection: Connection, hotel: str, room: JsonValue) -> Row[Any] | None:
        """Locked, so that two desks do not give away one bed."""
        query = select(hotel_room).where(hotel_room.c.hotel == hotel, hotel_room.c.room == str(room)[:10])
        return connection.execute(query.with_for_update()).one_or_none()

    def _report(self, connection: Connection, stay: int, kind: str, business: Business) -> None:
        found = connection.execute(select(hotel_stay).where(hotel_stay.c.id == stay)).one()
        person = connection.execute(select(holder).where(holder.c.subject == found.subject)).one_or_none()
        typed = business.transaction.body.get("typed")
        number = person.social_security_number if person else ""
        if not number and isinstance(typed, dict):
            number = str(typed.get("number", ""))
        moment = min(business.transaction.occurred_at, business.now)
        content = {
            "hotel": found.hotel,
            "room": found.room,
            "name": found.name,
            "document_type": "social_security_card" if person else "typed_by_clerk",
            "document_number": number,
            "trust": found.trust,
            "guardian": found.guardian,
            "from_day": found.from_day.isoformat(),
            "to_day": found.to_day.isoformat(),
            "at": moment.isoformat(),
            "transaction": str(business.transaction.id),
        }
        connection.execute(
            insert(guest_report).values(
                stay=stay, kind=kind, content=content, due_at=moment + REPORT_WITHIN, tries=0
            )
        )


def document_of(number: str) -> str:
    """What stands for a document: not the number, and the same for the same number."""
    return hashlib.sha256(f"guest document:{number}".encode()).hexdigest()


def _reservation(found: Row[Any]) -> dict[str, JsonValue]:
    nights = (found.to_day - found.from_day).days
    when = f"{found.from_day.isoformat()} – {found.to_day.isoformat()}"
    return row(
        f"{found.room} 房 {when}",
        f"Room {found.room}, {when}",
        number=found.number,
        room=found.room,
        nights=nights,
        guests=found.guests,
    )


def _stay(found: Row[Any]) -> dict[str, JsonValue]:
    return {"hotel": found.hotel, "room": found.room, "until": found.to_day.isoformat()}
