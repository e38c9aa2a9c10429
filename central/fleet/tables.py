"""Tables of the fleet, beside the centre's others."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text, text

from central.tables import UtcTime, metadata

enrolment = Table(
    "fleet_enrolment",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("terminal", String(32), nullable=False),
    Column("request", Text, nullable=False),
    Column("requested_at", UtcTime, nullable=False, index=True),
    Column("state", String(16), nullable=False, default="waiting"),
    Column("decided_at", UtcTime),
    Column("decided_by", String(64)),
    Column("certificate", Text, nullable=False, default=""),
    Column("address", String(45), nullable=False, server_default=text("''"), index=True),
    Column("invited", Boolean, nullable=False, server_default=text("false")),
    Column("profile", String(32), nullable=False, server_default=text("''")),
    Column("services", Text, nullable=False, server_default=text("''")),
)
"""``address``: the network of the sender. ``services``: what the terminal wants to do, one a line."""

invitation = Table(
    "fleet_invitation",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("terminal", String(32), nullable=False, server_default=text("''")),
    Column("made_by", String(64), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_for", String(32), nullable=False, server_default=text("''")),
)
"""``terminal`` is empty for an invitation of any one terminal; ``used_for``: the code of its request."""

certificate = Table(
    "fleet_certificate",
    metadata,
    Column("serial", String(40), primary_key=True),
    Column("terminal", String(32), nullable=False, index=True),
    Column("issued_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("reason", String(200)),
    Column("profile", String(32), nullable=False, server_default=text("''")),
    Column("services", Text),
)
"""``services``: the signed list of the certificate, one a line; NULL where it is older than the lists."""

counter = Table(
    "fleet_counter",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("version", BigInteger, nullable=False),
)
"""Version numbers that only grow; a writer holds the row, so that numbers are given in order."""

configuration = Table(
    "fleet_configuration",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("published_at", UtcTime, nullable=False),
    Column("document", Text, nullable=False),
)

authority_known = Table(
    "fleet_authority_known",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
)
"""SHA-256 of the certificate of the one authority of this database; a host with other keys is refused."""

told_state = Table(
    "fleet_told_state",
    metadata,
    Column("terminal", String(64), primary_key=True),
    Column("told_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
)
"""How each terminal says it is, the newest only: the message as it came."""

listed = Table(
    "fleet_hotlist",
    metadata,
    Column("fingerprint", LargeBinary(16), primary_key=True),
    Column("version", BigInteger, nullable=False, index=True),
    Column("blocked", Boolean, nullable=False),
)
"""The last change of each credential that was ever blocked: every delta can be made from it."""

entitled = Table(
    "fleet_entitled",
    metadata,
    Column("fingerprint", LargeBinary(16), primary_key=True),
    Column("version", BigInteger, nullable=False, index=True),
    Column("entry", LargeBinary(21), nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("ever", Integer, nullable=False),
)
"""Last entry served for a card's rights, and every kind ever served for it, as bits."""
