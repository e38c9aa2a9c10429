"""Faults of the reader and its service: somebody looks at the device, the terminal keeps retrying.

ReaderFault
  ReaderServiceLost   pcscd is not there (not started, killed, left when idle)
  ReaderMissing       no reader matches the setting
  ReaderBusy          another program holds the card
    CardResetByOther  another program reset it
  ReaderNotPermitted  the kiosk user may not use PC/SC (polkit)
  ReaderBroken        the reader stopped answering
"""

from __future__ import annotations

from config.faults import Fault


class ReaderFault(Fault):
    code = "reader.fault"


class ReaderServiceLost(ReaderFault):
    code = "reader.service_lost"


class ReaderMissing(ReaderFault):
    code = "reader.missing"


class ReaderBusy(ReaderFault):
    code = "reader.busy"


class CardResetByOther(ReaderBusy):
    """Another program reset the card between two of our steps: the session is held once more."""


class ReaderNotPermitted(ReaderFault):
    code = "reader.not_permitted"


class ReaderBroken(ReaderFault):
    code = "reader.broken"
