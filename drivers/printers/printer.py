"""One receipt printer: what state it is in, and a slip printed. Blocks, but never longer than its limits."""

from __future__ import annotations

import time
from collections.abc import Callable

from config.printer_address import Address, SerialPrinter
from config.printer_profiles import DEFAULT, printer_profile
from drivers.printers.encoding import encode
from drivers.printers.faults import CoverOpen, Interrupted, NoPaper, Offline, PrinterFault
from drivers.printers.layout import lay_out
from drivers.printers.slip import Slip
from drivers.printers.status import ASKED, DLE_EOT, PrinterState, is_status, state_of
from drivers.printers.wire import Wire, open_wire

ANSWER_S = 0.5
"""Printers answer DLE EOT at once, also when they are busy: 500 ms is long."""
SEND_S = 10.0
"""A long receipt of text takes two seconds at 9600 baud."""
PRINTED_S = 8.0
PRINTED = b"\x1dr\x01"
"""GS r 1: answered in turn, therefore only when everything before it was worked off."""

PREVENTS: dict[PrinterState, type[PrinterFault]] = {
    PrinterState.NO_PAPER: NoPaper,
    PrinterState.COVER_OPEN: CoverOpen,
    PrinterState.OFFLINE: Offline,
}


class Printer:
    """Opens its address for each slip, so that a printer may be switched off between two."""

    def __init__(
        self,
        address: Address,
        width_mm: int,
        open_: Callable[[Address], Wire] = open_wire,
        profile: str = DEFAULT,
    ) -> None:
        self._profile = printer_profile(profile)
        self._address = address
        self._columns = self._profile.columns(width_mm)
        self._open = open_

    def state(self) -> PrinterState:
        """Raises ``NotReached``."""
        wire = self._open(self._address)
        try:
            return ask_state(wire)
        finally:
            wire.close()

    def print(self, slip: Slip) -> bool:
        """True when the printer says it is done, False when all was sent and it does not tell.

        Raises ``NotReached``, ``NoPaper``, ``CoverOpen``, ``Offline``, ``Interrupted``.
        """
        job = encode(lay_out(slip, self._columns), self._columns, self._profile)
        wire = self._open(self._address)
        try:
            return self._print(wire, job)
        finally:
            wire.close()

    def _print(self, wire: Wire, job: bytes) -> bool:
        before = ask_state(wire)
        _refuse(before)
        tells = before is not PrinterState.UNKNOWN
        try:
            wire.send(job + PRINTED if tells else job, send_s(self._address, len(job)))
            if not tells:
                return False
            if _done(wire, time.monotonic() + PRINTED_S):
                return True
        except Interrupted:
            if tells:
                _refuse(ask_state(wire))
            raise
        _refuse(ask_state(wire))
        return False


def send_s(address: Address, size: int) -> float:
    """Longest time for ``size`` bytes, in seconds: drawn lines are long for a slow serial line (10 bits a
    byte)."""
    slowest = 2 * 10 * size / address.baud if isinstance(address, SerialPrinter) else 0.0
    return max(SEND_S, slowest)


def ask_state(wire: Wire) -> PrinterState:
    """Asks one status after the other; a printer that answers none of them costs one wait only."""
    answers: dict[int, int] = {}
    if not wire.answers:
        return PrinterState.UNKNOWN
    for asked in ASKED:
        try:
            wire.send(DLE_EOT + bytes((asked,)), ANSWER_S)
            octet = _first(wire, time.monotonic() + ANSWER_S, is_status)
        except Interrupted:
            break
        if octet is None:
            break
        answers[asked] = octet
    return state_of(answers)


def _refuse(state: PrinterState) -> None:
    if state in PREVENTS:
        raise PREVENTS[state]


def _done(wire: Wire, ends: float) -> bool:
    """The answer to GS r 1 has bits 4 and 7 at 0."""
    return _first(wire, ends, lambda octet: octet & 0b1001_0000 == 0) is not None


def _first(wire: Wire, ends: float, wanted: Callable[[int], bool]) -> int | None:
    """The first byte of the wanted form until ``ends``; others (automatic status, XON) are passed over."""
    while received := wire.receive(ends):
        for octet in received:
            if wanted(octet):
                return octet
    return None
