"""Starting the centre: ``python -m central.server`` is how a terminal starts its embedded one."""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from central.exposure import check_exposure, secret_of
from central.workers import run_workers
from config.clock import Clock, clock_at, moment, utc_now
from config.faults import Fault
from config.logging import begin_service_logging

if TYPE_CHECKING:
    from central.database import Database

BACKLOG = 256
PURGE_S = 86_400

log = logging.getLogger(__name__)


class NotStarted(Fault):
    """The centre's processes could not be started."""

    code = "central.not_started"


def protected(
    host: str, names: Sequence[str], environment: Mapping[str, str], *, demonstration: bool
) -> str:
    """The secret that callers on loopback show. Raises ``Unprotected``, ``OSError``."""
    secret = secret_of(environment)
    check_exposure(host, names, secret, demonstration=demonstration)
    return secret


def listening_socket(host: str, port: int) -> socket.socket:
    """Bound and listening socket: a client that knows its port may connect at once. Raises ``OSError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: asyncio switches Nagle's delay off only where it sees TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(BACKLOG)
    return listener


def serve(
    listener: socket.socket,
    database_url: str,
    keys: Path,
    *,
    demonstration: bool,
    hosts: Sequence[str] = (),
    secret: str = "",
    register: str = "",
    chores: bool = True,
    now: Clock = utc_now,
) -> None:
    """Serves until told to stop (SIGTERM, SIGINT).

    ``keys``: where the authority lies, made at the first start. ``hosts``: the names terminals know this
    centre by; it then speaks TLS and knows its terminals. Without, it is for loopback, and ``secret`` is
    what its terminal shows. ``register`` is where the register of guests is told. ``chores``: of several
    workers one does what is to be done once: telling the register, forgetting, adding up, looking through
    the registers of riders. ``now``: the clock of a demonstration. The libraries are loaded here, a second's
    work: a terminal may connect and wait meanwhile.
    """
    begin_service_logging()
    import uvicorn

    from central.city.folding import keep_folding
    from central.database import Database
    from central.departments.register import RegisterDelivery, register_of
    from central.fleet import register_looks
    from central.fleet.application import create_fleet_application, create_loopback_application
    from central.fleet.fleet import open_fleet
    from central.fleet.serving import Tls, tls_server
    from central.seeding import seed

    with closing(Database(database_url)) as database:
        if demonstration:
            database.write(lambda connection: seed(connection, now()))
        if chores:
            threading.Thread(target=_purge_daily, args=(database, now), daemon=True).start()
            threading.Thread(target=keep_folding, args=(database, threading.Event()), daemon=True).start()
            looking = (database, now, threading.Event())
            threading.Thread(target=register_looks.keep_renewing, args=looking, daemon=True).start()
            RegisterDelivery(database, register_of(register), now).start()
        fleet = open_fleet(keys, database, now, demonstration=demonstration)
        if hosts:
            tls = Tls(fleet.authority, hosts, now)
            tls.start()
            tls_server(create_fleet_application(fleet, demonstration=demonstration), tls).run([listener])
            return
        application = create_loopback_application(fleet, secret, demonstration=demonstration)
        configuration = uvicorn.Config(
            application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        uvicorn.Server(configuration).run([listener])


def serve_with_workers(
    listener: socket.socket,
    database_url: str,
    keys: Path,
    workers: int,
    *,
    demonstration: bool,
    hosts: Sequence[str] = (),
    secret: str = "",
    register: str = "",
) -> None:
    """The same in several processes on one PostgreSQL. Raises ``NotStarted`` when the first step failed."""

    def work(number: int) -> None:
        serve(
            listener,
            database_url,
            keys,
            demonstration=demonstration,
            hosts=hosts,
            secret=secret,
            register=register,
            chores=number == 0,
        )

    if run_workers(workers, lambda: _prepare(database_url, keys, demonstration=demonstration), work):
        raise NotStarted("its database or its keys; the log says why")


def _prepare(database_url: str, keys: Path, *, demonstration: bool) -> None:
    """Tables, keys and people, made once before several look for them."""
    from central.database import Database
    from central.fleet.fleet import open_fleet
    from central.seeding import seed

    with closing(Database(database_url)) as database:
        if demonstration:
            database.write(lambda connection: seed(connection, utc_now()))
        open_fleet(keys, database, utc_now, demonstration=demonstration)


def administer(
    database_url: str, keys: Path, order: str, words: Sequence[str], now: Clock = utc_now
) -> list[str]:
    """See ``central.fleet.administration``. Raises ``Fault``, ``OSError``."""
    from central.fleet.administration import administer as carry_out

    return carry_out(database_url, keys, order, words, now)


def _purge_daily(database: Database, now: Clock) -> None:
    from central.retention import kept_days, purge

    days = kept_days(os.environ)
    while True:
        try:
            database.write(lambda connection: purge(connection, now(), days))
        except Fault as fault:
            log.warning("nothing was purged: %s", fault)
        time.sleep(PURGE_S)


def _end_with_parent() -> None:
    """The parent holds the other end of standard input: when it is gone, however it went, so is this."""
    sys.stdin.buffer.read()
    os._exit(0)


def main(argv: Sequence[str] | None = None) -> None:
    """The embedded centre: says its port as one line of JSON, and ends with its parent.

    The first line of standard input is the secret, out of sight of other processes; empty for none.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--demonstration", action="store_true")
    parser.add_argument("--register", default="")
    parser.add_argument("--at", type=moment, help="the moment a demonstration begins at")
    arguments = parser.parse_args(argv)
    if arguments.at and not arguments.demonstration:
        parser.error("--at is for demonstrations")
    secret = sys.stdin.buffer.readline().decode().strip()
    check_exposure("127.0.0.1", (), secret, demonstration=arguments.demonstration)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    listener = listening_socket("127.0.0.1", arguments.port)
    sys.stdout.write(json.dumps({"port": listener.getsockname()[1]}) + "\n")
    sys.stdout.flush()
    serve(
        listener,
        arguments.database,
        arguments.keys,
        demonstration=arguments.demonstration,
        secret=secret,
        register=arguments.register,
        now=clock_at(arguments.at),
    )


if __name__ == "__main__":
    main()
