"""A thread with a queue: jobs one after the other, in order."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from runtime.task import REAL_TIME, STOP_S, Task, Timing

T = TypeVar("T")


class _End:
    """Behind this in the queue nothing is done."""


END: Final = _End()


class Worker(Task, Generic[T]):
    """Calls ``work`` with each job, on its own thread.

    ``failed`` answers for a job that raised, so that nobody waits for it in vain. ``idle`` is called whenever
    the queue is empty and gives the seconds until its next call, None for after the next job. ``ended`` runs
    on the thread when it stops. ``newest_wins``: jobs that a newer one overtook are dropped. ``limit``: jobs
    that may wait; None for any number.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[T], object],
        *,
        failed: Callable[[T, Exception], None] | None = None,
        idle: Callable[[], float | None] | None = None,
        ended: Callable[[], object] | None = None,
        newest_wins: bool = False,
        limit: int | None = None,
        timing: Timing = REAL_TIME,
    ) -> None:
        super().__init__(name, timing)
        self._work = work
        self._failed = failed
        self._idle = idle
        self._ended = ended
        self._newest_wins = newest_wins
        self._limit = limit
        self._jobs: queue.SimpleQueue[T | _End] = queue.SimpleQueue()

    def put(self, job: T) -> bool:
        """Returns at once. False where ``limit`` jobs wait already: this one is not taken."""
        if self._limit is not None and self._jobs.qsize() >= self._limit:
            return False
        self._jobs.put(job)
        return True

    @property
    def waiting(self) -> int:
        return self._jobs.qsize()

    def stop(self, within_s: float = STOP_S) -> None:
        """Jobs put before are done first, as far as ``within_s`` seconds reach."""
        self._jobs.put(END)
        self.join(within_s)
        self.stopping.set()

    def discard(self) -> int:
        """Takes back what waits; returns how many jobs that were."""
        count = 0
        while not self._jobs.empty():
            try:
                self._jobs.get_nowait()
            except queue.Empty:
                break
            count += 1
        return count

    def _run(self) -> None:
        while not isinstance(job := self._next(), _End):
            self._do(job)
        # Set here and not only by ``stop``: a thread that ended in good order has not died.
        self.stopping.set()
        if self._ended:
            self._answer(self._ended)

    def _do(self, job: T) -> None:
        failed = self._failed
        self._attempt(
            lambda: self._work(job), (lambda error: failed(job, error)) if failed is not None else None
        )

    def _next(self) -> T | _End:
        job = self._taken()
        while self._newest_wins and not isinstance(job, _End) and not self._jobs.empty():
            job = self._jobs.get()
        return job

    def _taken(self) -> T | _End:
        while self._idle is not None and self._jobs.empty():
            wait_s = self._idle_s()
            if wait_s is None:
                break
            try:
                return self._jobs.get(timeout=wait_s)
            except queue.Empty:
                continue
        return self._jobs.get()

    def _idle_s(self) -> float | None:
        found: list[float | None] = [1.0]

        def ask() -> None:
            assert self._idle is not None  # noqa: S101 (only asked where there is one)
            found[0] = self._idle()

        self._answer(ask)
        return found[0]
