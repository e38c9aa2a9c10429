"""A centre's database: SQLite, and a real PostgreSQL server started for these tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from central.database import Database
from central.seeding import seed
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty city with its invented people and its shelf of books."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'central.db'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    database = Database(url)
    from central.tables import metadata

    metadata.drop_all(database.engine)
    metadata.create_all(database.engine)
    database.write(lambda connection: seed(connection, NOW))
    yield database
    database.close()
