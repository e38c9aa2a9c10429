"""Personal data of one person: exported whole, or forgotten (PIPL articles 45 and 47).

Forgetting keeps what others rely on (money booked, rides settled, seats taken) under a subject that leads
to no person any more, and the ids of transactions, so that none is ever booked twice. It is refused while
something is still open between the person and a department.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Select, Table, delete, func, select, update

from central.codes.tables import phone_binding, ride_account, shown_code, signed_e_card
from central.departments.bus_tables import bus_ride, holder_entitlement, transport_card
from central.departments.hotel_tables import (
    guest_report,
    hotel_log,
    hotel_rejection,
    hotel_reservation,
    hotel_stay,
)
from central.departments.library_tables import library_fine, library_hold
from central.departments.sip2.tables import sip2_request
from central.departments.tables import account, application, attachment, due, posting
from central.tables import (
    card,
    e_card,
    e_card_token,
    holder,
    identification,
    library_loan,
    metadata,
    received,
)
from config.faults import Fault

NEVER_SHOWN = {"pin_hash", "hash", "document", "code_hash"}
"""Columns that would help only somebody who is not the person."""
KEPT = frozenset(
    (
        *("attendance", "bill", "certification", "contribution", "due", "fund_balance", "library_patron"),
        *(
            "fund_movement",
            "medical_bill",
            "medical_visit",
            "saga",
            "staff",
            "ticket",
            "holder_category",
            "queue_place",
            "vital_status",
        ),
    )
)
"""Tables whose rows stay as they are: they name a subject and say nothing that leads back to a person."""
FORGOTTEN_NAME = ""
FORGOTTEN_BIRTH = date(1900, 1, 1)


class NoSuchPerson(Fault):
    code = "holder.unknown"


class StillOpen(Fault):
    """The detail names what is open: loans, fines, stays, applications, money."""

    code = "holder.still_open"


def subject_of(connection: Connection, social_security_number: str) -> str:
    """Raises ``NoSuchPerson``."""
    found = connection.execute(
        select(holder.c.subject).where(holder.c.social_security_number == social_security_number)
    ).scalar()
    if found is None:
        raise NoSuchPerson("nobody has this number")
    return str(found)


def exported(connection: Connection, subject: str) -> dict[str, list[dict[str, JsonValue]]]:
    """Every row of every table that is about this person, by table; times as RFC 3339, pictures as base64."""
    rows = {table.name: list(_rows(connection, table, subject)) for table in metadata.sorted_tables}
    return {name: found for name, found in rows.items() if found}


def _rows(connection: Connection, table: Table, subject: str) -> Iterator[dict[str, JsonValue]]:
    query = _about(table, subject)
    if query is None:
        return
    for row in connection.execute(query).mappings():
        yield {name: _plain(value) for name, value in row.items() if name not in NEVER_SHOWN}


def _about(table: Table, subject: str) -> Select[Any] | None:
    """The rows of a table that are about this person, directly or by what belongs to them."""
    if "subject" in table.c:
        return select(table).where(table.c.subject == subject)
    if table is posting:
        own = select(account.c.id).where(account.c.subject == subject)
        return select(table).where(posting.c.account.in_(own)).order_by(posting.c.id)
    if table is guest_report:
        own = select(hotel_stay.c.id).where(hotel_stay.c.subject == subject)
        return select(table).where(guest_report.c.stay.in_(own)).order_by(guest_report.c.id)
    return None


def _plain(value: object) -> JsonValue:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
        case Mapping():
            return {str(name): _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case str() | int() | float() | bool() | None:
            return value
    return str(value)


def still_open(connection: Connection, subject: str) -> tuple[str, ...]:
    """Open business between this person and a department, by name; empty where there is none."""

    def some(query: Select[Any]) -> bool:
        return bool(connection.execute(query).scalar())

    def count(table: Table) -> Select[int]:
        return select(func.count()).select_from(table).where(table.c.subject == subject)

    questions = {
        "loans": count(library_loan).where(library_loan.c.returned_at.is_(None)),
        "fines": count(library_fine).where(library_fine.c.paid_at.is_(None)),
        "stays": count(hotel_stay).where(hotel_stay.c.left_at.is_(None)),
        "guest reports": select(func.count())
        .select_from(guest_report.join(hotel_stay))
        .where(hotel_stay.c.subject == subject, guest_report.c.delivered_at.is_(None)),
        "applications": count(application).where(application.c.status == "received"),
        "money due": count(due).where(due.c.paid_at.is_(None)),
        "account balance": count(account).where(account.c.balance_fen != 0),
    }
    return tuple(name for name, query in questions.items() if some(query))


def forget(connection: Connection, subject: str, random_digits: Callable[[int], str]) -> None:
    """Raises ``StillOpen``. ``random_digits``: so many digits, no two answers alike."""
    if found := still_open(connection, subject):
        raise StillOpen(", ".join(found))
    e_cards = select(e_card.c.id).where(e_card.c.subject == subject)
    stays = select(hotel_stay.c.id).where(hotel_stay.c.subject == subject)
    for query in (
        delete(e_card_token).where(e_card_token.c.e_card.in_(e_cards)),
        delete(shown_code).where(shown_code.c.subject == subject),
        delete(signed_e_card).where(signed_e_card.c.subject == subject),
        delete(ride_account).where(ride_account.c.subject == subject),
        delete(phone_binding).where(phone_binding.c.subject == subject),
        delete(e_card).where(e_card.c.subject == subject),
        delete(card).where(card.c.subject == subject),
        delete(holder_entitlement).where(holder_entitlement.c.subject == subject),
        delete(transport_card).where(transport_card.c.subject == subject),
        delete(identification).where(identification.c.subject == subject),
        delete(library_loan).where(library_loan.c.subject == subject),
        delete(library_hold).where(library_hold.c.subject == subject),
        delete(library_fine).where(library_fine.c.subject == subject),
        delete(guest_report).where(guest_report.c.stay.in_(stays)),
        delete(hotel_log).where(hotel_log.c.stay.in_(stays)),
        delete(hotel_stay).where(hotel_stay.c.subject == subject),
        delete(hotel_rejection).where(hotel_rejection.c.subject == subject),
        delete(hotel_reservation).where(hotel_reservation.c.subject == subject),
        delete(sip2_request).where(sip2_request.c.subject == subject),
        delete(attachment).where(attachment.c.subject == subject),
        update(application).where(application.c.subject == subject).values(fields={}),
        update(account).where(account.c.subject == subject).values(ending="", pin_hash=""),
        update(bus_ride).where(bus_ride.c.subject == subject).values(ride={}, subject=""),
        update(received).where(received.c.subject == subject).values(data={}, subject=""),
        update(holder)
        .where(holder.c.subject == subject)
        .values(
            name=FORGOTTEN_NAME,
            social_security_number=f"X{random_digits(17)}",
            birth_date=FORGOTTEN_BIRTH,
            persona="",
        ),
    ):
        connection.execute(query)
