"""A receipt printed once more by a clerk: marked as a copy, without a name, on record."""

from __future__ import annotations

from pathlib import Path

from tests.integration.drivers.printers.sinks import WELL, TcpPrinter
from tests.ui.staff.desk import staffed_counter
from tests.unit.drivers.printers.paper import read_paper


def test_a_copy_comes_out_of_the_printer_and_is_on_record(qapp: object, tmp_path: Path) -> None:
    with TcpPrinter(WELL) as sink, staffed_counter(tmp_path, printer=sink.address) as hands:
        stage = hands.stage
        stage.touch("library.return")
        stage.wait_for("the basket", lambda screen: screen["kind"] == "basket")
        hands.demonstration.present_book("2371600000164")
        stage.wait_for("returned", lambda screen: [row["tone"] for row in screen["rows"]] == ["confirmed"])
        stage.touch("finish")
        stage.home()
        hands.sign_in()
        hands.touch("tab-today")
        stage.wait_until("one of today", lambda: len(hands.rows) == 1)
        hands.touch("row-0")
        hands.touch("option-reprint")
        hands.wait_for_message("凭条已打印")
        paper = read_paper(sink.slips.get(timeout=30))
        assert [line.strip() for line in (paper.lines[0], paper.lines[-1])] == ["*** 副本 COPY ***"] * 2
        assert any("还书" in line for line in paper.lines)
        assert paper.cuts == 1
        assert hands.acts()[-1] == "reprinted"
        assert stage.screen["kind"] == "idle"
