"""Accounts of officials: made and closed by administrators, each with a password only its owner knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from central.database import Database
from central.officials import trail
from central.officials.faults import NotAccount, PasswordWeak
from central.officials.passwords import Passwords, check_strength, one_time
from central.officials.roles import Role
from central.officials.tables import official, official_session

NAME = re.compile(r"^[a-z][a-z0-9._-]{1,31}$")
ONE_TIME_FOR = timedelta(hours=24)


def make(
    database: Database,
    name: str,
    role: str,
    department: str,
    departments: Collection[str],
    passwords: Passwords,
    random_below: Callable[[int], int],
    now: datetime,
    by: str,
) -> str:
    """Makes the account, or gives an existing one a new start; returns its one-time password.

    Raises ``NotAccount``. Passwords are hashed outside any transaction: no terminal waits for it.
    """
    if not NAME.match(name):
        raise NotAccount("a name has 2 to 32 small letters, digits, dots, dashes")
    if role not in tuple(Role):
        raise NotAccount(f"a role is one of {', '.join(Role)}")
    if (role == Role.DEPARTMENT) != bool(department) or (department and department not in departments):
        raise NotAccount(f"role {Role.DEPARTMENT} names one of {', '.join(sorted(departments))}")
    password = one_time(random_below)
    values = {
        "role": role,
        "department": department,
        "password_hash": passwords.hashed(password),
        "one_time_until": now + ONE_TIME_FOR,
        "made_at": now,
        "closed_at": None,
        "tries": 0,
        "tried_at": None,
    }
    database.write(lambda connection: _put(connection, name, values, now, by))
    return password


def _put(connection: Connection, name: str, values: Mapping[str, Any], now: datetime, by: str) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = dialect.insert(official).values(name=name, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=dict(values)))
    end_sessions(connection, name)
    detail = f"{name}: {values['role']} {values['department']}".strip()
    trail.note(connection, by, "account_made", now, detail=detail)


def close(connection: Connection, name: str, now: datetime, by: str) -> None:
    """Ends an account and its sessions at once. Raises ``NotAccount``."""
    closed = connection.execute(
        update(official).where(official.c.name == name, official.c.closed_at.is_(None)).values(closed_at=now)
    )
    if not closed.rowcount:
        raise NotAccount("there is no open account of this name")
    end_sessions(connection, name)
    trail.note(connection, by, "account_closed", now, detail=name)


def choose_password(
    database: Database, name: str, chosen: str, passwords: Passwords, now: datetime, address: str
) -> None:
    """The owner's own password; all sessions of the account end. Raises ``PasswordWeak``."""
    check_strength(chosen, name)
    with database.read() as connection:
        query = select(official.c.password_hash).where(official.c.name == name)
        before = connection.execute(query).scalar_one()
    if passwords.right(before, chosen):
        raise PasswordWeak("the same")
    hashed = passwords.hashed(chosen)

    def put(connection: Connection) -> None:
        changed = update(official).where(official.c.name == name, official.c.password_hash == before)
        connection.execute(changed.values(password_hash=hashed, one_time_until=None))
        end_sessions(connection, name)
        trail.note(connection, name, "password_chosen", now, address=address)

    database.write(put)


def end_sessions(connection: Connection, name: str) -> None:
    connection.execute(delete(official_session).where(official_session.c.official == name))


def listed(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(official).order_by(official.c.name)))


def any_account(connection: Connection) -> bool:
    return connection.execute(select(official.c.name).limit(1)).first() is not None
