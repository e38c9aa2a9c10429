"""Tables of signed codes: whose are believed, to whom they were issued, and where each was taken."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table

from central.tables import UtcTime, metadata

E_CARD, RIDE_CODE = "e_card", "ride_code"

code_issuer = Table(
    "code_issuer",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("public_key", LargeBinary(33), nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("not_after", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
)
"""``id``: the key id of an issuer of electronic cards, the index of an authority of ride codes."""

signed_e_card = Table(
    "signed_e_card",
    metadata,
    Column("holder", String(11), primary_key=True),
    Column("e_card", ForeignKey("e_card.id"), nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("issued_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("withdrawn_at", UtcTime),
)
"""``holder`` is the pseudonym in a phone's credential; only this table leads from it to a person.
``withdrawn_at``: when another phone took this one's place."""

ride_account = Table(
    "ride_account",
    metadata,
    Column("payment_account", String(16), primary_key=True),
    Column("e_card", ForeignKey("e_card.id"), nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("issued_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("withdrawn_at", UtcTime),
)

phone_binding = Table(
    "phone_binding",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("e_card", ForeignKey("e_card.id"), nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("terminal", String(64), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("expires_at", UtcTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("phone_key", LargeBinary(33)),
    Column("bound_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("ended", String(16), nullable=False, server_default=""),
    Column("last_asked", BigInteger, nullable=False, server_default="0"),
)
"""One code shown at a counter, and the phone that came with it. ``id``: the transaction that ordered it.
``last_asked``: the time, by the phone, of the newest message it signed; none is taken twice."""

shown_code = Table(
    "shown_code",
    metadata,
    Column("use", LargeBinary(32), primary_key=True),
    Column("terminal", String(64), nullable=False),
    Column("subject", String(64), nullable=False, index=True),
    Column("at", UtcTime, nullable=False, index=True),
)
"""One presentation of one code, by the hash of what the phone signed, and the terminal that took it."""
