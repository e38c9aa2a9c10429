"""Tables of the buses: every ride as the terminal reported it and as the centre rates it, money in fen."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from central.tables import UtcTime, metadata

bus_ride = Table(
    "bus_ride",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("by", String(36), nullable=False, unique=True),
    Column("terminal", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("boarded", UtcTime, nullable=False),
    Column("day", Date, nullable=False),
    Column("line", String(32), nullable=False),
    Column("product", String(64), nullable=False),
    Column("riders", Integer, nullable=False, default=1),
    Column("told_fen", BigInteger, nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("full_fen", BigInteger, nullable=False),
    Column("promotion", String(32), nullable=False, default=""),
    Column("ride", JSON, nullable=False),
    Column("charged", Boolean, nullable=False, default=False),
    Column("tariff", String(64), nullable=False, server_default=text("''")),
    Column("outdated", Boolean, nullable=False, server_default=text("false")),
    Index("ride_of_subject", "subject", "boarded"),
    Index("ride_of_day", "day", "line"),
)
"""``told_fen`` is the fare the terminal asked for, ``fen`` the fare by all known rides; ``charged``: the
account paid. ``tariff`` is the version it was shown and settled by; ``outdated``: another was in force by
then and the vehicle had not received it.
"""

bus_saving = Table(
    "bus_saving",
    metadata,
    Column("ride", String(36), primary_key=True),
    Column("funder", String(64), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("fen", BigInteger, nullable=False),
)
"""Share of a ride's fare that a funder takes over; an empty funder is the operator."""

promotion_spent = Table(
    "promotion_spent",
    metadata,
    Column("promotion", String(32), primary_key=True),
    Column("fen", BigInteger, nullable=False),
)

transport_card = Table(
    "transport_card",
    metadata,
    Column("number", String(19), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("locked", Boolean, nullable=False, server_default=text("false")),
)
"""T-Union cards whose rides an account of this city pays."""

holder_entitlement = Table(
    "holder_entitlement",
    metadata,
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("until", Date),
)
"""Entitlements of a holder that the city certifies beside the age: ``student``, ``disabled``, ``veteran`` …
"""
