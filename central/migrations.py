"""Bringing an older database up to the tables of this version.

Tables and columns are only ever added, each new column with a server default or nullable: then the same
database serves an older centre beside a newer one while a city updates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.schema import CreateColumn, CreateTable

from config.faults import Fault

LOCK = 0x0E_CA_2D
"""Of the workers that start at the same time one migrates; the others find the work done."""


class TooNew(Fault):
    """A column cannot be added: this is not a database of the centre, or one of a later version."""

    code = "central.database_unfit"


def migrate(connection: Connection, metadata: MetaData) -> list[str]:
    """Adds what is missing and names it. Raises ``TooNew``."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": LOCK})
    added = []
    present = inspect(connection)
    # Of all tables at once: PostgreSQL takes as long for one as for every one.
    columns_of = named(present.get_multi_columns())
    indexes_of = named(present.get_multi_indexes())
    for table in metadata.sorted_tables:
        if table.name not in columns_of:
            connection.execute(CreateTable(table))
            added.append(table.name)
        else:
            for column in table.columns:
                if column.name in columns_of[table.name]:
                    continue
                if not column.nullable and column.server_default is None:
                    raise TooNew(f"{table.name}.{column.name} is missing and has no default")
                definition = CreateColumn(column).compile(connection)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {definition}")
                added.append(f"{table.name}.{column.name}")
        for index in table.indexes:
            if index.name not in indexes_of.get(table.name, ()):
                index.create(connection)
    return added


def named(found: Mapping[tuple[str | None, str], Iterable[Mapping[str, Any]]]) -> dict[str, set[str]]:
    """The names of what each table has, by the table's."""
    return {table: {str(each["name"]) for each in parts} for (_, table), parts in found.items()}
