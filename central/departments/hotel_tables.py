"""Tables of the hotels: rooms, reservations, stays, and reports to the register of guests."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
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

hotel_room = Table(
    "hotel_room",
    metadata,
    Column("hotel", String(64), primary_key=True),
    Column("room", String(10), primary_key=True),
    Column("beds", Integer, nullable=False),
    Column("wifi", String(40), nullable=False, server_default=text("''")),
)
"""``hotel`` is the terminal at its desk."""

hotel_house = Table(
    "hotel_house",
    metadata,
    Column("hotel", String(64), primary_key=True),
    Column("closing", String(5), nullable=False, server_default=text("'06:00'")),
)
"""What a house sets. ``closing``: hour and minute of the city's clock at which its business date ends; a
house without a row closes its day at the usual hour."""

hotel_reservation = Table(
    "hotel_reservation",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("hotel", String(64), nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("room", String(10), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("to_day", Date, nullable=False),
    Column("guests", Integer, nullable=False, default=1),
    Column("used", Boolean, nullable=False, default=False),
)

hotel_stay = Table(
    "hotel_stay",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hotel", String(64), nullable=False),
    Column("room", String(10), nullable=False),
    Column("subject", String(64), nullable=False, default=""),
    Column("document", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("to_day", Date, nullable=False),
    Column("reservation", String(20), nullable=False, default=""),
    Column("trust", String(16), nullable=False),
    Column("guardian", String(64), nullable=False, default=""),
    Column("came_at", UtcTime, nullable=False),
    Column("came_by", String(36), nullable=False, unique=True),
    Column("left_at", UtcTime),
    Column("left_by", String(36)),
    Column("born", Date),
    Column("document_type", String(24), nullable=False, server_default=text("'social_security_card'")),
    Column("party", String(64), nullable=False, server_default=text("''")),
    Column("nationality", String(3), nullable=False, server_default=text("''")),
    Column("sex", String(8), nullable=False, server_default=text("''")),
    Column("guardian_record", JSON),
    Column("until_at", UtcTime),
    Index(
        "one_open_stay",
        "document",
        unique=True,
        sqlite_where=text("left_at IS NULL"),
        postgresql_where=text("left_at IS NULL"),
    ),
    Index("stay_of_room", "hotel", "room"),
)
"""``document`` is a hash of kind, state and number of the document: one document is one guest in one place.
``party``: those who were registered together. ``guardian_record``: name, phone and relation of a minor's
guardian. ``until_at``: end of a day room, which has no night. ``born`` is None and ``party`` empty for stays
of an older version of this table."""

hotel_log = Table(
    "hotel_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stay", ForeignKey("hotel_stay.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("hotel", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("action", String(16), nullable=False),
    Column("room", String(10), nullable=False),
    Column("trust", String(16), nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("by", String(36), nullable=False, index=True),
    Column("clerk", String(64), nullable=False, server_default=text("''")),
    Index("log_of_hotel", "hotel", "at"),
)
"""Actions at the desk, in order: ``by`` is the transaction, ``clerk`` the clerk, empty where the guest acted
alone; how far the guest was proved; whether it was promised before the centre knew.
"""

hotel_rejection = Table(
    "hotel_rejection",
    metadata,
    Column("by", String(36), primary_key=True),
    Column("hotel", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("action", String(16), nullable=False),
    Column("room", String(10), nullable=False),
    Column("name", String(64), nullable=False),
    Column("subject", String(64), nullable=False, index=True),
    Column("code", String(64), nullable=False),
    Column("trust", String(16), nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("clerk", String(64), nullable=False),
    Index("rejection_of_hotel", "hotel", "at"),
)
"""Refused actions at the desk with their reason; ``name`` is masked."""

guest_report = Table(
    "guest_report",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stay", ForeignKey("hotel_stay.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("content", JSON, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("delivered_at", UtcTime, index=True),
    Column("tries", Integer, nullable=False, default=0),
    Column("refused_at", UtcTime),
    Column("reason", String(200), nullable=False, server_default=text("''")),
)
"""Reports to the register of guests, in the order of each stay; kept until delivered. ``refused_at`` and
``reason``: the register refused this one; it and later ones of its stay wait for an official."""
