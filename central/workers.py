"""Several processes of one centre behind one listening socket, for PostgreSQL; one that dies is replaced."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from types import FrameType

log = logging.getLogger(__name__)

SHORTEST_LIFE_S = 5.0
"""A worker that ends sooner is not started again at once: its reason will still be there."""

Work = Callable[[int], None]


def run_workers(count: int, prepare: Callable[[], None], work: Work) -> int:
    """Forks: one process that does ``prepare``, then ``count`` that do ``work``, each given its number.

    Returns after SIGTERM or SIGINT, when all have ended; 1 when ``prepare`` failed. To be called
    before anything starts a thread.
    """
    if _status(_forked(lambda _: prepare(), 0)):
        return 1
    stopping = False
    numbers: dict[int, int] = {}

    def stop(_: int, __: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for worker in numbers:
            os.kill(worker, signal.SIGTERM)

    began: dict[int, float] = {}
    before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        for number in range(count):
            numbers[_started(number, work, began)] = number
        while numbers:
            ended, status = os.wait()
            number = numbers.pop(ended)
            if not stopping:
                log.error("worker %d ended with %d", number, os.waitstatus_to_exitcode(status))
                _rest(began[number])
                numbers[_started(number, work, began)] = number
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    return 0


def _started(number: int, work: Work, began: dict[int, float]) -> int:
    began[number] = time.monotonic()
    return _forked(work, number)


def _rest(began: float) -> None:
    lived = time.monotonic() - began
    if lived < SHORTEST_LIFE_S:
        time.sleep(SHORTEST_LIFE_S - lived)


def _forked(work: Work, number: int) -> int:
    """The child never returns from here: what the parent would do next is not its business."""
    pid = os.fork()
    if pid:
        return pid
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)
    status = 1
    try:
        work(number)
        status = 0
    except BaseException:
        log.exception("worker %d", number)
    finally:
        os._exit(status)


def _status(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
