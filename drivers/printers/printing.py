"""The printer's own thread: slips one after the other; nobody waits for it."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass

from drivers.events import DeviceEvent, Post
from drivers.printers.faults import Busy, PrinterFault
from drivers.printers.printer import Printer
from drivers.printers.slip import Slip

log = logging.getLogger(__name__)

WAITING = 2
"""More slips than these do not wait behind one that does not come out."""


@dataclass(frozen=True, slots=True)
class Printed(DeviceEvent):
    """Slip ``number`` left for the paper; ``told`` is False when the printer cannot say that it is out."""

    number: int
    told: bool


@dataclass(frozen=True, slots=True)
class NotPrinted(DeviceEvent):
    """Slip ``number`` did not come out; ``code`` is the fault code."""

    number: int
    code: str


class Printing:
    """Posts ``Printed`` or ``NotPrinted`` once for each slip."""

    def __init__(self, printer: Printer, post: Post) -> None:
        self._printer = printer
        self._post = post
        self._jobs: queue.Queue[tuple[int, Slip] | None] = queue.Queue(WAITING)
        self._stopping = threading.Event()
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

    def print(self, number: int, slip: Slip) -> None:
        """Never waits and never raises."""
        try:
            self._jobs.put_nowait((number, slip))
        except queue.Full:
            self._post(NotPrinted(_now_ms(), number, Busy.code))

    def _run(self) -> None:
        while not self._stopping.is_set():
            job = self._jobs.get()
            if job is None or self._stopping.is_set():
                return
            number, slip = job
            try:
                told = self._printer.print(slip)
            except PrinterFault as fault:
                log.warning("slip %d: %s", number, fault)
                self._post(NotPrinted(_now_ms(), number, fault.code))
            except Exception:
                log.exception("slip %d", number)
                self._post(NotPrinted(_now_ms(), number, PrinterFault.code))
            else:
                self._post(Printed(_now_ms(), number, told))


def _now_ms() -> float:
    return time.monotonic() * 1000
