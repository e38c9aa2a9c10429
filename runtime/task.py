"""Named background threads that go on after any failure, and say how they are.

    Task ─┬─ Worker         jobs from a queue
          ├─ PeriodicTask   one step again and again
          └─ Loop           a body that blocks on a device

An exception of any class in one piece of work is logged, counted and shown by ``health``; the next piece
goes on. Only a ``BaseException`` that is no ``Exception`` (``SystemExit`` from a library, say) ends a
thread, and then the ``Supervisor`` starts it again.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import threading
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from config.faults import Fault

log = logging.getLogger(__name__)

STOP_S = 1.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Monotonic seconds, and a wait for an event that lasts at most so many of them."""

    monotonic: Callable[[], float] = time.monotonic
    wait: Callable[[threading.Event, float], bool] = threading.Event.wait


REAL_TIME = Timing()


@dataclass(frozen=True, slots=True)
class TaskHealth:
    """How one background thread is. Ages in seconds; None for never.

    ``busy_s``: for how long the present piece of work has been running; None between two.
    ``fault``: code of the last failure, empty once a later piece of work succeeded.
    """

    name: str
    alive: bool
    succeeded_s_ago: float | None
    busy_s: float | None
    failures_in_row: int
    failures: int
    fault: str
    restarts: int

    @property
    def well(self) -> bool:
        return self.alive and self.failures_in_row == 0


class Task(ABC):
    """``start`` and ``stop`` once each. Any thread may ask for ``health``."""

    def __init__(self, name: str, timing: Timing = REAL_TIME) -> None:
        self.name = name
        self.stopping = threading.Event()
        self._timing = timing
        self._thread: threading.Thread | None = None
        self._succeeded_at: float | None = None
        self._busy_since: float | None = None
        self._failures_in_row = 0
        self._failures = 0
        self._fault = ""
        self._restarts = 0

    def start(self) -> None:
        """Begins the thread; one that is alive stays. Raises ``RuntimeError`` where no thread can be made."""
        if self.alive or self.stopping.is_set():
            return
        thread = threading.Thread(target=self._main, name=self.name, daemon=True)
        thread.start()
        self._thread = thread

    def stop(self, within_s: float = STOP_S) -> None:
        """Asks the thread to end and waits ``within_s`` at most; a call that blocks longer is left."""
        self.stopping.set()
        self._wake()
        self.join(within_s)

    def join(self, within_s: float) -> None:
        if self.alive and self._thread is not threading.current_thread():
            assert self._thread is not None  # noqa: S101 (it is alive)
            self._thread.join(within_s)

    @property
    def alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def died(self) -> bool:
        """Whether its thread ended although nothing asked it to."""
        return self._thread is not None and not self.alive and not self.stopping.is_set()

    def revive(self) -> None:
        """Starts the thread of a task that died. Raises ``RuntimeError`` where no thread can be made."""
        if self.died:
            self.start()
            self._restarts += 1
            log.warning("%s was started again", self.name)

    def health(self) -> TaskHealth:
        now = self._timing.monotonic()
        succeeded, busy = self._succeeded_at, self._busy_since
        return TaskHealth(
            self.name,
            self.alive,
            None if succeeded is None else now - succeeded,
            None if busy is None else now - busy,
            self._failures_in_row,
            self._failures,
            self._fault,
            self._restarts,
        )

    @abstractmethod
    def _run(self) -> None:
        """The thread's work; returns soon after ``stopping`` was set and ``_wake`` called."""

    def _wake(self) -> None:  # noqa: B027 (a body without a wait needs none)
        """Ends a wait of ``_run``."""

    def _main(self) -> None:
        try:
            self._run()
        except BaseException as error:  # noqa: BLE001 (a dead thread is reported; the supervisor revives it)
            self._note_failure(error)
            log.critical("%s: its thread ended: %s", self.name, described(error))

    def _attempt(self, work: Callable[[], object], failed: Callable[[Exception], None] | None = None) -> bool:
        """Runs one piece of work; True when it succeeded. ``failed`` may answer for work that did not."""
        self._busy_since = self._timing.monotonic()
        try:
            work()
        except Exception as error:  # noqa: BLE001 (any class: what is not expected must not end the thread)
            self._note_failure(error)
            if failed:
                self._answer(partial(failed, error))
            return False
        finally:
            self._busy_since = None
        self._note_success()
        return True

    def _answer(self, answer: Callable[[], object]) -> None:
        try:
            answer()
        except Exception as error:  # noqa: BLE001 (an answer that fails has no other answer)
            log.warning("%s: its answer failed: %s", self.name, described(error))

    def _note_success(self) -> None:
        if self._failures_in_row:
            log.info("%s works again after %d failures", self.name, self._failures_in_row)
        self._succeeded_at = self._timing.monotonic()
        self._failures_in_row = 0
        self._fault = ""

    def _note_failure(self, error: BaseException) -> None:
        self._failures += 1
        self._failures_in_row += 1
        before, self._fault = self._fault, fault_code(error)
        # One that lasts (a day without a network) is told once, not every minute.
        level = logging.WARNING if self._fault != before else logging.DEBUG
        log.log(level, "%s: %s", self.name, described(error))


def fault_code(error: BaseException) -> str:
    """The stable code of a ``Fault``, else the name of the class, with the error of the system or SQLite."""
    if isinstance(error, Fault):
        return error.code
    name = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        return f"{name}.{errno.errorcode.get(error.errno, error.errno)}"
    if isinstance(error, sqlite3.Error):
        return f"{name}.{getattr(error, 'sqlite_errorname', '')}".rstrip(".")
    return name


def described(error: BaseException) -> str:
    """For the log. Of an unexpected error the place, never the message: it may hold personal data."""
    if isinstance(error, Fault):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return f"{fault_code(error)} at {places}" if places else fault_code(error)
