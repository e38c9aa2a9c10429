"""Why a slip did not come out of the printer.

PrinterFault
  NotReached     nothing there: switched off, unplugged, not on the network
  NoPaper        the roll is used up
  CoverOpen      somebody is at the paper, or forgot to close it
  Offline        the printer says it cannot print now, e.g. its cutter is stuck
  Interrupted    it stopped taking bytes half-way; what came out may be a part
  Busy           earlier slips are still waiting
"""

from __future__ import annotations

from config.faults import Fault


class PrinterFault(Fault):
    """The printer did not print. What was booked stands."""

    code = "printer.fault"


class NotReached(PrinterFault):
    code = "printer.not_reached"


class NoPaper(PrinterFault):
    code = "printer.no_paper"


class CoverOpen(PrinterFault):
    code = "printer.cover_open"


class Offline(PrinterFault):
    code = "printer.offline"


class Interrupted(PrinterFault):
    code = "printer.interrupted"


class Busy(PrinterFault):
    code = "printer.busy"
