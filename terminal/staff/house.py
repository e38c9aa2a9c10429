"""A hotel's day for the signed-in clerk: asked of the centre, recorded, shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from domain.messages.contract import Answer, Question
from drivers.central.faults import CentralFault
from terminal.staff.account import Permission
from terminal.staff.audit import Act
from terminal.staff.desk import StaffDesk
from terminal.staff.events import HouseRead, StaffEvent

HOTEL = "hotel"
BUDGET_MS = 5_000


class Asking(Protocol):
    """Port of the central client for budgets. Raises ``CentralFault``."""

    def ask(self, question: Question, budget_ms: int) -> Answer: ...


class HouseDesk:
    """Goes through ``desk``: who may do what, and the staff record, are kept there."""

    def __init__(
        self, desk: StaffDesk, central: Asking, terminal: str, post: Callable[[StaffEvent], None]
    ) -> None:
        self._desk = desk
        self._central = central
        self._question = Question(terminal=terminal, service=HOTEL, name="house")
        self._post = post

    def read(self) -> None:
        """``HouseRead`` follows."""
        self._desk.do(Permission.INBOX, Act.HOUSE_OPENED, "", self._read)

    def _read(self) -> None:
        try:
            answer = self._central.ask(self._question, BUDGET_MS)
        except CentralFault as fault:
            self._post(HouseRead({}, fault.code))
            return
        self._post(HouseRead(answer.data))
