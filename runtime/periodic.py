"""One step again and again, until it is stopped: no exception ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from runtime.task import REAL_TIME, Task, Timing

FIRST_RETRY_S = 2.0


class PeriodicTask(Task):
    """Calls ``work`` at once, or after ``first_s``, then every ``every_s`` seconds on average.

    ``work`` gives the seconds until its next call, or None for the period, which is spread over 0.5 to 1.5
    of itself by ``random`` (0 to 1) so that a fleet does not ask in step. After a failure it is called
    sooner: after ``retry_s``, then twice that and so on, never later than ``longest_retry_s`` or the period.
    """

    def __init__(
        self,
        name: str,
        every_s: float,
        random: Callable[[], float],
        work: Callable[[], float | None] | None = None,
        *,
        first_s: float | None = None,
        retry_s: float = FIRST_RETRY_S,
        longest_retry_s: float | None = None,
        timing: Timing = REAL_TIME,
    ) -> None:
        super().__init__(name, timing)
        self._every_s = every_s
        self._random = random
        self._step = work
        self._first_s = first_s
        self._retry_s = retry_s
        self._longest_retry_s = every_s if longest_retry_s is None else min(every_s, longest_retry_s)
        self._woken = threading.Event()

    def work(self) -> float | None:
        """One piece of work; raises what it likes. A subclass overrides this, or ``work`` is handed in."""
        if self._step is None:
            raise NotImplementedError(self.name)
        return self._step()

    def hurry(self) -> None:
        """The next step comes at once."""
        self._woken.set()

    def step(self) -> float:
        """One round, on the caller's thread. Never raises; gives the seconds until the next."""
        asked: list[float | None] = [None]

        def once() -> None:
            asked[0] = self.work()

        if not self._attempt(once):
            doubled = self._retry_s * 2.0 ** min(self._failures_in_row - 1, 30)
            return min(self._longest_retry_s, doubled) * self._spread()
        return self._every_s * self._spread() if asked[0] is None else asked[0]

    def _spread(self) -> float:
        return 0.5 + self._random()

    def _run(self) -> None:
        if self._first_s is not None:
            self._rest(self._first_s * self._spread())
        while not self.stopping.is_set():
            self._rest(self.step())

    def _rest(self, wait_s: float) -> None:
        self._timing.wait(self._woken, wait_s)
        self._woken.clear()

    def _wake(self) -> None:
        self._woken.set()
