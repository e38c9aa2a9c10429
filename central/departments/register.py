"""Telling the register of guests: each report once, in order, again until taken, watched by its deadline.

The official interface is local to each city and not public; this port is what an adapter stands behind.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, select, update

from central import alarms
from central.database import Database
from central.departments.hotel_tables import guest_report
from config.faults import Fault
from runtime.periodic import PeriodicTask

log = logging.getLogger(__name__)

EVERY_S = 5.0
AT_ONCE = 100


class RegisterUnreachable(Fault):
    """The register did not accept a report; it is sent again."""

    code = "hotel.register_unreachable"


class Register(Protocol):
    """``tell`` raises ``RegisterUnreachable``. A repeated report has the same number, by which the register
    recognises it.
    """

    def tell(self, number: int, kind: str, content: dict[str, Any]) -> None: ...


class FileDrop:
    """A folder another program empties: one file a report, complete as soon as it has its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def tell(self, number: int, kind: str, content: dict[str, Any]) -> None:
        target = self._folder / f"{number:010d}-{kind}.json"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = target.with_suffix(".part")
            with unfinished.open("w", encoding="utf-8") as file:
                json.dump({"number": number, "kind": kind, **content}, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
        except OSError as error:
            raise RegisterUnreachable(error.strerror or "the folder cannot be written") from error


def register_of(address: str) -> Register | None:
    """``file:/folder`` or an HTTP address; None for an empty one: reports wait."""
    if not address:
        return None
    if address.startswith("file:"):
        return FileDrop(Path(address.removeprefix("file:")))
    from central.departments.register_http import HttpRegister  # loads what few centres need

    return HttpRegister(address)


class RegisterDelivery(PeriodicTask):
    """Reports what is open. ``deliver`` is one round. ``random`` gives 0 to 1.

    The content of a report is deleted here once the register took it.
    """

    def __init__(
        self,
        database: Database,
        register: Register | None,
        now: Callable[[], datetime],
        random: Callable[[], float] = lambda: 0.5,
    ) -> None:
        super().__init__("register of guests", EVERY_S, random)
        self._database = database
        self._register = register
        self._now = now

    def work(self) -> None:
        self.deliver()

    def deliver(self) -> int:
        """Tells what is open, oldest first, up to the first that is not taken; returns how many were."""
        self._database.write(lambda connection: watch(connection, self._now()))
        told = 0
        with self._database.read() as connection:
            open_reports = connection.execute(
                select(guest_report)
                .where(guest_report.c.delivered_at.is_(None))
                .order_by(guest_report.c.id)
                .limit(AT_ONCE)
            ).all()
        for report in open_reports if self._register else ():
            try:
                self._register.tell(report.id, report.kind, dict(report.content))  # type: ignore[union-attr]
            except RegisterUnreachable as fault:
                log.info("report %d: %s", report.id, fault)
                self._note(report.id, delivered=False)
                break
            except Exception:
                self._note(report.id, delivered=False)
                raise
            self._note(report.id, delivered=True)
            told += 1
        return told

    def _note(self, report: int, *, delivered: bool) -> None:
        values: dict[str, Any] = {"tries": guest_report.c.tries + 1}
        if delivered:
            values |= {"delivered_at": self._now(), "content": {}}
        note = update(guest_report).where(guest_report.c.id == report).values(**values)
        self._database.write(lambda connection: connection.execute(note))


def watch(connection: Connection, now: datetime) -> int:
    """Raises an alarm for each report that is open past its deadline; returns how many there are."""
    late = connection.execute(
        select(guest_report.c.id, guest_report.c.content).where(
            guest_report.c.delivered_at.is_(None), guest_report.c.due_at < now
        )
    ).all()
    for report in late:
        hotel = str(report.content.get("hotel", ""))
        alarms.raise_alarm(connection, hotel, "register_overdue", report.id, f"report {report.id}", now)
    return len(late)
