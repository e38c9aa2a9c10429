"""A port of this machine that stays reserved while its server is away.

A program that is started again at the same address finds its port taken when the system gave it to another
program meanwhile. A socket that is bound and never listens keeps it: the system does not assign the number,
calls are refused without a listener, and a program that knows the number can listen on it beside
(socket(7), SO_REUSEADDR).
"""

from __future__ import annotations

import socket

HOST = "127.0.0.1"


class KeptPort:
    """``number`` 0 takes one that is free. ``again``: it was ours before, and what is left of its last calls
    is no obstacle. Raises ``OSError`` when that port is somebody's, listening or kept."""

    def __init__(self, number: int = 0, *, again: bool = False) -> None:
        self._socket = socket.socket()
        try:
            if again:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind((HOST, number))
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        except OSError:
            self._socket.close()
            raise
        self.number: int = self._socket.getsockname()[1]

    def close(self) -> None:
        """Gives it back; who listens on it goes on."""
        self._socket.close()

    def __enter__(self) -> KeptPort:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
