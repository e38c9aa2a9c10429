"""Loading much at once: COPY on PostgreSQL, prepared inserts in one transaction on SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table

Row = tuple[Any, ...]


def load(connection: Connection, table: Table, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """Rows of a table, in the order of ``columns``."""
    names = ", ".join(f'"{name}"' for name in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join("?" * len(columns))
    driver.executemany(
        f"INSERT INTO {table.name} ({names}) VALUES ({places})",  # noqa: S608 (names of ours)
        (tuple(map(_kept, row)) for row in rows) if _has_times(table, columns) else rows,
    )


def _has_times(table: Table, columns: Sequence[str]) -> bool:
    return any("TIME" in str(table.c[name].type) or "DATE" in str(table.c[name].type) for name in columns)


def _kept(value: Any) -> Any:
    """As SQLAlchemy keeps it on SQLite: UTC without a zone, six digits of a second."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if hasattr(value, "isoformat") else value
