"""The operator's pages at work: self-tests, the live picture, the journal, the last day."""

from __future__ import annotations

from collections.abc import Callable

from terminal.diagnostics.check import Check
from terminal.diagnostics.checks import PARTS
from terminal.diagnostics.usage_metrics.day import Day
from terminal.journal.record import Entry
from terminal.journal.verification import Verification
from terminal.staff.events import (
    CameraOpened,
    DayRead,
    DeskRefused,
    JournalRead,
    JournalVerified,
    PictureTaken,
    StaffEvent,
    TestDone,
)
from terminal.staff.operator_desk import OperatorDesk
from terminal.visit.steps import ServiceSet
from ui.staff.live_picture import LivePicture
from ui.staff.operator_pages import (
    TEST_ALL,
    VERIFY,
    camera_page,
    check_row,
    checks_page,
    day_page,
    entry_row,
    journal_page,
)
from ui.staff.pages import Say, StaffPage
from ui.staff.rows import RowView

TABS = {"checks": "shield", "camera": "camera", "journal": "bill", "day": "chart"}


class OperatorPages:
    """Belongs to Qt's thread. ``moved_on`` shows a picture by its serial."""

    def __init__(
        self,
        desk: OperatorDesk,
        services: Callable[[], ServiceSet],
        live: LivePicture,
        has_camera: bool,
        say: Say,
        language: Callable[[], str],
        moved_on: Callable[[int], None],
    ) -> None:
        self._desk = desk
        self._services = services
        self._live = live
        self._has_camera = has_camera
        self._say = say
        self._language = language
        self._moved_on = moved_on
        self.forget()

    def forget(self) -> None:
        self._live.hide()
        self._moved_on(0)
        self._tab = ""
        self._checks: dict[str, Check | None] = dict.fromkeys(PARTS)
        self._under_way: frozenset[str] = frozenset()
        self._done = (0, 0)
        self._entries: tuple[Entry, ...] | None = None
        self._verifying = False
        self._found: Verification | None = None
        self._day: Day | None = None
        self._seen = False

    def go(self, tab: str) -> None:
        self.leave()
        self._tab = tab
        match tab:
            case "checks" if not any(self._checks.values()):
                self._test()
            case "camera":
                self._desk.show_camera()
            case "journal":
                self._desk.read_journal()
            case "day":
                self._desk.read_day()

    def leave(self) -> None:
        """Another page: the camera is looked through no longer."""
        self._live.hide()
        self._moved_on(0)
        self._seen = False

    def told(self, event: StaffEvent) -> None:
        match event:
            case TestDone(check=check, count=count, total=total):
                self._checks[check.name] = check
                self._under_way -= {check.name}
                self._done = (count, total)
            case CameraOpened() if self._tab == "camera":
                self._live.show()
            case PictureTaken(serial=serial) if self._tab == "camera":
                self._seen = serial > 0
                self._moved_on(serial)
            case JournalRead(entries=entries):
                self._entries = entries
            case JournalVerified(verification=found):
                self._verifying = False
                self._found = found
            case DayRead(day=day):
                self._day = day
            case DeskRefused():
                self._verifying = False

    def touch(self, key: str) -> None:
        match self._tab, key:
            case "checks", pressed if pressed == TEST_ALL:
                self._test()
            case "checks", name if name in PARTS and not self._under_way:
                self._test(name)
            case "journal", pressed if pressed == VERIFY and not self._verifying:
                self._verifying = True
                self._found = None
                self._desk.verify_journal()

    def rows(self) -> tuple[RowView, ...]:
        match self._tab:
            case "checks":
                return tuple(
                    check_row(name, check, name in self._under_way, self._language(), self._say)
                    for name, check in self._checks.items()
                )
            case "journal":
                services = self._services()
                return tuple(entry_row(entry, services, self._say) for entry in self._entries or ())
        return ()

    def page(self) -> StaffPage:
        match self._tab:
            case "checks":
                return checks_page(self._checks, self._done, self._say)
            case "camera":
                return camera_page(there=self._has_camera, seen=self._seen, say=self._say)
            case "journal":
                return journal_page(self._entries, self._found, self._verifying, self._say)
        return day_page(self._day, self._say)

    def _test(self, *names: str) -> None:
        if self._under_way:
            return
        self._under_way = frozenset(names or PARTS)
        self._done = (0, len(self._under_way))
        self._desk.test(*names)
