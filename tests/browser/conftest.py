"""A centre on both databases, and one browser for all these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.driver import Browser, browser
from tests.unit.central.conftest import database, postgresql_url, seeded_file, sqlite

__all__ = ["database", "postgresql_url", "seeded_file", "sqlite", "window"]


@pytest.fixture(scope="session")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened
