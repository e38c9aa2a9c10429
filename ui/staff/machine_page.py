"""Staff actions on the machine: clean its screen, change the language, leave it."""

from __future__ import annotations

from collections.abc import Callable

from terminal.visit.steps import text
from ui.presenter import OptionView
from ui.staff.pages import Say, StaffPage
from ui.staff.rows import RowView
from ui.staff.staff_record import RECORD

MACHINE = "machine"
CLEAN, LANGUAGE, LEAVE = "clean", "language", "leave"


def machine_page(*, may_leave: bool, say: Say) -> StaffPage:
    options = [
        OptionView(
            CLEAN, say(text("staff.machine.clean")), say(text("staff.machine.clean.detail")), "window"
        ),
        OptionView(
            LANGUAGE, say(text("ui.other_language")), say(text("staff.machine.language.detail")), "globe"
        ),
    ]
    if may_leave:
        options += [
            OptionView(RECORD, say(text("staff.record")), say(text("staff.record.detail")), "people"),
            OptionView(
                LEAVE, say(text("staff.machine.leave")), say(text("staff.machine.leave.detail")), "leave"
            ),
        ]
    return StaffPage(MACHINE, say(text("staff.machine")), options=tuple(options))


class MachinePages:
    """Belongs to Qt's thread. ``chosen`` acts on one of the options."""

    def __init__(self, chosen: Callable[[str], None], say: Say) -> None:
        self._chosen = chosen
        self._say = say
        self.may_leave = False

    def go(self, tab: str) -> None:
        """There is nothing to ask for."""

    def touch(self, key: str) -> None:
        if key in (CLEAN, LANGUAGE) or (key in (RECORD, LEAVE) and self.may_leave):
            self._chosen(key)

    def rows(self) -> tuple[RowView, ...]:
        return ()

    def page(self) -> StaffPage:
        return machine_page(may_leave=self.may_leave, say=self._say)
