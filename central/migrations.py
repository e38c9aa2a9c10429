"""Bringing an older database up to the tables of this version.

Tables and columns are only ever added, each new column with a server default or nullable: then the same
database serves an older centre beside a newer one while a city updates.
"""

from __future__ import annotations

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
    existing = set(present.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in existing:
            connection.execute(CreateTable(table))
            added.append(table.name)
            indexes = set()
        else:
            columns = {column["name"] for column in present.get_columns(table.name)}
            for column in table.columns:
                if column.name in columns:
                    continue
                if not column.nullable and column.server_default is None:
                    raise TooNew(f"{table.name}.{column.name} is missing and has no default")
                definition = CreateColumn(column).compile(connection)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {definition}")
                added.append(f"{table.name}.{column.name}")
            indexes = {index["name"] for index in present.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in indexes:
                index.create(connection)
    return added
