"""Tables of the city's figures, beside the centre's others."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, String, Table

from central.tables import metadata

tally = Table(
    "tally",
    metadata,
    Column("figure", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("part", String(64), primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("fen", BigInteger, nullable=False),
)
"""How often, and how much money, by figure, day and hour of the city, and part (a service, a district)."""

tally_change = Table(
    "tally_change",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("figure", String(32), nullable=False),
    Column("day", Date, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("part", String(64), nullable=False),
    Column("times", BigInteger, nullable=False),
    Column("fen", BigInteger, nullable=False),
)
"""Changes not yet added to ``tally``. With several writers each appends here without waiting for the others,
and readers add both. SQLite has one writer, which adds at once: there this stays empty.
"""

site = Table(
    "site",
    metadata,
    Column("terminal", String(64), primary_key=True),
    Column("district", String(6), nullable=False),
    Column("name", String(80), nullable=False, default=""),
)
"""Where a terminal stands: the district's code of GB/T 2260."""
