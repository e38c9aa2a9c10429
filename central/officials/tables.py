"""Tables of accounts, their sessions and the audit trail, beside the centre's others."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table

from central.tables import UtcTime, metadata

official = Table(
    "official",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("department", String(48), nullable=False, default=""),
    Column("password_hash", String(200), nullable=False),
    Column("one_time_until", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("tries", Integer, nullable=False, default=0),
    Column("tried_at", UtcTime),
)
"""``one_time_until``: the password was given out by an administrator and only serves to choose another.
``tries``: wrong passwords since the last right one."""

official_session = Table(
    "official_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("official", ForeignKey("official.name"), nullable=False, index=True),
    Column("form_key", String(64), nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("active_at", UtcTime, nullable=False),
)

audit = Table(
    "official_audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("did", String(32), nullable=False),
    Column("detail", String(200), nullable=False, default=""),
    Column("address", String(45), nullable=False, default=""),
)
"""Only ever added to; forgotten after its time."""
