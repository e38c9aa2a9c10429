"""The whole counter with a receipt printer at the end of a socket: phone, book, touch, paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import PrinterSettings, ScreenSettings, load_profile
from tests.integration.drivers.printers.sinks import WELL, TcpPrinter
from tests.unit.drivers.printers.paper import read_paper
from ui.demonstration import Demonstration
from ui.stories.s1 import BY_PHONE, READER
from ui.stories.stage import ListeningVoice, Stage


@contextmanager
def counter(printer: str, folder: Path) -> Iterator[Stage]:
    screen = ScreenSettings(width=1280, height=800, full_screen=False)
    settings = load_profile("library").model_copy(
        update={"screen": screen, "printer": PrinterSettings(address=printer, width_mm=58)}
    )
    voice = ListeningVoice()
    demonstration = Demonstration(settings, folder, voice=voice)
    try:
        demonstration.start()
        stage = Stage(demonstration, "paper", None, voice)
        stage.wait_for("ready", lambda screen: screen["kind"] == "idle")
        demonstration.present_phone(READER)
        stage.wait_for("the phone", lambda screen: screen["kind"] == "choose")
        stage.touch("library.borrow")
        stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
        demonstration.present_book(BY_PHONE)
        stage.wait_for("the book", lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"])
        stage.touch("finish")
        stage.wait_for("the result", lambda screen: screen["kind"] == "result")
        yield stage
    finally:
        demonstration.stop()


def test_a_reader_takes_the_receipt_along_on_paper_and_a_second_one_is_a_copy(
    qapp: object, tmp_path: Path
) -> None:
    with TcpPrinter(WELL) as sink, counter(sink.address, tmp_path) as stage:
        assert stage.screen["receipt"], "the code on the screen stays"
        for after in ("copy_offered", "done"):
            stage.touch("printReceipt")
            stage.wait_for(after, lambda screen, after=after: screen["paper"] == after)
        assert "凭条已打印。" in stage.screen["detail"]
        assert "凭条已打印。" in stage.spoken
        first, second = (read_paper(sink.slips.get(timeout=30)) for _ in range(2))
    assert first.tall[0].strip() == "滨州市图书馆"
    assert any("刘*勇" in line for line in first.lines)
    assert not any("刘志勇" in line or "3716" in line for line in first.lines)
    assert first.cuts == 1
    assert [line.strip() for line in (second.lines[0], second.lines[-1])] == ["*** 副本 COPY ***"] * 2
    assert second.codes == first.codes


@pytest.mark.parametrize(
    ("status", "line"),
    [({**WELL, 1: 0x1A, 4: 0x72}, "打印机缺纸，凭条没有打印。"), ({}, "凭条已送打印机，请取走。")],
)
def test_whatever_the_printer_does_the_loan_and_its_result_stay(
    qapp: object, tmp_path: Path, status: dict[int, int], line: str
) -> None:
    with TcpPrinter(status) as sink, counter(sink.address, tmp_path) as stage:
        before = stage.screen
        stage.touch("printReceipt")
        stage.wait_for("told", lambda screen: line in screen["detail"])
        for name in ("title", "largest", "tone", "receipt", "rows"):
            assert stage.screen[name] == before[name]
        stage.journalled(("borrow", "confirmed"))


def test_a_printer_that_is_switched_off_holds_up_nobody(qapp: object, tmp_path: Path) -> None:
    with TcpPrinter() as gone:
        address = gone.address
    with counter(address, tmp_path) as stage:
        stage.touch("printReceipt")
        stage.wait_for("told", lambda screen: "打印机没有反应" in screen["detail"])
        assert stage.screen["paper"] == "offered"
        stage.home()
