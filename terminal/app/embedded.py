"""The embedded central service: a child process on loopback that ends with the terminal.

The only part of the terminal that knows the centre's own code exists.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config.city.city import City
from config.city.reading import Mistakes
from config.clock import Clock, utc_now
from config.faults import Fault
from drivers.system.kept_port import KeptPort
from runtime.one_shot import OneShot

START_LIMIT_S = 20.0
STOP_LIMIT_S = 3.0
MODULE = "central.server"

log = logging.getLogger(__name__)


class CentralNotStarted(Fault):
    """The embedded centre did not come up; what it said stands in the detail."""

    code = "central.not_started"


class EmbeddedCentral:
    """One child process over the database in ``directory``. ``demonstration`` fills an empty one.

    ``secret``: only who shows it is served, for as long as this object lives; empty: anybody on this machine.
    ``clock``: of a demonstration at a moment of its own; None: the machine's.
    """

    def __init__(
        self,
        directory: Path,
        *,
        demonstration: bool,
        port: int = 0,
        secret: str = "",
        clock: Clock | None = None,
        city: str = "",
    ) -> None:
        self._directory = directory
        self._demonstration = demonstration
        self._port = port
        self._kept: KeptPort | None = None
        self._secret = secret
        self._clock = clock
        self._city = city
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens. Known as soon as ``start`` returned, and the same after a crash and a restart:
        meanwhile the port is kept from everybody else."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def authority_file(self) -> Path:
        """The certificate its documents are proved by; there as soon as it answers."""
        return self._directory / "fleet" / "authority.crt"

    @property
    def register_folder(self) -> Path:
        """Where reports to the register of guests are dropped."""
        return self._directory / "register"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise CentralNotStarted("not running")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Return once its port is known, a moment before it answers: the first call waits a little.

        Raises ``CentralNotStarted``.
        """
        self._keep_port()
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = f"sqlite:///{self._directory / 'central.db'}"
        command = [sys.executable, "-m", MODULE, "--database", database, "--port", str(self._port)]
        command += ["--keys", str(self.authority_file.parent)]
        command += ["--register", f"file:{self.register_folder}"]
        if self._demonstration:
            command.append("--demonstration")
        if self._city:
            command += ["--city", self._city]
        if self._clock:
            # Not the moment: the centre would begin at it only once it has loaded, and stay behind.
            shift = self._clock() - utc_now()
            command.append(f"--shift-s={shift.total_seconds()}")  # one word: it may be negative
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._tell_secret()
        self._await_announcement()

    def _keep_port(self) -> None:
        try:
            self._kept = self._kept or KeptPort(self._port, again=self._port != 0)
        except OSError as error:
            raise CentralNotStarted(f"port {self._port}: {error.strerror}") from error
        self._port = self._kept.number

    def _tell_secret(self) -> None:
        """Over its standard input: neither its arguments nor its environment are anybody's secret."""
        process = self._process
        assert process is not None  # noqa: S101 (start has just made it)
        assert process.stdin is not None  # noqa: S101
        try:
            process.stdin.write(f"{self._secret}\n".encode())
            process.stdin.flush()
        except BrokenPipeError:
            log.warning("the embedded centre ended at once")

    def _await_announcement(self) -> None:
        process = self._process
        assert process is not None  # noqa: S101 (start has just made it)
        assert process.stdout is not None  # noqa: S101
        announcement = OneShot("announcement", process.stdout.readline)
        try:
            self._port = int(json.loads(announcement.result(START_LIMIT_S))["port"])
        except (TimeoutError, ValueError, KeyError) as error:
            self.stop()
            raise CentralNotStarted(f"no port within {START_LIMIT_S:.0f} s") from error

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self._process:
            self._process.kill()
            self._ended()

    def stop(self) -> None:
        """Ends it in good order, and gives its port back."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._ended()
        if self._kept:
            self._kept.close()
            self._kept = None

    def _ended(self) -> None:
        if self._process:
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
        self._process = None


def serve_central(
    host: str,
    port: int,
    database_url: str,
    keys: Path,
    *,
    demonstration: bool,
    names: Sequence[str] = (),
    register: str = "",
    workers: int = 1,
    city: City | None = None,
) -> None:
    """Run the centre in this process until it is stopped; with more ``workers`` in as many processes. With
    ``names``, by which terminals know it, over TLS and for enrolled terminals only.

    On loopback without ``names`` its callers show the secret of ``central.exposure.secret_of``.
    Raises ``OSError`` when it cannot listen, ``Unprotected``, ``Fault``.
    """
    from central.server import listening_socket, protected, serve, serve_with_workers

    secret = protected(host, names, os.environ, demonstration=demonstration)
    listener = listening_socket(host, port)
    if workers > 1:
        serve_with_workers(
            listener,
            database_url,
            keys,
            workers,
            demonstration=demonstration,
            hosts=names,
            secret=secret,
            register=register,
            city=city,
        )
        return
    serve(
        listener,
        database_url,
        keys,
        demonstration=demonstration,
        hosts=names,
        secret=secret,
        register=register,
        city=city,
    )


def administer_central(
    database_url: str,
    keys: Path,
    order: str,
    words: Sequence[str],
    now: Clock = utc_now,
    city: City | None = None,
) -> list[str]:
    """An administrator's order to the centre of this machine, and what was done.

    Raises ``Fault``, ``OSError``.
    """
    from central.server import administer

    return administer(database_url, keys, order, words, now, city)


def check_city_at_centre(city: City, mistakes: Mistakes) -> None:
    """Add the mistakes of those files of a city that the centre alone reads."""
    from central.server import check_city

    check_city(city, mistakes)
