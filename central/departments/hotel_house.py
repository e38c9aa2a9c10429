"""Settings of a house: the hour at which its business date ends."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, select

from central.city_of import city_of
from central.departments.hotel_tables import hotel_house
from domain.lodging.business_day import USUAL_CLOSING, business_day, business_day_begins, closing_of


def business_day_of(connection: Connection, hotel: str, moment: datetime) -> date:
    """Business date of this house at a moment: last evening's until the closing hour."""
    closing = _closing(connection, hotel)
    return business_day(moment.astimezone(city_of(connection).zone), closing_of(closing))


def begin_of(connection: Connection, hotel: str, day: date) -> datetime:
    """First moment of a business date of this house."""
    return business_day_begins(day, closing_of(_closing(connection, hotel)), city_of(connection).zone)


def _closing(connection: Connection, hotel: str) -> str:
    query = select(hotel_house.c.closing).where(hotel_house.c.hotel == hotel)
    return str(connection.execute(query).scalar() or f"{USUAL_CLOSING:%H:%M}")
