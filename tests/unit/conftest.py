"""Unit tests open no socket and start no process; one that does fails and belongs in tests/integration."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent

PROCESSES = {
    "subprocess.Popen",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.system",
    "os.exec",
    "pty.spawn",
}
CONNECTIONS = {"socket.bind", "socket.connect", "socket.sendto", "socket.getaddrinfo"}


class NotPure(Exception):
    """A unit test reached outside its process."""


class Guard:
    """An audit hook (PEP 578). Such a hook stays for the life of a process: it looks only while a unit test
    runs, and not at threads that a test of another folder left behind."""

    def __init__(self) -> None:
        self._others: frozenset[threading.Thread] | None = None
        sys.addaudithook(self._look)

    @contextmanager
    def watching(self) -> Iterator[None]:
        self._others = frozenset(threading.enumerate()) - {threading.current_thread()}
        try:
            yield
        finally:
            self._others = None

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._others is None or threading.current_thread() in self._others:
            return
        if event in PROCESSES | CONNECTIONS or (event == "socket.__new__" and self._leaves(arguments)):
            raise NotPure(f"{event} in a test under tests/unit: move it to tests/integration")

    @staticmethod
    def _leaves(arguments: tuple[Any, ...]) -> bool:
        """An event loop of asyncio wakes itself through a pair of Unix sockets; that stays in the process."""
        return arguments[1] != socket.AF_UNIX


GUARD = Guard()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """pytest asks every conftest it has loaded, whatever the item."""
    if not item.path.is_relative_to(HERE):
        return (yield)
    with GUARD.watching():
        return (yield)
