"""Signing in and staying signed in. The browser holds a random token; only its hash is kept here."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from central.database import Database
from central.officials import trail
from central.officials.faults import LockedOut, NotLetIn
from central.officials.passwords import Passwords
from central.officials.roles import Official, Role
from central.officials.tables import official, official_session
from domain.lockout import Tries, locked_for

REST = timedelta(minutes=30)
"""An account that may do something is signed out after so long without a person's request."""
LONGEST = timedelta(hours=12)
LONGEST_ON_A_WALL = timedelta(days=30)
"""A viewer's page hangs on a wall, refreshes itself, and can do nothing else."""
NOTED_EVERY = timedelta(minutes=1)
FROM_ONE_ADDRESS = 20
ADDRESS_WITHIN = timedelta(minutes=15)

TokenMaker = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Session:
    """``form_key`` stands in every form of this session: a page of somebody else cannot know it."""

    official: Official
    form_key: str

    def sent_with(self, form_key: str) -> bool:
        return hmac.compare_digest(self.form_key.encode(), form_key.encode())


def sign_in(
    database: Database,
    name: str,
    password: str,
    address: str,
    passwords: Passwords,
    new_token: TokenMaker,
    now: datetime,
) -> str:
    """The token of a new session. Raises ``LockedOut``, ``NotLetIn``.

    A try counts before its password is looked at, so that many at once are no more than many in a row;
    the password itself is hashed outside any transaction, so that no terminal waits for it.
    """
    name = name.strip().casefold()[:32]
    locked, stored = database.write(lambda connection: _begin(connection, name, address, now))
    if locked:
        raise LockedOut(f"{locked.total_seconds():.0f}")
    if not passwords.right(stored, password):
        database.write(
            lambda connection: trail.note(connection, name, "sign_in_refused", now, address=address)
        )
        raise NotLetIn
    token = new_token()
    database.write(lambda connection: _let_in(connection, name, token, new_token(), address, now))
    return token


def _begin(
    connection: Connection, name: str, address: str, now: datetime
) -> tuple[timedelta | None, str | None]:
    """Counts the try; how long it is locked, if it is, else the hash to compare with."""
    if trail.refusals_from(connection, address, now, ADDRESS_WITHIN) >= FROM_ONE_ADDRESS:
        return ADDRESS_WITHIN, None
    found = connection.execute(
        select(official).where(official.c.name == name).with_for_update()
    ).one_or_none()
    if found is None or found.closed_at is not None:
        return None, None
    wait = locked_for(Tries(found.tries, found.tried_at), now)
    if wait:
        trail.note(connection, name, "locked_out", now, address=address)
        return wait, None
    connection.execute(
        update(official).where(official.c.name == name).values(tries=found.tries + 1, tried_at=now)
    )
    ran_out = found.one_time_until is not None and found.one_time_until <= now
    return None, None if ran_out else str(found.password_hash)


def _let_in(
    connection: Connection, name: str, token: str, form_key: str, address: str, now: datetime
) -> None:
    connection.execute(update(official).where(official.c.name == name).values(tries=0, tried_at=None))
    connection.execute(
        insert(official_session).values(
            token_hash=_hash(token), official=name, form_key=form_key, began_at=now, active_at=now
        )
    )
    trail.note(connection, name, "signed_in", now, address=address)


def session_of(database: Database, token: str, now: datetime, *, by_person: bool = True) -> Session | None:
    """Session of this token; None when there is none, or it has expired. ``by_person`` is False for a page
    that refreshes itself, which does not extend the session.
    """
    if not token:
        return None
    with database.read() as connection:
        found = connection.execute(
            select(official_session, official.c.role, official.c.department, official.c.one_time_until)
            .join(official)
            .where(official_session.c.token_hash == _hash(token), official.c.closed_at.is_(None))
        ).one_or_none()
    if found is None or not _lasts(found, now):
        return None
    if by_person and now - found.active_at > NOTED_EVERY:
        note = update(official_session).where(official_session.c.token_hash == found.token_hash)
        database.write(lambda connection: connection.execute(note.values(active_at=now)))
    who = Official(found.official, Role(found.role), found.department, found.one_time_until is not None)
    return Session(who, found.form_key)


def _lasts(found: Row[Any], now: datetime) -> bool:
    if found.role == Role.VIEWER:
        return bool(now - found.began_at < LONGEST_ON_A_WALL)
    return bool(now - found.began_at < LONGEST and now - found.active_at < REST)


def sign_out(connection: Connection, token: str, name: str, address: str, now: datetime) -> None:
    connection.execute(delete(official_session).where(official_session.c.token_hash == _hash(token)))
    trail.note(connection, name, "signed_out", now, address=address)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
