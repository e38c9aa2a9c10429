"""A centre on both databases, and one browser for all these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from central.database import Database
from tests.browser.driver import Browser, browser
from tests.browser.officials import now
from tests.integration.central.conftest import database, postgresql_url, seeded_file, sqlite
from tests.integration.central.served import served

__all__ = ["database", "postgresql_url", "seeded_file", "sqlite", "window"]


@pytest.fixture(scope="session")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def centre(database: Database) -> Iterator[str]:
    """Its address, on each database."""
    with served(database, demonstration=True, now=now) as url:
        yield url


@pytest.fixture
def forgotten(window: Browser) -> Iterator[None]:
    """Nobody stays signed in."""
    yield
    window.forget()
