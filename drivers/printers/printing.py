"""The printer's own thread: slips one after the other, without blocking the caller."""

from __future__ import annotations

import logging
import time

from drivers.events import Post
from drivers.printers.events import NotPrinted, Printed
from drivers.printers.faults import Busy, PrinterFault
from drivers.printers.printer import Printer
from drivers.printers.slip import Slip
from runtime.task import Task
from runtime.worker import Worker

log = logging.getLogger(__name__)

WAITING = 2
"""More slips than these do not wait behind one that does not come out."""


class Printing:
    """Posts ``Printed`` or ``NotPrinted`` once for each slip.

    ``trouble``: the code of why the last slip did not come out, empty when it did.
    """

    def __init__(self, printer: Printer, post: Post) -> None:
        self._printer = printer
        self._post = post
        self.trouble = ""
        self._worker: Worker[tuple[str, Slip]] = Worker(
            "printer", self._work, failed=self._failed, limit=WAITING
        )
        self.tasks: tuple[Task, ...] = (self._worker,)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """A slip that is on its way is given a second; what waits is not printed."""
        if self._worker.discard():
            log.info("slips were still waiting for the printer")
        self._worker.stop()

    def print(self, name: str, slip: Slip) -> None:
        """Never waits and never raises."""
        if not self._worker.put((name, slip)):
            self._post(NotPrinted(_now_ms(), name, Busy.code))

    def _work(self, job: tuple[str, Slip]) -> None:
        name, slip = job
        told = self._printer.print(slip)
        self.trouble = ""
        self._post(Printed(_now_ms(), name, told))

    def _failed(self, job: tuple[str, Slip], error: Exception) -> None:
        self.trouble = error.code if isinstance(error, PrinterFault) else PrinterFault.code
        self._post(NotPrinted(_now_ms(), job[0], self.trouble))


def _now_ms() -> float:
    return time.monotonic() * 1000
