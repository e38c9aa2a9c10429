"""A centre's database: SQLite, and a real PostgreSQL server started for these tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from central.database import Database
from central.seeding import seed
from central.tables import metadata
from tests.integration.central.postgresql_server import postgresql

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql() as server:
        yield server.url


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole city on SQLite, made once; a test takes a copy."""
    file = tmp_path_factory.mktemp("city") / "central.db"
    with closing(Database(f"sqlite:///{file}")) as database:
        database.write(lambda connection: seed(connection, NOW))
    return file


@pytest.fixture
def sqlite(seeded_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty city with its invented people and its shelf of books, on SQLite alone."""
    file = shutil.copy(seeded_file, tmp_path / "central.db")
    with closing(Database(f"sqlite:///{file}")) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same, on either database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    with closing(Database(request.getfixturevalue("postgresql_url"))) as database:
        database.write(emptied)
        database.write(lambda connection: seed(connection, NOW))
        yield database


def emptied(connection: Connection) -> None:
    """Of what the test before left; opening it has brought tables and triggers into their order."""
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
