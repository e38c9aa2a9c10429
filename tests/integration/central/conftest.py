"""A centre's database: SQLite, and a real PostgreSQL server started for these tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from central.database import Database
from central.seeding import seed
from central.tables import metadata
from drivers.system.kept_port import KeptPort

POSTGRESQL = Path("/usr/lib/postgresql/15/bin")
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """PostgreSQL refuses to run as root: then it runs as its own user, in a folder that is that user's.
    pytest's own folders are closed to everybody else, again by each run that begins beside this one."""
    with tempfile.TemporaryDirectory(prefix="onecard-postgresql-", ignore_cleanup_errors=True) as folder:
        as_owner: list[str] = []
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

        def run(program: str, *words: str) -> None:
            command = [*as_owner, str(POSTGRESQL / program), "-D", f"{folder}/cluster", *words]
            subprocess.run(command, check=True, capture_output=True, cwd=folder)

        run("initdb", "-A", "trust", "-U", "onecard", "-N")
        with KeptPort() as port:
            options = (
                f"-p {port.number} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
            )
            run("pg_ctl", "-w", "-o", options, "-l", f"{folder}/log", "start")
            yield f"postgresql://onecard@127.0.0.1:{port.number}/postgres"
            run("pg_ctl", "-w", "-m", "immediate", "stop")


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
