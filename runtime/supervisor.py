"""The list of background tasks of a process: how each is, and a new thread for one that died."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from runtime.periodic import PeriodicTask
from runtime.task import REAL_TIME, Task, TaskHealth, Timing

LOOK_S = 1.0


@runtime_checkable
class HasTasks(Protocol):
    """A part that works in the background through tasks of its own."""

    @property
    def tasks(self) -> tuple[Task, ...]: ...


def tasks_of(parts: Iterable[object]) -> list[Task]:
    """The tasks that ``parts`` are or have."""
    found: list[Task] = []
    for part in parts:
        if isinstance(part, Task):
            found.append(part)
        elif isinstance(part, HasTasks):
            found += part.tasks
    return found


class Supervisor(PeriodicTask):
    """Looks after the tasks once a second. It starts and stops none but those whose thread died."""

    def __init__(self, tasks: Iterable[Task] = (), timing: Timing = REAL_TIME) -> None:
        super().__init__("supervisor", LOOK_S, lambda: 0.5, timing=timing)
        self._tasks = list(tasks)

    def watch(self, *tasks: Task) -> None:
        self._tasks += tasks

    def work(self) -> None:
        """Starts dead tasks again. Raises ``RuntimeError`` where no thread can be made; tried again."""
        for task in tuple(self._tasks):
            task.revive()

    def report(self) -> tuple[TaskHealth, ...]:
        return tuple(task.health() for task in self._tasks)

    def unwell(self) -> tuple[TaskHealth, ...]:
        return tuple(health for health in self.report() if not health.well)


@contextmanager
def supervised(tasks: Iterable[Task]) -> Iterator[Supervisor]:
    """Starts the tasks and their supervisor, and stops them at the end, last ones first."""
    running = list(tasks)
    supervisor = Supervisor(running)
    try:
        for task in (*running, supervisor):
            task.start()
        yield supervisor
    finally:
        for task in (supervisor, *reversed(running)):
            task.stop()
