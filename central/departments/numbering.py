"""Numbers that are given out once: applications of a day, places in a queue, serials of cards."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Connection, String, Table
from sqlalchemy.dialects import postgresql, sqlite

from central.tables import metadata

given_number = Table(
    "given_number",
    metadata,
    Column("series", String(80), primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""The last number of each series. A number that was given to business that failed is not given again."""


def next_number(connection: Connection, series: str) -> int:
    """Next number of a series, from 1. A concurrent caller waits until the first has committed or rolled
    back.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = dialect.insert(given_number).values(series=series, last=1)
    query = first.on_conflict_do_update(index_elements=["series"], set_={"last": given_number.c.last + 1})
    return int(connection.execute(query.returning(given_number.c.last)).scalar_one())
