"""The sockets to a library's system: opened when needed, kept alive, rested when it does not answer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from central.departments.sip2.faults import OutOfService, Sip2Fault
from central.departments.sip2.line import Line, open_line
from central.departments.sip2.settings import Sip2Settings
from runtime.periodic import PeriodicTask

BACK_OFF_S = (5.0, 10.0, 20.0, 40.0, 60.0)
PROBED_AFTER_S = 20.0
"""A line silent for longer is asked for its status before it is trusted with business."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rest:
    """After a failure to open a line no request tries for a while; requests meanwhile fail at once."""

    failures: int = 0
    until: float = 0.0

    def failed(self, now: float) -> Rest:
        wait = BACK_OFF_S[min(self.failures, len(BACK_OFF_S) - 1)]
        return Rest(self.failures + 1, now + wait)

    def resting(self, now: float) -> bool:
        return now < self.until


class Pool:
    """``sockets`` lines at the most; each serves one piece of business at a time."""

    def __init__(
        self,
        settings: Sip2Settings,
        open_one: Callable[[Sip2Settings], Line] = open_line,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._open_one = open_one
        self._monotonic = monotonic
        self._free = threading.BoundedSemaphore(settings.sockets)
        self._lock = threading.Lock()
        self._idle: list[Line] = []
        self._rest = Rest()
        self._stopped = threading.Event()
        self._keeper: PeriodicTask | None = None

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A line that stood a moment ago. Raises ``OutOfService``; then nothing was sent."""
        if not self._free.acquire(timeout=self._settings.connect_ms / 1000):
            raise OutOfService("all lines are busy")
        try:
            line = self._proved()
            try:
                yield line
            finally:
                self._put_back(line)
        finally:
            self._free.release()

    def _proved(self) -> Line:
        while line := self._take():
            if self._monotonic() - line.used_at < PROBED_AFTER_S or _answers(line):
                return line
        if self._rest.resting(self._monotonic()):
            raise OutOfService("it did not answer a moment ago")
        try:
            line = self._open_one(self._settings)
        except OutOfService as fault:
            with self._lock:
                self._rest = self._rest.failed(self._monotonic())
            log.warning("library system: %s", fault)
            raise
        with self._lock:
            self._rest = Rest()
        self._start_keeper()
        return line

    def _take(self) -> Line | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _put_back(self, line: Line) -> None:
        with self._lock:
            if line.clean and not self._stopped.is_set():
                self._idle.append(line)
                return
        line.close()

    def _start_keeper(self) -> None:
        with self._lock:
            if self._keeper is None and not self._stopped.is_set():
                every_s = self._settings.keep_alive_ms / 1000
                # Without spread: a system that hangs up after a minute does so for every line.
                self._keeper = PeriodicTask(
                    "sip2 keep-alive", every_s, lambda: 0.5, self._keep, first_s=every_s
                )
                self._keeper.start()

    def _keep(self) -> None:
        """Probe the idle lines: systems hang up on them, and the next person would pay for that."""
        with self._lock:
            lines, self._idle = self._idle, []
        for line in lines:
            if _answers(line):
                self._put_back(line)

    def close(self) -> None:
        self._stopped.set()
        with self._lock:
            lines, self._idle = self._idle, []
            keeper = self._keeper
        for line in lines:
            line.close()
        if keeper is not None:
            keeper.stop()


def _answers(line: Line) -> bool:
    try:
        line.serve(None)
        line.status()
    except Sip2Fault as fault:
        log.info("a line is given up: %s", fault)
        line.close()
        return False
    return True
