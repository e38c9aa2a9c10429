"""Requests to a library's own system, written before they are sent: a crash forgets none."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from central.tables import UtcTime, metadata

sip2_request = Table(
    "sip2_request",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", ForeignKey("received.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("action", String(16), nullable=False),
    Column("barcode", String(32), nullable=False),
    Column("subject", String(64), nullable=False, default=""),
    Column("occurred_at", UtcTime, nullable=False),
    Column("told_due", Date),
    Column("accepted_offline", Boolean, nullable=False, default=False),
    Column("withdrawn", Boolean, nullable=False, default=False),
    Column("state", String(16), nullable=False, default="written"),
    Column("before", JSON, nullable=False, default=dict),
    Column("asked_at", UtcTime),
    Column("held_until", UtcTime),
    Column("amount_fen", Integer, nullable=False, server_default=text("0")),
    Column("sends", Integer, nullable=False, server_default=text("0")),
    Column("reached_at", UtcTime),
    Index("sip2_request_barcode", "barcode", "state"),
)
"""``state``: see ``requests.State``. ``before``: how the copy and its reader stood just before something was
sent, by which it is recognised afterwards whether that was carried out. ``sends``: number of messages sent
that book. ``reached_at``: first attempt that reached the system and stayed undecided. ``held_until``: one
worker is at it. The person is in it by an opaque subject only. A payment is about no copy: its ``barcode``
puts the payments of one reader in line."""
