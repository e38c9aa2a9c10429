"""Cost of authenticating both sides: mutual TLS beside plain HTTP, to the same centre.

Two processes of one centre over one database. The hotlist is a city's: a hundred thousand changes at once,
and then the hundred of a quiet hour.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.x509 import Certificate

from benchmarks.figure import Figure, Timings, figure, timed
from drivers.central.client import CentralClient
from drivers.central.identity import IdentityFiles
from drivers.central.tls import as_terminal
from terminal.app.embedded import administer_central
from terminal.identification.hotlist.refresh import HotlistRefresh
from terminal.identification.hotlist.store import Hotlist
from terminal.provisioning.enrolment import enrol, meet

ROUNDS = 300
CONNECTIONS = 60
MANY, FEW = 100_000, 100
HOST = "127.0.0.1"
BUDGET_MS = 20_000
START_LIMIT_S = 20.0


def run() -> dict[str, Figure]:
    with TemporaryDirectory() as name:
        directory = Path(name)
        with a_centre(directory, "--name", HOST) as tls, a_centre(directory) as loopback:
            files = IdentityFiles(directory / "identity", {})
            meet(files, f"https://{HOST}:{tls}", order(directory, "authority"))
            enrol(
                files,
                f"https://{HOST}:{tls}",
                "BZ-BENCH-0001",
                lambda code, _: print(order(directory, "approve", code), file=sys.stderr),
                lambda _: False,
            )
            identity = files.load()
            assert identity is not None
            new_session = as_terminal(identity)

            def proved() -> CentralClient:
                return CentralClient(f"https://{HOST}:{tls}", new_session)

            def plain() -> CentralClient:
                return CentralClient(f"http://{HOST}:{loopback}")

            return {**exchanges(proved, plain), **lists(directory, proved(), identity.authority)}


def exchanges(proved: Callable[[], CentralClient], plain: Callable[[], CentralClient]) -> dict[str, Figure]:
    """One short question each, over a connection that is there and over a new one."""
    kept, kept_plain, new, new_plain = Timings(), Timings(), Timings(), Timings()
    proved().health(BUDGET_MS), plain().health(BUDGET_MS)
    for client, timings in ((proved(), kept), (plain(), kept_plain)):
        for _ in range(ROUNDS):
            timings.add(timed(lambda client=client: client.health(BUDGET_MS)))
    for make, timings in ((proved, new), (plain, new_plain)):
        for _ in range(CONNECTIONS):
            timings.add(timed(lambda make=make: make().health(BUDGET_MS)))
    return {
        "question over mutual TLS, p50": figure(kept.at(50), "ms", {"plain HTTP": kept_plain.at(50)}),
        "question over mutual TLS, p95": figure(kept.at(95), "ms", {"plain HTTP": kept_plain.at(95)}),
        "new connection with mutual TLS, p50": figure(new.at(50), "ms", {"plain HTTP": new_plain.at(50)}),
    }


def lists(directory: Path, client: CentralClient, authority: Certificate) -> dict[str, Figure]:
    """Hotlist changes fetched, proved and on disk; the peer fetches the whole list each time."""
    with closing(Hotlist(directory / "hotlist.sqlite")) as here:
        refresh = HotlistRefresh(here, client, lambda: authority, utc_now, lambda: 0.5, lambda _: None, 300)
        block(directory, MANY)
        whole_ms = timed(refresh.step)
        block(directory, FEW)
        changes_ms = timed(refresh.step)
        assert here.state.entries == MANY + FEW
    return {f"hotlist, {FEW} changes to {MANY:,}": figure(changes_ms, "ms", {"the whole list": whole_ms})}


def utc_now() -> datetime:
    return datetime.now(UTC)


def block(directory: Path, count: int) -> None:
    file = directory / "block.txt"
    file.write_text("\n".join(os.urandom(16).hex() for _ in range(count)), encoding="ascii")
    order(directory, "block", str(file))


def order(directory: Path, *words: str) -> str:
    return administer_central(database_in(directory), directory / "fleet", words[0], words[1:])[0]


def database_in(directory: Path) -> str:
    return f"sqlite:///{directory / 'central.db'}"


@contextmanager
def a_centre(directory: Path, *more: str) -> Iterator[int]:
    """The centre as a process of its own; gives its port once it answers."""
    with a_process(database_in(directory), directory / "fleet", *more) as port:
        yield port


@contextmanager
def a_process(database: str, keys: Path, *more: str) -> Iterator[int]:
    """The same over any database."""
    with socket.create_server((HOST, 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "terminal", "central", "--host", HOST, "--port", str(port), *more]
    command += ["--database", database, "--keys", str(keys)]
    environment = {**os.environ, "ONECARD_CENTRAL_SECRET": "a secret of this benchmark"}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            until_listening(port)
            yield port
        finally:
            process.terminate()


def until_listening(port: int) -> None:
    """Wait for the port: a client may connect and wait for the rest."""
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        try:
            socket.create_connection((HOST, port), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError
