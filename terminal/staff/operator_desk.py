"""Operator actions: self-tests, the journal and its proof, the live picture, the last day.

Self-tests and the proof of the journal take seconds and have a thread of their own, one at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.faults import Fault
from config.settings import Settings
from runtime.task import Task
from runtime.worker import Worker
from terminal.diagnostics.checks import PARTS, Running
from terminal.diagnostics.usage_metrics.store import day_in, measures_file
from terminal.journal.reading import reading
from terminal.journal.store import Journal
from terminal.journal.verification import verify
from terminal.staff.account import Permission
from terminal.staff.audit import Act
from terminal.staff.desk import Job, StaffDesk
from terminal.staff.events import (
    CameraOpened,
    DayRead,
    DeskRefused,
    JournalRead,
    JournalVerified,
    MayLeave,
    StaffEvent,
    TestDone,
)
from terminal.staff.faults import MeasuresUnreadable, StaffFault

NEWEST = 500
"""So many records the operator's page lists; ``onecard journal list`` lists them all."""


class OperatorDesk:
    """Goes through ``desk``: who may do what, and the staff record, are kept there."""

    def __init__(
        self,
        desk: StaffDesk,
        settings: Settings,
        data: Path,
        journal: Journal,
        running: Running,
        now: Callable[[], datetime],
        post: Callable[[StaffEvent], None],
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._data = data
        self._journal = journal
        self._running = running
        self._now = now
        self._post = post
        self._long: Worker[Job] = Worker("self-tests", lambda job: job(), failed=self._failed)
        self.tasks: tuple[Task, ...] = (self._long,)
        self._stopping = False

    def start(self) -> None:
        self._long.start()

    def stop(self) -> None:
        """A test under way is left to itself: it ends within two seconds, with the process or before."""
        self._stopping = True
        self._long.stop()

    def test(self, *names: str) -> None:
        """These self-tests, or all; each posts ``TestDone``."""
        chosen = tuple(name for name in PARTS if name in names or not names)
        self._ask(Act.TESTS_RUN, " ".join(names), lambda: self._later(lambda: self._test(chosen)))

    def read_journal(self) -> None:
        self._ask(Act.JOURNAL_OPENED, "", self._read_journal)

    def verify_journal(self) -> None:
        self._ask(Act.JOURNAL_VERIFIED, "", lambda: self._later(self._verify))

    def show_camera(self) -> None:
        self._ask(Act.CAMERA_SHOWN, "", lambda: self._post(CameraOpened()))

    def read_day(self) -> None:
        self._ask(Act.DAY_OPENED, "", self._read_day)

    def leave_terminal(self) -> None:
        self._ask(Act.TERMINAL_LEFT, "", lambda: self._post(MayLeave()))

    def _ask(self, act: Act, detail: str, work: Job) -> None:
        self._desk.do(Permission.SELF_TESTS, act, detail, work)

    def _later(self, job: Job) -> None:
        self._long.put(job)

    def _test(self, names: tuple[str, ...]) -> None:
        for count, name in enumerate(names, 1):
            if self._stopping:
                return
            check = PARTS[name](self._settings, self._data, self._running)
            self._post(TestDone(check, count, len(names)))

    def _read_journal(self) -> None:
        with reading(self._journal.directory) as journal:
            entries = list(journal.entries(newest=NEWEST))
        self._post(JournalRead(tuple(reversed(entries))))

    def _verify(self) -> None:
        self._post(JournalVerified(verify(self._journal.directory, self._journal.ring)))

    def _read_day(self) -> None:
        try:
            day = day_in(measures_file(self._data), self._now())
        except (sqlite3.Error, OSError) as error:
            raise MeasuresUnreadable(str(error)) from error
        self._post(DayRead(day))

    def _failed(self, _: Job, error: Exception) -> None:
        self._post(DeskRefused(error.code if isinstance(error, Fault) else StaffFault.code))
