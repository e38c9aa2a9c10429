"""Tables of the centre. Times are UTC; personal columns stand in ``holder`` and ``card`` only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class UtcTime(TypeDecorator[datetime]):
    """A point in time; SQLite keeps no zone, so that it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value


metadata = MetaData()

holder = Table(
    "holder",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("social_security_number", String(18), nullable=False, unique=True),
    Column("birth_date", Date, nullable=False),
    Column("persona", String(64), nullable=False, default=""),
)

card = Table(
    "card",
    metadata,
    Column("identification_code", String(32), primary_key=True),
    Column("card_number", String(9), nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("locked", Boolean, nullable=False, default=False),
)

e_card = Table(
    "e_card",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("locked", Boolean, nullable=False, default=False),
)

e_card_token = Table(
    "e_card_token",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("e_card", ForeignKey("e_card.id"), nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("used_at", UtcTime),
    Column("used_by", String(64)),
)

identification = Table(
    "identification",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("identification_of", "terminal", "subject", "at"),
)

received = Table(
    "received",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("service", String(64), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(64), nullable=False, default="", index=True),
    Column("occurred_at", UtcTime, nullable=False),
    Column("accepted_offline", Boolean, nullable=False, default=False),
    Column("outcome", String(16), nullable=False, default="running"),
    Column("code", String(64), nullable=False, default=""),
    Column("data", JSON, nullable=False, default=dict),
    Column("decided_at", UtcTime, index=True),
    Index("received_chain", "terminal", "sequence"),
)

terminal = Table(
    "terminal",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seen_at", UtcTime, nullable=False),
    Column("pending", Integer, nullable=False, default=0),
    Column("oldest_at", UtcTime),
    Column("received", BigInteger, nullable=False, server_default="0"),
    Column("highest", BigInteger, nullable=False, server_default="0"),
    Column("forgotten", BigInteger, nullable=False, server_default="0"),
)
"""``received``: how many of its transactions came; ``highest``: the highest number of them; ``forgotten``:
the highest number whose answer is not kept any more (``central.retention``)."""

alarm = Table(
    "alarm",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("detail", String(200), nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("terminal", "kind", "sequence"),
)

library_patron = Table(
    "library_patron",
    metadata,
    Column("subject", ForeignKey("holder.subject"), primary_key=True),
    Column("status", String(16), nullable=False, default="active"),
    Column("loan_limit", Integer, nullable=False, default=0),
    Column("type", String(16), nullable=False, server_default=text("'adult'")),
)
"""``loan_limit``: the reader's own, 0 for that of the ``type`` (``central.departments.library_rules``)."""

library_copy = Table(
    "library_copy",
    metadata,
    Column("barcode", String(32), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("author", String(100), nullable=False),
    Column("lendable", Boolean, nullable=False, default=True),
)

library_loan = Table(
    "library_loan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("barcode", ForeignKey("library_copy.barcode"), nullable=False),
    Column("subject", ForeignKey("holder.subject"), nullable=False, index=True),
    Column("borrowed_at", UtcTime, nullable=False),
    Column("due_date", Date, nullable=False),
    Column("renewals", Integer, nullable=False, default=0),
    Column("returned_at", UtcTime),
    Column("borrowed_by", String(36), nullable=False),
    Column("returned_by", String(36)),
    Index(
        "one_open_loan",
        "barcode",
        unique=True,
        sqlite_where=text("returned_at IS NULL"),
        postgresql_where=text("returned_at IS NULL"),
    ),
)
