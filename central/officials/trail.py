"""The audit trail: who did what, from where; written in the transaction of what was done if there is one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from central.officials.tables import audit

SHOWN = 200


def note(
    connection: Connection, who: str, did: str, now: datetime, *, detail: str = "", address: str = ""
) -> None:
    connection.execute(
        insert(audit).values(at=now, who=who[:64], did=did, detail=detail[:200], address=address[:45])
    )


def newest(connection: Connection, before: int | None = None) -> list[Row[Any]]:
    """The latest entries, or those before the one with this id."""
    query = select(audit).order_by(audit.c.id.desc()).limit(SHOWN)
    return list(connection.execute(query.where(audit.c.id < before) if before else query))


def refusals_from(connection: Connection, address: str, now: datetime, within: timedelta) -> int:
    """How often somebody was not let in from this address."""
    query = select(func.count()).where(
        audit.c.at > now - within, audit.c.address == address, audit.c.did == "sign_in_refused"
    )
    return connection.execute(query).scalar_one()
