"""Processes that die and live again: a parent that has loaded everything forks one life after the other.

The parent speaks lines of JSON over its pipes. ``{"begin": …}`` starts a life, which then has the pipes to
itself until it ends; the parent tells how it ended. A life is a process of its own and dies a real
``kill -9``; only its start is quick, so that thousands of deaths fit into minutes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

Message = dict[str, Any]
ANSWER_LIMIT_S = 60.0


class LifeEnded(Exception):
    """The life ended instead of answering; ``status`` as ``os.waitpid`` gives it (9: killed)."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class Lives:
    """The harness's side: begins lives in a child process and speaks with them."""

    def __init__(self, module: str, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._heard: SimpleQueue[Message] = SimpleQueue()
        self.aside: list[Message] = []
        self.alive = False
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def begin(self, **settings: Any) -> Message:
        """A new life; gives what it says first. Raises ``LifeEnded``."""
        self.alive = True
        self._say({"begin": settings})
        return self.hear("begun")

    def ask(self, **message: Any) -> None:
        self._say(message)

    def idle(self) -> bool:
        """Nothing was said that was not heard yet."""
        return self._heard.empty()

    def hear(self, *wanted: str, patience_s: float = ANSWER_LIMIT_S) -> Message:
        """The next message with one of these keys; others are laid aside. Raises ``LifeEnded``."""
        while True:
            try:
                message = self._heard.get(timeout=patience_s)
            except Empty:
                raise AssertionError(f"no {wanted} within {patience_s:.0f} s") from None
            if "ended" in message:
                self.alive = False
                raise LifeEnded(message["ended"])
            if any(key in message for key in wanted):
                return message
            self.aside.append(message)

    def end(self) -> None:
        """Stops a life in good order, unless a death it was armed for comes first."""
        if self.alive:
            self._say({"stop": True})
            with suppress(LifeEnded):
                self.hear("never")

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.terminate()
        self._process.wait(10)
        self._listener.join(10)
        if self._process.stdout:
            self._process.stdout.close()

    def _say(self, message: Message) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._heard.put(json.loads(line))
        self._heard.put({"ended": -1})


def say(message: Message) -> None:
    """From a life: one line, whole."""
    os.write(1, json.dumps(message).encode() + b"\n")


def hear_next() -> Message | None:
    """In a life: what the harness says next; None when it is gone."""
    line = _line()
    message: Message | None = None if line is None else json.loads(line)
    return message


def _line() -> bytes | None:
    """Byte by byte, so that nothing meant for the next life is read by this one."""
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return None
        line += byte
    return bytes(line)


def serve_lives(live: Callable[[Message], None]) -> None:
    """The parent's loop: one life at a time, each in a fork of its own."""
    while (line := _line()) is not None:
        try:
            message = json.loads(line)["begin"]
        except (ValueError, KeyError):  # what a life that is gone left of its lines
            continue
        child = os.fork()
        if child == 0:
            _live(live, message)
        _, status = os.waitpid(child, 0)
        say({"ended": os.waitstatus_to_exitcode(status)})


def _live(live: Callable[[Message], None], settings: Message) -> None:
    code = 1
    try:
        live(settings)
        code = 0
    except BaseException:  # noqa: BLE001 (told, then the process ends)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


class Executioner:
    """Kills its own process, as ``kill -9`` does, the ``count``-th time it comes to ``point``."""

    def __init__(self) -> None:
        self.point = ""
        self.count = 0

    def arm(self, point: str, count: int = 1) -> None:
        self.point, self.count = point, count

    def at(self, point: str) -> None:
        if point == self.point:
            self.count -= 1
            if self.count == 0:
                os.kill(os.getpid(), signal.SIGKILL)
