"""A PostgreSQL server of the tests: a cluster in a folder of its own, started and stopped as wanted."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.system.kept_port import KeptPort

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


@dataclass(frozen=True)
class Server:
    url: str
    stop: Callable[[], None]
    start: Callable[[], None]


@contextmanager
def postgresql() -> Iterator[Server]:
    """A running server, which no other test misses while it is stopped; it ends with the context.

    PostgreSQL refuses to run as root: then it runs as its own user, in a folder that is that user's.
    pytest's own folders are closed to everybody else, again by each run that begins beside this one.
    """
    with tempfile.TemporaryDirectory(prefix="onecard-postgresql-", ignore_cleanup_errors=True) as folder:
        as_owner: list[str] = []
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

        def run(program: str, *words: str) -> None:
            command = [*as_owner, str(PROGRAMS / program), "-D", f"{folder}/cluster", *words]
            subprocess.run(command, check=True, capture_output=True, cwd=folder)

        run("initdb", "-A", "trust", "-U", "onecard", "-N")
        with KeptPort() as port:
            options = (
                f"-p {port.number} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
            )
            server = Server(
                f"postgresql://onecard@127.0.0.1:{port.number}/postgres",
                lambda: run("pg_ctl", "-w", "-m", "immediate", "stop"),
                lambda: run("pg_ctl", "-w", "-o", options, "-l", f"{folder}/log", "start"),
            )
            server.start()
            yield server
            server.stop()
