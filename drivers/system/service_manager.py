"""Notices to the service manager that started this program: ready, alive, stopping.

The protocol is one datagram of ``NAME=value`` lines to a socket named in the environment (sd_notify(3));
a program that was started by hand has no such socket, and sends none.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import MutableMapping
from dataclasses import dataclass

log = logging.getLogger(__name__)

SOCKET = "NOTIFY_SOCKET"
WATCHDOG_LIMIT = "WATCHDOG_USEC"
WATCHDOG_PROCESS = "WATCHDOG_PID"
STATUS_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class ServiceManager:
    """``address`` empty: no service manager. ``watchdog_us`` 0: no watchdog."""

    address: str = ""
    watchdog_us: int = 0

    def tell_ready(self) -> None:
        """The counter can be used."""
        self._tell("READY=1")

    def tell_alive(self) -> None:
        """A sign of life; due at least every ``watchdog_us``."""
        if self.watchdog_us:
            self._tell("WATCHDOG=1")

    def tell_stopping(self) -> None:
        """It ends on purpose: no sign of life is to be waited for."""
        self._tell("STOPPING=1")

    def tell_status(self, line: str) -> None:
        """One line that ``systemctl status`` shows. Never about a person."""
        self._tell("STATUS=" + " ".join(line.split())[:STATUS_CHARACTERS])

    def _tell(self, message: str) -> None:
        """Never waits and never raises: a counter goes on without being watched."""
        if not self.address:
            return
        name = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as talk:
                talk.sendto(message.encode(), name)
        except OSError as error:
            log.warning("the service manager does not hear %s: %s", message.split("=", 1)[0], error)


def manager_in(environment: MutableMapping[str, str], process: int | None = None) -> ServiceManager:
    """The service manager of this process; taken out of the environment, lest a child speak in our name.

    ``process``: whose watchdog it must be (``WATCHDOG_PID``); this one by default.
    """
    address = environment.pop(SOCKET, "")
    limit = environment.pop(WATCHDOG_LIMIT, "")
    watched = environment.pop(WATCHDOG_PROCESS, "")
    if not address.startswith(("/", "@")):
        return ServiceManager()
    ours = watched in ("", str(os.getpid() if process is None else process))
    return ServiceManager(address, int(limit) if ours and limit.isascii() and limit.isdecimal() else 0)
