"""A virtual vehicle: its on-board computer sends line and stop over TCP, as ``drivers.vehicle`` expects."""

from __future__ import annotations

import contextlib
import json
import socket
import threading

from runtime.one_shot import OneShot

EVERY_S = 0.2


class VirtualVehicle:
    """Send the position to every client, a few times a second, until stopped."""

    def __init__(self, line: str, stop: str) -> None:
        self._line, self._stop = line, stop
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        OneShot("vehicle", self._serve)

    @property
    def address(self) -> str:
        """As the settings of a validator name it."""
        return f"socket://127.0.0.1:{self._listener.getsockname()[1]}"

    def drive_to(self, line: str, stop: str) -> None:
        self._line, self._stop = line, stop

    def stop(self) -> None:
        self._ended.set()
        self._listener.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                while not self._ended.wait(EVERY_S):
                    told = {"route_id": self._line, "stop_id": self._stop}
                    connection.sendall(json.dumps(told).encode() + b"\n")
