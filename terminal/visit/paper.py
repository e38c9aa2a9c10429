"""A receipt on paper, for who wants one. Nothing booked waits for it, and no fault of it changes a result."""

from __future__ import annotations

from dataclasses import replace

from drivers.printers.events import NotPrinted, Printed
from terminal.visit.effects import PlaySound, PrintReceipt, Speak
from terminal.visit.receipt import copy_of, name_of
from terminal.visit.states import Counter, Finished, Paper
from terminal.visit.steps import Text, text
from terminal.visit.timing import Moved, patient, start_timer
from terminal.visit.world import World

PRINTING_MS = 25_000
"""Longer than the driver tries at the most, so that the person gets an answer."""
MAY_BE_OUT = ("printer.interrupted", "printer.fault")
"""Faults after which a part of the slip may lie in the printer: what follows is a copy."""


def want_receipt(counter: Counter, stage: Finished) -> Moved:
    """Touched again while it prints, or where none is offered, it does nothing."""
    if stage.receipt is None:
        return counter, ()
    match stage.paper:
        case Paper.OFFERED:
            paper, receipt = Paper.PRINTING, stage.receipt
        case Paper.COPY_OFFERED:
            paper, receipt = Paper.COPYING, copy_of(stage.receipt)
        case _:
            return counter, ()
    timed, timer = start_timer(counter, "result", PRINTING_MS)
    printing = replace(timed, stage=replace(stage, paper=paper, paper_said=None))
    return printing, (PlaySound("soft"), PrintReceipt(name_of(receipt), receipt), timer)


def told_of_paper(counter: Counter, stage: Finished, event: Printed | NotPrinted, world: World) -> Moved:
    """Said in one line; an answer about somebody else's receipt changes nothing."""
    if stage.receipt is None or event.slip != name_of(stage.receipt):
        return counter, ()
    copying = stage.paper is Paper.COPYING
    if stage.paper is not Paper.PRINTING and not copying:
        return counter, ()
    match event:
        case Printed(told=told):
            paper = Paper.DONE if copying else Paper.COPY_OFFERED
            return _say(counter, stage, paper, text("receipt.printed" if told else "receipt.sent"), world)
        case NotPrinted(code=code):
            again = Paper.COPY_OFFERED if copying or code in MAY_BE_OUT else Paper.OFFERED
            return _say(counter, stage, again, text(f"fault.{code}"), world)


def _say(counter: Counter, stage: Finished, paper: Paper, line: Text, world: World) -> Moved:
    """It stands with the result, never over it, and for as long as any result from now on."""
    timed, timer = start_timer(counter, "result", patient(counter, world.limits.result_ms))
    said = replace(timed, stage=replace(stage, paper=paper, paper_said=line))
    return said, (PlaySound("soft"), Speak(line), timer)
