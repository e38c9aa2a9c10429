"""A centre's database: SQLite, and a real PostgreSQL server started for these tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
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
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    directory = tmp_path_factory.mktemp("postgresql")
    as_owner: list[str] = []
    if os.getuid() == 0:
        for parent in (directory, *directory.parents):
            if parent != Path("/tmp") and str(parent).startswith("/tmp/"):  # noqa: S108
                parent.chmod(0o755)
        shutil.chown(directory, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    cluster = directory / "cluster"
    initdb = [*as_owner, str(POSTGRESQL / "initdb"), "-D", str(cluster), "-A", "trust", "-U", "onecard", "-N"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=directory)
    with KeptPort() as port:
        options = f"-p {port.number} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        control = [*as_owner, str(POSTGRESQL / "pg_ctl"), "-D", str(cluster), "-w", "-o", options]
        log = directory / "log"
        subprocess.run([*control, "-l", str(log), "start"], check=True, capture_output=True, cwd=directory)
        yield f"postgresql://onecard@127.0.0.1:{port.number}/postgres"
        postmaster = int((cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        os.kill(postmaster, signal.SIGQUIT)


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
