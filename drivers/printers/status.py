"""Status of a printer in real time (ESC/POS ``DLE EOT n``: Epson ESC/POS command reference,
"Transmit real-time status"), parsed without assuming more than was sent."""

from __future__ import annotations

from enum import StrEnum

DLE_EOT = b"\x10\x04"
PRINTER, CAUSE, PAPER = 1, 2, 4
"""Which status is asked: the printer, why it is offline, the paper sensors."""
ASKED = (PRINTER, CAUSE, PAPER)


class PrinterState(StrEnum):
    """``unknown``: the printer does not tell. It is never shown as ready."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


def is_status(octet: int) -> bool:
    """Bits 0 and 7 are 0, bits 1 and 4 are 1 in every answer to DLE EOT; automatic status, XON and XOFF
    differ in them."""
    return octet & 0b1001_0011 == 0b0001_0010


def state_of(answers: dict[int, int]) -> PrinterState:
    """The gravest that was said; ``answers`` by what was asked, a missing one is a question unanswered."""
    said = {asked: octet for asked, octet in answers.items() if is_status(octet)}
    printer, cause, paper = (said.get(asked, 0) for asked in ASKED)
    if cause & 0b0000_0100:
        return PrinterState.COVER_OPEN
    if paper & 0b0110_0000 or cause & 0b0010_0000:
        return PrinterState.NO_PAPER
    if printer & 0b0000_1000 or cause & 0b0100_0000:
        return PrinterState.OFFLINE
    if paper & 0b0000_1100:
        return PrinterState.PAPER_NEAR_END
    return PrinterState.READY if len(said) == len(ASKED) else PrinterState.UNKNOWN
