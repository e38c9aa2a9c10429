"""Whoever has an account at a centre, and how they sign in."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from argon2 import PasswordHasher

from central.city.naming import departments
from central.database import Database
from central.officials import accounts
from central.officials.passwords import Passwords
from tests.browser.driver import Browser

CHOSEN = "quiet river 2026"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def now() -> datetime:
    return datetime.now(UTC)


def account(database: Database, name: str, role: str, department: str = "", *, chosen: bool = True) -> str:
    given = accounts.make(
        database, name, role, department, departments(), CHEAP, secrets.randbelow, now(), "test"
    )
    if chosen:
        accounts.choose_password(database, name, CHOSEN, CHEAP, now(), "")
    return given


def enter(window: Browser, centre: str, name: str, password: str = CHOSEN) -> None:
    window.open(f"{centre}/overview/sign-in")
    window.type("#name", name)
    window.type("#password", password)
    window.submit("main button")
