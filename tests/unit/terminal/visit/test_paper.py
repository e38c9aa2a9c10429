"""A receipt on paper, told as a clerk would tell it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from drivers.printers.events import NotPrinted, Printed
from drivers.printers.layout import TextLine, lay_out
from drivers.printers.slip import QrCode
from terminal.visit.effects import PrintReceipt
from terminal.visit.events import Chosen, Done, ReceiptWanted
from terminal.visit.receipt import slip_of
from terminal.visit.states import Counter, Finished, Idle, Paper
from terminal.visit.steps import Certainty, Text
from tests.unit.terminal.visit.counter_desk import Desk, copy_seen


@dataclass
class PrintingDesk(Desk):
    prints: bool = True

    def borrow(self) -> Counter:
        self.identified_by_card()
        self.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
        self.outcome(0, Certainty.CONFIRMED, title="平凡的世界", due_date="2026-12-21")
        return self.tell(Done())

    @property
    def stage(self) -> Finished:
        assert isinstance(self.counter.stage, Finished)
        return self.counter.stage

    def slips(self) -> list[PrintReceipt]:
        return [effect for effect in self.asked if isinstance(effect, PrintReceipt)]

    def want(self) -> str:
        self.tell(ReceiptWanted())
        return self.slips()[-1].slip


@pytest.fixture
def desk() -> PrintingDesk:
    desk = PrintingDesk()
    desk.borrow()
    return desk


def said(text: Text) -> str:
    return f"{text.id} {' '.join(value for _, value in text.args)}".strip()


def test_paper_is_offered_only_where_there_is_a_printer(desk: PrintingDesk) -> None:
    assert desk.stage.paper is Paper.OFFERED
    without = Desk()
    without.identified_by_card()
    without.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    without.outcome(0, Certainty.CONFIRMED)
    stage = without.tell(Done(), ReceiptWanted()).stage
    assert isinstance(stage, Finished)
    assert stage.paper is Paper.NONE
    assert not without.effects(PrintReceipt)


def test_nothing_is_offered_when_nothing_was_booked() -> None:
    desk = PrintingDesk()
    desk.identified_by_card()
    desk.tell(Chosen("library.borrow"), copy_seen("371600-000101"))
    desk.outcome(0, Certainty.REFUSED, "library.copy_on_loan")
    desk.tell(Done(), ReceiptWanted())
    assert desk.stage.paper is Paper.NONE
    assert not desk.slips()


def test_touched_twice_it_prints_once(desk: PrintingDesk) -> None:
    desk.tell(ReceiptWanted(), ReceiptWanted())
    assert len(desk.slips()) == 1
    assert desk.stage.paper is Paper.PRINTING


def test_a_second_print_is_a_copy_and_there_is_no_third(desk: PrintingDesk) -> None:
    desk.tell(Printed(0.0, desk.want(), told=True))
    assert desk.stage.paper_said == Text("receipt.printed")
    desk.tell(Printed(0.0, desk.want(), told=False))
    assert desk.stage.paper_said == Text("receipt.sent")
    desk.tell(ReceiptWanted())
    assert [effect.receipt.copy for effect in desk.slips()] == [False, True]
    assert desk.stage.paper is Paper.DONE


def test_without_paper_the_result_stays_and_it_may_be_tried_again(desk: PrintingDesk) -> None:
    before = desk.stage.result
    desk.tell(NotPrinted(0.0, desk.want(), "printer.no_paper"))
    assert desk.stage.result == before
    assert desk.stage.paper_said == Text("fault.printer.no_paper")
    assert desk.stage.paper is Paper.OFFERED
    desk.want()
    assert not desk.slips()[-1].receipt.copy


def test_what_broke_off_is_followed_by_a_copy(desk: PrintingDesk) -> None:
    desk.tell(NotPrinted(0.0, desk.want(), "printer.interrupted"))
    desk.want()
    assert desk.slips()[-1].receipt.copy


def test_the_next_person_never_hears_of_the_last_ones_paper(desk: PrintingDesk) -> None:
    slip = desk.want()
    desk.tell(Done())
    assert desk.counter.stage == Idle()
    assert desk.tell(NotPrinted(0.0, slip, "printer.no_paper")).stage == Idle()
    desk.outcome(0, Certainty.CONFIRMED)
    desk.now = desk.now.replace(hour=11)
    desk.borrow()
    desk.tell(ReceiptWanted(), NotPrinted(0.0, slip, "printer.no_paper"))
    assert desk.stage.paper is Paper.PRINTING


def test_a_printer_that_never_answers_keeps_nobody_for_ever(desk: PrintingDesk) -> None:
    desk.want()
    desk.fire("result")
    assert desk.counter.stage == Idle()


def test_a_slip_says_what_was_done_and_its_code_names_nobody(desk: PrintingDesk) -> None:
    desk.want()
    receipt = desk.slips()[0].receipt
    slip = slip_of(receipt, said)
    lines = [line.text for line in lay_out(slip, 32) if isinstance(line, TextLine)]
    whole = "\n".join(lines)
    assert "滨州市图书馆" in whole
    assert "刘*勇" in whole
    assert "平凡的世界" in whole
    assert "2026-12-21" in whole
    [code] = [block for block in slip.blocks if isinstance(block, QrCode)]
    assert code.content == "BZ-LIB-0001 2026-11-23T10:00:00+0000 00000000"
    assert slip.copy_mark == ""


def test_a_name_that_never_ends_is_cut(desk: PrintingDesk) -> None:
    desk.want()
    receipt = desk.slips()[0].receipt
    slip = slip_of(receipt, lambda text: "长" * 5000 if text.id == receipt.headline.id else text.id)
    assert len(lay_out(slip, 32)) < 60
