"""Tables of the departments behind the catalogue. Money is integer fen; times are UTC."""

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
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from central.tables import UtcTime, metadata

account = Table(
    "account",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, unique=True),
    Column("bank_zh", String(40), nullable=False),
    Column("bank_en", String(80), nullable=False),
    Column("ending", String(4), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("balance_fen", BigInteger, nullable=False, default=0),
    Column("pin_hash", String(200), nullable=False, default=""),
)
"""The bank account of a card, as far as this demonstration's bank keeps it."""

posting = Table(
    "posting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("kind", String(48), nullable=False),
    Column("title_zh", String(80), nullable=False),
    Column("title_en", String(120), nullable=False),
    Column("by", String(36), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Index("posting_of_account", "account", "id"),
)
"""Every movement of an account; ``by`` is the transaction. What is taken back is a posting of its own."""

due = Table(
    "due",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False),
    Column("fund", String(48), nullable=False),
    Column("subsidy", String(48), nullable=False, default=""),
    Column("title_zh", String(80), nullable=False),
    Column("title_en", String(120), nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("period", String(20), nullable=False),
    Column("paid_by", String(36)),
    Column("paid_at", UtcTime),
    Index("due_of", "subject", "fund"),
)
"""Amounts a fund owes a holder, each paid at most once."""

fund_balance = Table(
    "fund_balance",
    metadata,
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("fund", String(48), primary_key=True),
    Column("balance_fen", BigInteger, nullable=False),
)
"""A holder's balance in a fund."""

contribution = Table(
    "contribution",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("title_zh", String(80), nullable=False),
    Column("title_en", String(120), nullable=False),
    Column("year", Integer, nullable=False),
    Column("fen", BigInteger, nullable=False),
)

bill = Table(
    "bill",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), index=True),
    Column("biller", String(48), nullable=False),
    Column("title_zh", String(80), nullable=False),
    Column("title_en", String(120), nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("fee_fen", BigInteger, nullable=False, default=0),
    Column("due_date", Date, nullable=False),
    Column("paid_by", String(36)),
    Column("paid_at", UtcTime),
)

medical_visit = Table(
    "medical_visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("clinic_zh", String(40), nullable=False),
    Column("clinic_en", String(80), nullable=False),
    Column("number", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("registered_by", String(36), nullable=False, unique=True),
    Column("cancelled", Boolean, nullable=False, default=False),
    UniqueConstraint("day", "clinic_en", "number"),
)

medical_bill = Table(
    "medical_bill",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("title_zh", String(80), nullable=False),
    Column("title_en", String(120), nullable=False),
    Column("total_fen", BigInteger, nullable=False),
    Column("excluded_fen", BigInteger, nullable=False, default=0),
    Column("insured_fen", BigInteger),
    Column("own_fen", BigInteger),
    Column("settled_by", String(36)),
    Column("settled_at", UtcTime),
    Column("refunded_by", String(36)),
)

gathering = Table(
    "gathering",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", String(48), nullable=False, index=True),
    Column("title_zh", String(80), nullable=False),
    Column("title_en", String(120), nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
)
"""A conference or a training day."""

attendance = Table(
    "attendance",
    metadata,
    Column("gathering", ForeignKey("gathering.id"), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("came_at", UtcTime),
    Column("came_by", String(36)),
    Column("left_at", UtcTime),
    Column("left_by", String(36)),
    Column("late_minutes", Integer, nullable=False, default=0),
    Column("made_up_by", String(64), nullable=False, default=""),
)
"""``made_up_by``: the clerk who wrote in by hand what was not shown at the counter."""

slot = Table(
    "slot",
    metadata,
    Column("venue", String(48), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", String(20), primary_key=True),
    Column("quota", Integer, nullable=False),
    Column("booked", Integer, nullable=False, default=0),
)

ticket = Table(
    "ticket",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("venue", String(48), nullable=False),
    Column("day", Date, nullable=False),
    Column("slot", String(20), nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False),
    Column("booked_by", String(36), nullable=False),
    Column("entered_at", UtcTime),
    Column("entered_by", String(36)),
    Column("left_at", UtcTime),
    UniqueConstraint("venue", "day", "subject"),
)

application = Table(
    "application",
    metadata,
    Column("number", String(24), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("service", String(48), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("status", String(16), nullable=False, default="received"),
    Column("by", String(36), nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("said_zh", String(80), nullable=False, server_default=text("''")),
    Column("said_en", String(120), nullable=False, server_default=text("''")),
    Column("decided_at", UtcTime),
    Column("decided_by", String(64), nullable=False, server_default=text("''")),
)
"""``status``: received, granted, refused. ``said_…``: why, in a sentence for the applicant."""

attachment = Table(
    "attachment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False),
    Column("service", String(64), nullable=False),
    Column("paper", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("picture", LargeBinary, nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("application", String(24), nullable=False, server_default=text("''"), default="", index=True),
    UniqueConstraint("subject", "service", "paper", "sha256", "application"),
)
"""Papers photographed for an application; ``sha256`` is of what the terminal sent, ``picture`` what the
centre made of it. ``application`` is empty until one names it."""


certification = Table(
    "certification",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("valid_until", Date, nullable=False),
    Column("by", String(36), nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
)

holder_category = Table(
    "holder_category",
    metadata,
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("category", String(16), primary_key=True),
)
"""Categories of a person in the register beside the age (``config.catalogue.entries.Category``)."""

queue_place = Table(
    "queue_place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("window", String(80), nullable=False),
    Column("day", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("by", String(36), nullable=False, unique=True),
    Column("called", Boolean, nullable=False, default=False),
    UniqueConstraint("window", "day", "number"),
)
"""Queue of an office's window on one day."""

staff = Table(
    "staff",
    metadata,
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("role", String(16), nullable=False, server_default=text("'clerk'")),
)
"""Holders who serve at counters; a large payout needs one of them beside the holder."""
