"""Tables of the built-in library beside its copies, readers and loans: holds and fines."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from central.tables import UtcTime, metadata

library_hold = Table(
    "library_hold",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("barcode", ForeignKey("library_copy.barcode"), nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("placed_at", UtcTime, nullable=False),
    Column("placed_by", String(36), nullable=False),
    Column("put_aside_at", UtcTime),
    Column("put_aside_by", String(36)),
    Column("collect_by", Date),
    Column("ended_at", UtcTime),
    Column("ended_by", String(36)),
    Index("library_hold_copy", "barcode", "ended_at"),
)
"""Requests for copies on loan. First come, first served; ``collect_by`` is the last day a copy waits."""

library_fine = Table(
    "library_fine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("barcode", ForeignKey("library_copy.barcode"), nullable=False),
    Column("fen", Integer, nullable=False),
    Column("days_late", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", String(36), nullable=False),
    Column("paid_at", UtcTime),
    Column("paid_by", String(36)),
    Column("paid_to", String(64)),
)
"""``by`` is the return that made it, ``paid_by`` the payment, ``paid_to`` the clerk who took the money."""
