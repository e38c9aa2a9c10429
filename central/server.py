"""Starting the centre: ``python -m central.server`` is how a terminal starts its embedded one."""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from central.exposure import check_exposure, secret_of
from central.workers import run_workers
from config.city.city import City
from config.city.loading import load_city
from config.city.reading import Mistakes
from config.clock import Clock, shifted, utc_now
from config.faults import Fault
from config.logging import begin_service_logging
from runtime.one_shot import OneShot

BACKLOG = 256

log = logging.getLogger(__name__)


class NotStarted(Fault):
    """The centre's processes could not be started."""

    code = "central.not_started"


def protected(host: str, names: Sequence[str], environment: Mapping[str, str], *, demonstration: bool) -> str:
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
    city: City | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT.

    ``keys``: where the authority lies, made at the first start. ``hosts``: the names terminals know this
    centre by; it then speaks TLS and knows its terminals. Without, it is for loopback, and ``secret`` is
    what its terminal shows. ``register`` is the address of the register of guests. ``chores``: of several
    workers one does what is to be done once: reporting to the register, deleting, adding up, looking through
    the registers of riders. ``now``: the clock of a demonstration. ``city``: the one it
    serves, None for the default one. The libraries are loaded here, a second's work: a terminal may connect
    and wait meanwhile.
    """
    begin_service_logging()
    import uvicorn

    from central.chores import chores as background_work
    from central.database import Database
    from central.fleet.application import create_fleet_application, create_loopback_application
    from central.fleet.fleet import open_fleet
    from central.fleet.serving import Tls, tls_server
    from central.readiness import Readiness
    from central.seeding import seed
    from runtime.supervisor import supervised

    with closing(Database(database_url, city)) as database:
        if demonstration:
            database.write(lambda connection: seed(connection, now()))
        fleet = open_fleet(keys, database, now, demonstration=demonstration)
        tasks = background_work(database, register, now) if chores else []
        readiness = Readiness(database, tasks)
        if hosts:
            tls = Tls(fleet.authority, hosts, now)
            application = create_fleet_application(fleet, demonstration=demonstration, readiness=readiness)
            with supervised([*tasks, tls.renewal]):
                tls_server(application, tls).run([listener])
            return
        application = create_loopback_application(
            fleet, secret, demonstration=demonstration, readiness=readiness
        )
        configuration = uvicorn.Config(
            application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        with supervised(tasks):
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
    city: City | None = None,
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
            city=city,
        )

    if run_workers(
        workers, lambda: _prepare(database_url, keys, demonstration=demonstration, city=city), work
    ):
        raise NotStarted("its database or its keys; the log says why")


def _prepare(database_url: str, keys: Path, *, demonstration: bool, city: City | None) -> None:
    """Tables, keys and people, made once before several look for them."""
    from central.database import Database
    from central.fleet.fleet import open_fleet
    from central.seeding import seed

    with closing(Database(database_url, city)) as database:
        if demonstration:
            database.write(lambda connection: seed(connection, utc_now()))
        open_fleet(keys, database, utc_now, demonstration=demonstration)


def administer(
    database_url: str,
    keys: Path,
    order: str,
    words: Sequence[str],
    now: Clock = utc_now,
    city: City | None = None,
) -> list[str]:
    """See ``central.fleet.administration``. Raises ``Fault``, ``OSError``."""
    from central.fleet.administration import administer as carry_out

    return carry_out(database_url, keys, order, words, now, city)


def check_city(city: City, mistakes: Mistakes) -> None:
    """See ``central.city_check``."""
    from central.city_check import check

    check(city, mistakes)


def _end_with_parent() -> None:
    """The parent holds the other end of standard input: when it is gone, however it went, so is this."""
    try:
        sys.stdin.buffer.read()
    finally:
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
    parser.add_argument("--city", default="")
    parser.add_argument("--shift-s", type=float, help="a demonstration's clock, less the machine's")
    arguments = parser.parse_args(argv)
    if arguments.shift_s is not None and not arguments.demonstration:
        parser.error("--shift-s is for demonstrations")
    city = load_city(arguments.city)
    secret = sys.stdin.buffer.readline().decode().strip()
    check_exposure("127.0.0.1", (), secret, demonstration=arguments.demonstration)
    OneShot("parent", _end_with_parent)
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
        now=utc_now if arguments.shift_s is None else shifted(arguments.shift_s),
        city=city,
    )


if __name__ == "__main__":
    main()
