"""The embedded central service: a child process on loopback that ends with the terminal.

The only part of the terminal that knows the centre's own code exists.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path

from config.faults import Fault

START_LIMIT_S = 20.0
STOP_LIMIT_S = 3.0
MODULE = "central.server"


class CentralNotStarted(Fault):
    """The embedded centre did not come up; what it said stands in the detail."""

    code = "central.not_started"


class EmbeddedCentral:
    """One child process over the database in ``directory``. ``demonstration`` fills an empty one."""

    def __init__(self, directory: Path, *, demonstration: bool, port: int = 0) -> None:
        self._directory = directory
        self._demonstration = demonstration
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens. Known as soon as ``start`` returned, and the same after a restart."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise CentralNotStarted("not running")
        return self._process.pid

    def start(self) -> None:
        """Returns once its port is known, a moment before it answers: whoever calls first waits a little.

        Raises ``CentralNotStarted``.
        """
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = f"sqlite:///{self._directory / 'central.db'}"
        command = [sys.executable, "-m", MODULE, "--database", database, "--port", str(self._port)]
        if self._demonstration:
            command.append("--demonstration")
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._port = self._announced_port()

    def _announced_port(self) -> int:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        process = self._process
        assert process is not None  # noqa: S101 (start has just made it)
        assert process.stdout is not None  # noqa: S101
        reading = threading.Thread(target=lambda out=process.stdout: lines.put(out.readline()), daemon=True)
        reading.start()
        try:
            line = lines.get(timeout=START_LIMIT_S)
            return int(json.loads(line)["port"])
        except (queue.Empty, ValueError, KeyError) as error:
            self.stop()
            raise CentralNotStarted(f"no port within {START_LIMIT_S:.0f} s") from error

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self._process:
            self._process.kill()
            self._ended()

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._ended()

    def _ended(self) -> None:
        if self._process:
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
        self._process = None


def serve_central(host: str, port: int, database_url: str, *, demonstration: bool) -> None:
    """The centre in this process, until it is told to stop. Raises ``OSError`` when it cannot listen."""
    from central.server import listening_socket, serve

    listener = listening_socket(host, port)
    serve(listener, database_url, demonstration=demonstration)
