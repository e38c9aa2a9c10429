"""A PostgreSQL of its own for a benchmark, as it is shipped: what is committed is on the disk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


@contextmanager
def postgresql(directory: Path) -> Iterator[str]:
    """Its address. PostgreSQL refuses to run as root: then it runs as its own user."""
    as_owner: list[str] = []
    home = directory / "postgresql"
    home.mkdir()
    if os.getuid() == 0:
        directory.chmod(0o755)
        shutil.chown(home, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    cluster = home / "cluster"
    initdb = [*as_owner, str(PROGRAMS / "initdb"), "-D", str(cluster), "-A", "trust", "-U", "onecard"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=home)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_wal_size=4GB"
    control = [*as_owner, str(PROGRAMS / "pg_ctl"), "-D", str(cluster), "-w", "-o", options]
    log = home / "log"
    subprocess.run([*control, "-l", str(log), "start"], check=True, capture_output=True, cwd=home)
    postmaster = int((cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    try:
        yield f"postgresql://onecard@127.0.0.1:{port}/postgres"
    finally:
        os.kill(postmaster, signal.SIGQUIT)
