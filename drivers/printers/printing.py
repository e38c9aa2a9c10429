"""The printer's own thread: slips one after the other, without blocking the caller."""

from __future__ import annotations

import logging
import queue
import threading
import time

from drivers.events import Post
from drivers.printers.events import NotPrinted, Printed
from drivers.printers.faults import Busy, PrinterFault
from drivers.printers.printer import Printer
from drivers.printers.slip import Slip

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
        self._jobs: queue.Queue[tuple[str, Slip] | None] = queue.Queue(WAITING)
        self._stopping = threading.Event()
        self.trouble = ""
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """A slip that is on its way is given a second; what waits is not printed."""
        self._stopping.set()
        try:
            self._jobs.put_nowait(None)
        except queue.Full:
            log.info("slips were still waiting for the printer")
        if self._thread.is_alive():
            self._thread.join(1)

    def print(self, name: str, slip: Slip) -> None:
        """Never waits and never raises."""
        try:
            self._jobs.put_nowait((name, slip))
        except queue.Full:
            self._post(NotPrinted(_now_ms(), name, Busy.code))

    def _run(self) -> None:
        while not self._stopping.is_set():
            job = self._jobs.get()
            if job is None or self._stopping.is_set():
                return
            name, slip = job
            try:
                told = self._printer.print(slip)
            except PrinterFault as fault:
                log.warning("slip %s: %s", name, fault)
                self.trouble = fault.code
                self._post(NotPrinted(_now_ms(), name, fault.code))
            except Exception:
                log.exception("slip %s", name)
                self.trouble = PrinterFault.code
                self._post(NotPrinted(_now_ms(), name, PrinterFault.code))
            else:
                self.trouble = ""
                self._post(Printed(_now_ms(), name, told))


def _now_ms() -> float:
    return time.monotonic() * 1000
