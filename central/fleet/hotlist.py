"""Blocked credentials by fingerprint, served as changes since a version.

Each change has a version of its own or shares it with at most ``VERSION_LIMIT`` others, so that any answer
holds whole versions and stays small; a terminal asks on until it has the newest.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from central.fleet.refusals import FingerprintMalformed
from central.fleet.tables import listed
from central.fleet.versions import (
    JUMP,
    first_of_delta,
    last_of_delta,
    newest_version,
    next_version,
    set_version,
)
from domain.messages.signed_documents import FINGERPRINT_BYTES, HotlistDelta

SERIES = "hotlist"
EPOCH = "hotlist epoch"
"""First version of the present list; older versions receive the whole list."""
VERSION_LIMIT = 10_000
DELTA_LIMIT = 100_000
"""Entries in one answer: 2.2 MiB of JSON."""


def change(connection: Connection, blocked: Iterable[bytes], released: Iterable[bytes]) -> int:
    """Blocks and releases fingerprints of 16 bytes; whatever is in both is blocked. Returns the newest
    version. Raises ``FingerprintMalformed``."""
    wanted = {**dict.fromkeys(released, False), **dict.fromkeys(blocked, True)}
    if any(len(fingerprint) != FINGERPRINT_BYTES for fingerprint in wanted):
        raise FingerprintMalformed
    entries = sorted(wanted.items())
    parts = [entries[at : at + VERSION_LIMIT] for at in range(0, len(entries), VERSION_LIMIT)]
    if not parts:
        return newest_version(connection, SERIES)
    last = next_version(connection, SERIES, len(parts))
    for version, part in enumerate(parts, last - len(parts) + 1):
        _store(connection, part, version)
    return last


def blocks(connection: Connection, fingerprint: bytes) -> bool:
    query = select(listed.c.blocked).where(listed.c.fingerprint == fingerprint)
    return bool(connection.execute(query).scalar())


def fingerprint_of(untrusted_digits: str) -> bytes:
    """Raises ``FingerprintMalformed`` unless these are 32 hexadecimal digits."""
    try:
        fingerprint = bytes.fromhex(untrusted_digits)
    except ValueError as error:
        raise FingerprintMalformed from error
    if len(fingerprint) != FINGERPRINT_BYTES:
        raise FingerprintMalformed
    return fingerprint


def begin_anew(connection: Connection) -> int:
    """Restart the list after a database was restored: terminals may hold versions it does not know. All
    entries get versions beyond those, and holders of an earlier one receive the whole list. Returns the
    newest version.
    """
    beyond = next_version(connection, SERIES, JUMP)
    set_version(connection, EPOCH, beyond)
    rows = connection.execute(select(listed.c.fingerprint, listed.c.blocked)).all()
    blocked = [row.fingerprint for row in rows if row.blocked]
    connection.execute(delete(listed).where(listed.c.blocked.is_(False)))
    return change(connection, blocked, []) if blocked else beyond


def delta(connection: Connection, since: int, now: datetime) -> HotlistDelta:
    """Changes after ``since``, whole versions only; from the beginning for a version never given."""
    base, newest = first_of_delta(connection, SERIES, EPOCH, since)
    version = last_of_delta(connection, listed.c.version, base, newest, DELTA_LIMIT)
    rows = connection.execute(
        select(listed.c.fingerprint, listed.c.blocked).where(
            listed.c.version > base, listed.c.version <= version
        )
    ).all()
    return HotlistDelta(
        base=base,
        version=version,
        newest=newest,
        issued_at=now,
        added=_joined(row.fingerprint for row in rows if row.blocked),
        removed=_joined(row.fingerprint for row in rows if not row.blocked and base),
    )


def _store(connection: Connection, part: Sequence[tuple[bytes, bool]], version: int) -> None:
    rows: list[dict[str, Any]] = [
        {"fingerprint": fingerprint, "version": version, "blocked": blocked} for fingerprint, blocked in part
    ]
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(listed)
    kept = fresh.on_conflict_do_update(
        index_elements=["fingerprint"],
        set_={"version": fresh.excluded.version, "blocked": fresh.excluded.blocked},
    )
    connection.execute(kept, rows)


def _joined(fingerprints: Iterable[bytes]) -> str:
    return base64.b64encode(b"".join(fingerprints)).decode()
