"""Slips go out one at a time on the printer's own thread; nobody waits for them."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from config.printer_address import FilePrinter
from drivers.events import DeviceEvent
from drivers.printers.events import NotPrinted, Printed
from drivers.printers.printer import Printer
from drivers.printers.printing import Printing
from drivers.printers.slip import Paragraph, Slip
from drivers.printers.wire import Wire, open_wire
from tests.unit.drivers.printers.paper import read_paper

SLIP = Slip((Paragraph("一"),))


def test_each_slip_ends_in_one_event(tmp_path: Path) -> None:
    events: queue.Queue[DeviceEvent] = queue.Queue()
    printing = Printing(Printer(FilePrinter(tmp_path / "slips"), 58), events.put)
    printing.start()
    try:
        printing.print("1", SLIP)
        first = events.get(timeout=30)
        printing.print("2", SLIP)
        second = events.get(timeout=30)
    finally:
        printing.stop()
    assert isinstance(first, Printed)
    assert isinstance(second, Printed)
    assert (first.slip, second.slip, second.told) == ("1", "2", False)
    assert read_paper((tmp_path / "slips").read_bytes()).cuts == 2


def test_a_fault_becomes_its_code_and_the_next_slip_is_tried(tmp_path: Path) -> None:
    events: queue.Queue[DeviceEvent] = queue.Queue()
    printing = Printing(Printer(FilePrinter(tmp_path / "later" / "slips"), 58), events.put)
    printing.start()
    try:
        printing.print("1", SLIP)
        failed = events.get(timeout=30)
        (tmp_path / "later").mkdir()
        printing.print("2", SLIP)
        printed = events.get(timeout=30)
    finally:
        printing.stop()
    assert isinstance(failed, NotPrinted)
    assert failed.code == "printer.not_reached"
    assert isinstance(printed, Printed)


def test_a_printer_that_hangs_holds_up_nobody(tmp_path: Path) -> None:
    events: queue.Queue[DeviceEvent] = queue.Queue()
    began, go_on = threading.Event(), threading.Event()

    def stuck(address: FilePrinter) -> Wire:
        began.set()
        go_on.wait(10)
        return open_wire(address)

    printing = Printing(Printer(FilePrinter(tmp_path / "slips"), 58, stuck), events.put)  # type: ignore[arg-type]
    printing.start()
    try:
        printing.print("0", SLIP)
        assert began.wait(30)
        for name in "123":
            printing.print(name, SLIP)
        refused = events.get(timeout=30)
        assert isinstance(refused, NotPrinted)
        assert (refused.slip, refused.code) == ("3", "printer.busy")
        go_on.set()
        printed = [events.get(timeout=30) for _ in range(3)]
        assert [type(event) for event in printed] == [Printed] * 3
    finally:
        go_on.set()
        printing.stop()
