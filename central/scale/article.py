"""Filling a database with the city of the article: 3,928,000 holders and all that the overview counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from central.city import counting, sites
from central.city_of import city_of
from central.database import Database
from central.departments.bus_tables import bus_ride, bus_saving, promotion_spent
from central.departments.tables import due
from central.scale import business, payments, people
from central.scale.loading import load
from central.scale.plan import Plan, mixed
from central.seeding import seed
from central.tables import card, e_card, holder, received, terminal
from config.catalogue.loading import catalogue
from config.faults import Fault

PEOPLE_OF_A_DEMONSTRATION = 1_000
AT_ONCE_ONLINE = 0.97
RECEIVED = (
    "id", "hash", "terminal", "sequence", "previous", "service", "action", "subject", "occurred_at",
    "accepted_offline", "outcome", "code", "data", "decided_at",
)  # fmt: skip
DUE = ("subject", "fund", "subsidy", "title_zh", "title_en", "fen", "period", "paid_by", "paid_at")
RIDE = (
    "id", "by", "terminal", "subject", "boarded", "day", "line", "product", "riders", "told_fen", "fen",
    "full_fen", "promotion", "ride", "charged",
)  # fmt: skip

Tell = Callable[[str], None]


class NotEmpty(Fault):
    """The database holds people of its own; nothing invented is mixed with them."""

    code = "city.not_empty"


def fill(database: Database, plan: Plan, now: datetime, tell: Tell) -> None:
    """Fill everything or nothing, in one transaction. ``tell`` receives each step's time. Raises
    ``NotEmpty``.
    """

    def work(connection: Connection) -> None:
        if _count(connection, holder) > PEOPLE_OF_A_DEMONSTRATION:
            raise NotEmpty("this database holds people already")
        seed(connection, now)
        there = _count(connection, holder)
        counting.remove(connection)
        _prepare(connection)
        with _without_references(connection):
            _people(connection, plan, there, tell)
            _business(connection, plan, there, now, tell)
        with _timed("figures", tell):
            counting.install(connection)
        with _timed("statistics", tell):
            connection.exec_driver_sql("ANALYZE")

    database.write(work)


def _people(connection: Connection, plan: Plan, there: int, tell: Tell) -> None:
    def put(table: Table, columns: str, rows: Iterator[people.Row]) -> None:
        with _timed(table.name, tell):
            load(connection, table, columns.split(), rows)

    put(
        holder,
        "subject name social_security_number birth_date persona",
        people.holders(city_of(connection).region, plan, there),
    )
    put(
        card,
        "identification_code card_number subject locked",
        people.cards(city_of(connection).region, plan, there),
    )
    put(e_card, "id subject locked", people.e_cards(plan, there))


def _business(connection: Connection, plan: Plan, there: int, now: datetime, tell: Tell) -> None:
    kinds = tuple(catalogue().subsidies.values())
    with _timed(due.name, tell):
        load(connection, due, DUE, payments.payments(plan, there, kinds, now))
    counted = business.counters(plan)
    _sites(connection, counted, plan)
    with _timed("rides", tell):
        ridden = list(business.rides(city_of(connection), plan, counted, now))
        load(connection, received, RECEIVED, (each.received for each in ridden))
        load(connection, bus_ride, RIDE, (each.ride for each in ridden))
        load(connection, bus_saving, ("ride", "funder", "day", "fen"), (each.saving for each in ridden))
        spent = sum(each.saving[3] for each in ridden)
        connection.execute(insert(promotion_spent).values(promotion="one-fen", fen=spent))
    with _timed("other business", tell):
        known = (*catalogue().services, "library", "hotel")
        load(connection, received, RECEIVED, business.uses(city_of(connection), plan, counted, known, now))
    _terminals(connection, counted, now)


def _sites(connection: Connection, counted: business.Counters, plan: Plan) -> None:
    codes = tuple(city_of(connection).districts)
    names = [name for kind in counted.names.values() for name in kind]
    rows = [
        {"terminal": name, "district": codes[mixed(number, len(codes))], "name": ""}
        for number, name in enumerate(names)
    ]
    sites.put(connection, rows)


def _terminals(connection: Connection, counted: business.Counters, now: datetime) -> None:
    rows: list[dict[str, Any]] = []
    for number, name in enumerate(name for kind in counted.names.values() for name in kind):
        resting = mixed(number, 1000) / 1000 > AT_ONCE_ONLINE
        pending = 1 + number % 5 if resting else 0
        seen = now - timedelta(hours=1 + number % 30) if resting else now - timedelta(seconds=number % 240)
        done = counted.numbers[name]
        rows.append(
            {
                "id": name, "seen_at": seen, "pending": pending, "oldest_at": seen if pending else None,
                "received": done, "highest": done,
            }
        )  # fmt: skip
    connection.execute(insert(terminal), rows)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _prepare(connection: Connection) -> None:
    """More memory for this transaction alone, or for this connection."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        connection.execute(text("SET LOCAL work_mem = '256MB'"))
    else:
        connection.exec_driver_sql("PRAGMA cache_size = -400000")


@contextmanager
def _without_references(connection: Connection) -> Iterator[None]:
    """References are checked all at once at the end, instead of once for each row."""
    if connection.dialect.name != "postgresql":
        yield
        return
    tables = (card, e_card, due)
    kept = [
        (table.name, row.name, row.definition)
        for table in tables
        for row in connection.execute(
            text(
                "SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint "
                "WHERE conrelid = CAST(:table AS regclass) AND contype = 'f'"
            ),
            {"table": table.name},
        )
    ]
    for table_name, name, _ in kept:
        connection.exec_driver_sql(f'ALTER TABLE {table_name} DROP CONSTRAINT "{name}"')
    yield
    for table_name, name, definition in kept:
        connection.exec_driver_sql(f'ALTER TABLE {table_name} ADD CONSTRAINT "{name}" {definition}')


@contextmanager
def _timed(what: str, tell: Tell) -> Iterator[None]:
    began = time.perf_counter()
    yield
    tell(f"{what}: {time.perf_counter() - began:.1f} s")
