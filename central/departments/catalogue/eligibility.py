"""Eligibility for a service: the entry's conditions, looked up in the register of persons."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from central.departments.tables import holder_category
from central.tables import holder
from config.catalogue.entries import Entry


def age_on(birth_date: date, day: date) -> int:
    """Whole years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def age_of(connection: Connection, subject: str, day: date) -> int:
    born = connection.execute(select(holder.c.birth_date).where(holder.c.subject == subject)).scalar_one()
    return age_on(born, day)


def reason_against(connection: Connection, entry: Entry, subject: str, day: date) -> str:
    """A fault code, empty where nothing is against it."""
    if not entry.for_some:
        return ""
    age = age_of(connection, subject, day)
    if not entry.youngest <= age <= entry.oldest:
        return "catalogue.not_for_you"
    if entry.only:
        of = (holder_category.c.subject == subject, holder_category.c.category.in_(entry.only))
        if connection.execute(select(holder_category.c.category).where(*of)).first() is None:
            return "catalogue.not_for_you"
    return ""
