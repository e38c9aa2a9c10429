"""Timers of a visit: one thread, a heap of deadlines, an event when one runs out."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable

from runtime.loop import Loop
from runtime.task import Task
from terminal.visit.events import TimerFired


class Timers:
    """Starts, restarts and stops named timers; ``post`` gets ``TimerFired`` from this thread.

    A restarted or stopped timer's old deadline stays in the heap and is dropped when it comes up.
    """

    def __init__(self, post: Callable[[TimerFired], None]) -> None:
        self._post = post
        self._deadlines: list[tuple[float, str, int]] = []
        self._running: dict[str, int] = {}
        self._changed = threading.Condition()
        self._thread = Loop("timers", self._run, wake=self._wake)
        self.tasks: tuple[Task, ...] = (self._thread,)

    def begin(self) -> None:
        self._thread.start()

    def start(self, name: str, serial: int, after_ms: int) -> None:
        with self._changed:
            self._running[name] = serial
            heapq.heappush(self._deadlines, (time.monotonic() + after_ms / 1000, name, serial))
            self._changed.notify()

    def stop(self, name: str) -> None:
        with self._changed:
            self._running.pop(name, None)

    def end(self) -> None:
        """Stops the thread and waits for it, a second at the most."""
        self._thread.stop()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                fired = self._next()
            if fired is None:
                return
            self._post(fired)

    def _next(self) -> TimerFired | None:
        """Waits for the next timer that still runs; None when stopping. The lock is held."""
        while not self._thread.stopping.is_set():
            if not self._deadlines:
                self._changed.wait()
                continue
            deadline, name, serial = self._deadlines[0]
            left = deadline - time.monotonic()
            if left > 0:
                self._changed.wait(left)
                continue
            heapq.heappop(self._deadlines)
            if self._running.get(name) == serial:
                del self._running[name]
                return TimerFired(name, serial)
        return None
