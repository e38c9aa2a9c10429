"""Printers on a socket, a line and in a file: what they are sent, and what they say about themselves."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.printer_address import (
    FilePrinter,
    NetworkPrinter,
    SerialPrinter,
    UsbPrinter,
    WrongAddress,
    parse_address,
)
from drivers.printers.faults import CoverOpen, Interrupted, NoPaper, NotReached, Offline
from drivers.printers.printer import Printer
from drivers.printers.slip import Paragraph, Slip
from drivers.printers.status import PrinterState, is_status, state_of
from drivers.printers.wire import usb_device
from tests.integration.drivers.printers import sinks
from tests.integration.drivers.printers.sinks import WELL, Brain, SerialPrinterEnd, TcpPrinter
from tests.unit.drivers.printers.paper import read_paper

SLIP = Slip((Paragraph("还书成功 3册"),))


def printer(address: str) -> Printer:
    return Printer(parse_address(address), 58)


def test_a_network_printer_that_tells_has_printed() -> None:
    with TcpPrinter(WELL) as sink:
        assert printer(sink.address).print(SLIP)
        paper = read_paper(sink.slips.get(timeout=30))
    assert paper.lines == ["还书成功 3册"]
    assert paper.cuts == 1
    assert paper.questions[-1] == b"\x1dr\x01"


def test_a_mute_printer_is_sent_everything_and_believed_nothing() -> None:
    with TcpPrinter() as sink:
        assert not printer(sink.address).print(SLIP)
        assert read_paper(sink.slips.get(timeout=30)).lines == ["还书成功 3册"]
        assert printer(sink.address).state() is PrinterState.UNKNOWN


@pytest.mark.parametrize(
    ("status", "state", "fault"),
    [
        ({**WELL, 1: 0x1A, 2: 0x16}, PrinterState.COVER_OPEN, CoverOpen),
        ({**WELL, 1: 0x1A, 4: 0x72}, PrinterState.NO_PAPER, NoPaper),
        ({**WELL, 1: 0x1A}, PrinterState.OFFLINE, Offline),
        ({**WELL, 2: 0x52}, PrinterState.OFFLINE, Offline),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    status: dict[int, int], state: PrinterState, fault: type[Exception]
) -> None:
    with TcpPrinter(status) as sink:
        assert printer(sink.address).state() is state
        sink.slips.get(timeout=30)
        with pytest.raises(fault):
            printer(sink.address).print(SLIP)
        assert read_paper(sink.slips.get(timeout=30)).lines == []


def test_paper_near_its_end_is_told_and_does_not_prevent() -> None:
    with TcpPrinter({**WELL, 4: 0x1E}) as sink:
        assert printer(sink.address).state() is PrinterState.PAPER_NEAR_END
        assert printer(sink.address).print(SLIP)


def test_a_printer_half_of_whose_answers_are_missing_is_unknown_not_ready() -> None:
    assert state_of({1: 0x12, 2: 0x12}) is PrinterState.UNKNOWN
    assert state_of({1: 0x1A}) is PrinterState.OFFLINE
    assert state_of(WELL) is PrinterState.READY


@given(st.dictionaries(st.sampled_from([1, 2, 4]), st.integers(0, 255)))
def test_ready_is_said_only_after_three_true_answers(answers: dict[int, int]) -> None:
    if state_of(answers) in (PrinterState.READY, PrinterState.PAPER_NEAR_END):
        assert any(is_status(octet) for octet in answers.values())
    if state_of(answers) is PrinterState.READY:
        assert len(answers) == 3
        assert all(is_status(octet) for octet in answers.values())


def test_a_printer_that_runs_out_of_paper_half_way_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.printers.printer.PRINTED_S", 0.2)

    class RunsOut(Brain):
        def hear(self, received: bytes) -> bytes:
            if b"\x1dr" in received:
                self.status = {**WELL, 1: 0x1A, 4: 0x72}
            return super().hear(received)

    monkeypatch.setattr(sinks, "Brain", RunsOut)
    with TcpPrinter(WELL, finishes=False) as sink, pytest.raises(NoPaper):
        printer(sink.address).print(SLIP)


def test_a_printer_that_answers_and_never_finishes_is_not_said_to_have_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("drivers.printers.printer.PRINTED_S", 0.2)
    with TcpPrinter(WELL, finishes=False) as sink:
        assert not printer(sink.address).print(SLIP)


def test_a_printer_that_is_switched_off_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotReached):
        printer(f"tcp://127.0.0.1:{port}").print(SLIP)
    with pytest.raises(NotReached):
        printer("serial:/dev/not-there").state()
    with pytest.raises(NotReached):
        printer("file:/not-there/printer").print(SLIP)


def test_a_printer_that_stops_taking_bytes_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.printers.printer.SEND_S", 0.3)
    monkeypatch.setattr("drivers.printers.printer.encode", lambda *_: b"x" * 50_000_000)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(Interrupted):
        printer(f"tcp://127.0.0.1:{server.getsockname()[1]}").print(SLIP)


@pytest.mark.parametrize("status", [WELL, {}])
def test_a_serial_printer_prints(status: dict[int, int]) -> None:
    brain = Brain(status)
    with SerialPrinterEnd(brain) as end:
        told = printer(f"serial:{end.device}?baud=115200").print(SLIP)
    assert told == bool(status)
    assert read_paper(bytes(brain.sent)).lines == ["还书成功 3册"]


def test_a_file_collects_slips_one_after_the_other(tmp_path: Path) -> None:
    file = tmp_path / "slips.bin"
    assert printer(f"file:{file}").state() is PrinterState.UNKNOWN
    for _ in range(2):
        assert not printer(f"file://{file}").print(SLIP)
    paper = read_paper(file.read_bytes())
    assert paper.lines == ["还书成功 3册"] * 2
    assert paper.cuts == 2


def test_a_usb_printer_is_found_by_what_lsusb_shows(tmp_path: Path) -> None:
    for name, vendor, product in (("lp0", "1111", "2222"), ("lp1", "04b8", "0202")):
        interface = tmp_path / "devices" / name / "interface"
        interface.mkdir(parents=True)
        (interface.parent / "idVendor").write_text(f"{vendor}\n")
        (interface.parent / "idProduct").write_text(f"{product}\n")
        entry = tmp_path / "usbmisc" / name
        entry.mkdir(parents=True)
        (entry / "device").symlink_to(interface)
    found = usb_device(UsbPrinter("04b8", "0202"), tmp_path / "usbmisc", Path("/dev/usb"))
    assert found == Path("/dev/usb/lp1")
    with pytest.raises(NotReached):
        usb_device(UsbPrinter("04b8", "0203"), tmp_path / "usbmisc")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tcp://192.0.2.7", NetworkPrinter("192.0.2.7", 9100)),
        ("tcp://printer.local:9101/", NetworkPrinter("printer.local", 9101)),
        ("tcp://[::1]:9100", NetworkPrinter("::1", 9100)),
        ("serial:/dev/ttyUSB0", SerialPrinter("/dev/ttyUSB0", 9600)),
        ("serial:///dev/ttyUSB0?baud=19200", SerialPrinter("/dev/ttyUSB0", 19200)),
        ("usb:04B8:0202", UsbPrinter("04b8", "0202")),
        ("file:///dev/usb/lp0", FilePrinter(Path("/dev/usb/lp0"))),
    ],
)
def test_an_address_is_understood(written: str, meant: object) -> None:
    assert parse_address(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "usb:04b8",
        "usb:04b8:02",
        "usb:xxxx:0202",
        "file:slips",
        "file://host/x",
        "http://h",
        "tcp://[",
        "serial:/d?x=1",
        "192.0.2.7",
        "tcp://",
        "tcp://h:99999",
        "tcp://h?width=58",
        "serial:ttyS0",
        "serial:/dev/a?baud=3",
    ],
)
def test_a_wrong_address_is_refused_with_examples(written: str) -> None:
    with pytest.raises(WrongAddress, match="examples"):
        parse_address(written)


@given(st.text(max_size=80))
def test_an_address_is_understood_or_refused_and_nothing_else(written: str) -> None:
    with suppress(WrongAddress):
        parse_address(written)
