"""Address of a PostgreSQL server, with what the driver wants as numbers instead of text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, make_url

from config.faults import Fault

CONNECT_S = 3
"""A host that does not answer is given up after this long, so that a request can still be answered."""
PREPARE = "prepare_threshold"


class DatabaseAddressWrong(Fault):
    """The address of the database cannot be followed."""

    code = "central.database_address"


def postgresql_options(url: str) -> tuple[URL, dict[str, Any]]:
    """The address for SQLAlchemy, and the arguments of ``psycopg.connect``.

    ``?prepare_threshold=none`` switches prepared statements off, which PgBouncer before 1.21 needs in
    transaction mode; a number is the uses after which a statement is prepared (psycopg 3, "Prepared
    statements"). Raises ``DatabaseAddressWrong``.
    """
    address = make_url(url.replace("postgresql://", "postgresql+psycopg://", 1))
    options: dict[str, Any] = {}
    if "connect_timeout" not in address.query:
        options["connect_timeout"] = CONNECT_S
    if PREPARE in address.query:
        options[PREPARE] = _threshold(address.query[PREPARE])
    return address.difference_update_query([PREPARE]), options


def _threshold(written: str | tuple[str, ...]) -> int | None:
    if isinstance(written, str) and written.strip().lower() in ("none", "off"):
        return None
    if isinstance(written, str) and written.isascii() and written.isdigit() and len(written) < 6:
        return int(written)
    raise DatabaseAddressWrong(f"{PREPARE} must be 'none' or a number")
