"""The demonstration's city: its invented people with their cards, and a shelf of books."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from central.city import sites
from central.city_of import city_of
from central.department_seeding import opaque, seed_departments
from central.departments.library_rules import library_rules
from central.departments.library_tables import library_hold
from central.tables import card, e_card, holder, library_copy, library_loan, library_patron
from config.city.shelf import Patron
from config.personas import Persona


def seed(connection: Connection, now: datetime) -> bool:
    """Fills an empty database; one that holds anybody is left alone. Says whether it was filled."""
    if connection.execute(select(func.count()).select_from(holder)).scalar_one():
        return False
    for persona in city_of(connection).personas.values():
        _seed_holder(connection, persona)
    _seed_library(connection, now)
    seed_departments(connection, now)
    sites.put(connection, sites.demonstration(city_of(connection)))
    return True


def _seed_holder(connection: Connection, persona: Persona) -> None:
    subject = opaque(persona.id, "subject")
    connection.execute(
        insert(holder).values(
            subject=subject,
            name=persona.full_name,
            social_security_number=persona.social_security_number,
            birth_date=persona.birth_date,
            persona=persona.id,
        )
    )
    connection.execute(
        insert(card).values(
            identification_code=persona.identification_code,
            card_number=persona.card_number,
            subject=subject,
            locked=False,
        )
    )
    connection.execute(insert(e_card).values(id=opaque(persona.id, "wallet"), subject=subject, locked=False))


def _seed_library(connection: Connection, now: datetime) -> None:
    city = city_of(connection)
    told = {patron.persona: patron for patron in city.shelf.patrons}
    rules, today = library_rules(city), city.day(now)
    types: dict[str, str] = {}
    for persona, person in city.personas.items():
        patron = told.get(persona, Patron(persona=persona))
        types[persona] = patron.type or rules.type_by_age(person.birth_date, today).id
        connection.execute(
            insert(library_patron).values(
                subject=opaque(persona, "subject"),
                status=patron.status,
                loan_limit=patron.loan_limit,
                type=types[persona],
            )
        )
    for book in city.shelf.copies:
        connection.execute(
            insert(library_copy).values(
                barcode=book.barcode, title=book.title, author=book.author, lendable=book.lendable
            )
        )
        if book.lent_to:
            since = now - timedelta(days=book.days_ago)
            connection.execute(
                insert(library_loan).values(
                    barcode=book.barcode,
                    subject=opaque(book.lent_to, "subject"),
                    borrowed_at=since,
                    due_date=rules.due_date(types[book.lent_to], city.day(since)),
                    borrowed_by="",
                    renewals=0,
                )
            )
    for hold in city.shelf.holds:
        connection.execute(
            insert(library_hold).values(
                barcode=hold.barcode, subject=opaque(hold.persona, "subject"), placed_at=now, placed_by=""
            )
        )
