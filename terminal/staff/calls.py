"""Calls to the staff: sent to the house and to the centre, answered by a named person, on record.

    touch ─▶ on the staff record ─▶ the house's program (webhook) ─▶ "answered by" ─▶ the screen names them
               └─▶ the next state report to the centre, at once       a clerk signs in here ─▶ the same
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from config.faults import Fault
from runtime.task import Task
from runtime.worker import Worker
from terminal.staff.account import Member, Role
from terminal.staff.audit import Act
from terminal.visit.events import StaffAnswered

ANSWER_S = 55.0
NOBODY = Member(0, "", Role.CLERK)

log = logging.getLogger(__name__)

Ring = Callable[[datetime], str]
"""Sends a call of that moment to the house; the name of who answered, empty without one. Raises ``Fault``."""


class StaffRecord(Protocol):
    def note(self, act: Act, member: Member, detail: str = "") -> None: ...


class StaffCalls:
    """``ring`` is None where the house has no program for calls. ``hurry`` sends the state report now."""

    def __init__(
        self,
        ring: Ring | None,
        record: StaffRecord,
        now: Callable[[], datetime],
        post: Callable[[StaffAnswered], None],
        hurry: Callable[[], None],
    ) -> None:
        self._ring = ring
        self._record = record
        self._now = now
        self._post = post
        self._hurry = hurry
        self._worker: Worker[Callable[[], None]] = Worker("staff calls", lambda job: job())
        self.tasks: tuple[Task, ...] = (self._worker,)
        self.since: datetime | None = None
        """Since when a person waits for the staff; None while no call is out."""

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        self._worker.stop()

    def call(self) -> None:
        """Send a call. Returns at once; ``StaffAnswered`` follows when somebody answers."""
        self.since = called_at = self._now()
        self._hurry()
        self._record.note(Act.STAFF_CALLED, NOBODY)
        self._worker.put(lambda: self._send(called_at))

    def end(self, answered_by: str) -> None:
        """The call is over. ``answered_by``: the person who came, empty without one."""
        if self.since is None:
            return
        self.since = None
        self._hurry()
        self._record.note(Act.STAFF_ANSWERED if answered_by else Act.STAFF_CALL_ENDED, NOBODY, answered_by)

    def _send(self, called_at: datetime) -> None:
        if self._ring is None:
            return
        try:
            name = self._ring(called_at)
        except Fault as fault:
            log.warning("staff call: %s", fault)
            return
        if name and self.since == called_at:
            self._post(StaffAnswered(name))
