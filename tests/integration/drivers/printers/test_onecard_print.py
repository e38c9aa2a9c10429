"""``onecard print`` and the printer's line of ``onecard doctor``, against a printer that is really there."""

from __future__ import annotations

import json
import socket

import pytest
from pydantic import ValidationError

from config.settings import PrinterSettings, Settings
from terminal.__main__ import main
from terminal.diagnostics.check import Trouble
from terminal.diagnostics.checks import printer
from tests.integration.drivers.printers.sinks import WELL, TcpPrinter
from tests.unit.drivers.printers.paper import Dots, read_paper


@pytest.mark.parametrize(("width", "columns"), [(58, 32), (80, 48)])
def test_a_test_slip_shows_whether_the_width_is_right(width: int, columns: int) -> None:
    with TcpPrinter(WELL) as sink:
        assert main(["print", "--test", "--printer", sink.address, "--width", str(width)]) == 0
        paper = read_paper(sink.slips.get(timeout=30))
    assert any(len(line) == columns and line.startswith("1234567890") for line in paper.lines)
    assert any("中文正常" in line for line in paper.lines)
    assert sum(isinstance(one, Dots) for one in paper.printed) == 1, "rare characters are drawn"
    assert len(paper.codes) == 1


def test_what_is_not_known_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    with TcpPrinter() as sink:
        assert main(["print", "--test", "--json", "--printer", sink.address]) == 0
        assert json.loads(capsys.readouterr().out) == {"printed": None}
        assert main(["print", "--status", "--printer", sink.address]) == 0
        assert "unknown" in capsys.readouterr().out


def test_exit_codes_tell_a_missing_printer_from_one_without_paper() -> None:
    with TcpPrinter({**WELL, 4: 0x72}) as sink:
        assert main(["print", "--test", "--printer", sink.address]) == 1
        assert main(["print", "--status", "--json", "--printer", sink.address]) == 1
    assert main(["print", "--test", "--printer", free_address()]) == 3
    assert main(["print", "--test", "--printer", "lpt1"]) == 2
    assert main(["print", "--test"]) == 2


def test_the_doctor_asks_the_printer() -> None:
    def look(address: str) -> tuple[str, Trouble]:
        check = printer(Settings(printer=PrinterSettings(address=address, width_mm=58)))
        return check.message, check.trouble

    with TcpPrinter(WELL) as sink:
        said, trouble = look(sink.address)
        assert (said.startswith(f"{sink.address}, 58 mm, chinese; "), trouble) == (True, Trouble.NONE)
        sink.status = {**WELL, 4: 0x1E}
        assert "near its end" in look(sink.address)[0]
        sink.status = {**WELL, 2: 0x16}
        assert look(sink.address)[1] is Trouble.DEVICE
        sink.status = {}
        assert "does not tell" in look(sink.address)[0]
    assert look(free_address())[1] is Trouble.DEVICE
    with pytest.raises(ValidationError, match="examples"):
        look("lpt1")


def test_the_kind_of_printer_may_be_tried_by_hand() -> None:
    with TcpPrinter(WELL) as sink:
        kind = ["--printer-profile", "drawn", "--width", "58"]
        assert main(["print", "--test", "--printer", sink.address, *kind]) == 0
        paper = read_paper(sink.slips.get(timeout=30), "")
    assert all(line.isascii() for line in paper.lines)
    with pytest.raises(ValidationError, match="there are chinese"):
        PrinterSettings(profile="lpt")


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"
