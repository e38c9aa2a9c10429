"""Cities for the tests of the fleet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from central.database import Database
from central.fleet.fleet import Fleet, open_fleet
from tests.integration.central.conftest import NOW
from tests.integration.central.fleet.city import City, a_city


@pytest.fixture
def fleet(database: Database, tmp_path: Path) -> Fleet:
    """A fleet on SQLite and on PostgreSQL, without a server before it."""
    return open_fleet(tmp_path / "fleet", database, lambda: NOW)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with a_city(tmp_path) as city:
        yield city
