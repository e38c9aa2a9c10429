"""One thread that does one small thing again and again."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Periodic:
    """Calls ``step`` at once and then after the seconds it asked for each time; None ends the thread.

    ``hurry`` ends the present wait.
    """

    def __init__(self, name: str, step: Callable[[], float | None]) -> None:
        self._step = step
        self._woken = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def hurry(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """Ends the thread within a second, or leaves it to its last call."""
        self._ended = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(1)

    def _run(self) -> None:
        while not self._ended:
            wait_s = self._step()
            if wait_s is None:
                return
            self._woken.wait(wait_s)
            self._woken.clear()
