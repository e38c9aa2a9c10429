"""How far business stands that touches several departments; written before anybody is asked."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, text

from central.tables import UtcTime, metadata

saga = Table(
    "saga",
    metadata,
    Column("id", ForeignKey("received.id", ondelete="CASCADE"), primary_key=True),
    Column("service", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn", Boolean, nullable=False, default=False),
    Column("outcome", String(16), nullable=False, server_default=text("'running'")),
    Column("code", String(64), nullable=False, server_default=text("''")),
    Column("held_until", UtcTime),
    Column("fund", String(48), nullable=False, server_default=text("''")),
    Index("saga_of", "subject", "service", "at"),
)
"""``withdrawn``: the person was shown that nothing was booked. ``held_until``: lock of the worker in charge.
``code``: reason of a department's refusal.
"""

saga_step = Table(
    "saga_step",
    metadata,
    Column("saga", ForeignKey("saga.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
)

fund_movement = Table(
    "fund_movement",
    metadata,
    Column("by", String(36), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("fund", String(48), nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("taken_back", Boolean, nullable=False, default=False),
)
"""Withdrawal of a transaction from a holder's fund, at most one; ``by`` is the transaction."""
