"""A body that blocks, on a device or a socket, and is begun again whenever it ends."""

from __future__ import annotations

from collections.abc import Callable

from runtime.task import REAL_TIME, Task, Timing

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0


class Loop(Task):
    """Runs ``body`` until stopped. ``body`` returns soon after ``stopping`` was set; ``wake`` ends its wait.

    After an exception it is begun again, after ``FIRST_PAUSE_S``, then twice that, up to ``LONGEST_PAUSE_S``.
    """

    def __init__(
        self,
        name: str,
        body: Callable[[], object],
        *,
        wake: Callable[[], object] = lambda: None,
        timing: Timing = REAL_TIME,
    ) -> None:
        super().__init__(name, timing)
        self._body = body
        self._wake_body = wake

    def _run(self) -> None:
        while not self.stopping.is_set():
            self._attempt(self._body)
            pause = FIRST_PAUSE_S * 2.0 ** min(max(self._failures_in_row - 1, 0), 10)
            self._timing.wait(self.stopping, min(pause, LONGEST_PAUSE_S))

    def _wake(self) -> None:
        self._answer(self._wake_body)
