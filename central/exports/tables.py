"""Settled rows of departments and funders, day by day: never changed, only corrected in a later file."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, String, Table

from central.tables import UtcTime, metadata

settled_day = Table(
    "settled_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("told_at", UtcTime, nullable=False),
)

settled_line = Table(
    "settled_line",
    metadata,
    Column("in_file", Date, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("department", String(48), primary_key=True),
    Column("service", String(64), primary_key=True),
    Column("party", String(64), primary_key=True),
    Column("way", String(16), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("hash_total", String(16), nullable=False),
)
"""``in_file`` is the day whose file the line stands in; for a correction ``day`` is an earlier one and the
numbers are what was missing, or too much."""
