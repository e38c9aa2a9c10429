"""Telling the register of guests: each report once, in order, again until taken, watched by its deadline.

The official interface is local to each city and not public; this port is what an adapter stands behind.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, select, update

from central import alarms
from central.database import Database
from central.departments.hotel_tables import guest_report
from config.faults import Fault
from runtime.periodic import PeriodicTask

log = logging.getLogger(__name__)

EVERY_S = 5.0
LONGEST_RETRY_S = 5.0
AT_ONCE = 100
MOST_FAILURES = 5
"""Stays that fail in one round before the register itself is taken for the cause."""


class RegisterUnreachable(Fault):
    """The register did not accept a report; it is sent again."""

    code = "hotel.register_unreachable"


class ReportFailed(RegisterUnreachable):
    """The register answered, and failed on this report; it is sent again, and other stays go on."""


class ReportRefused(Fault):
    """The register refuses this report for good; the detail is its reason."""

    code = "hotel.report_refused"


class NoSuchReport(Fault):
    code = "hotel.no_such_report"


class FieldUnknown(Fault):
    code = "hotel.report_field_unknown"


class Register(Protocol):
    """``tell`` raises ``RegisterUnreachable``, ``ReportFailed``, ``ReportRefused``. A repeated report has the
    same number, by which the register recognises it."""

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
        super().__init__("register of guests", EVERY_S, random, longest_retry_s=LONGEST_RETRY_S)
        self._database = database
        self._register = register
        self._now = now

    def work(self) -> None:
        self.deliver()

    def deliver(self) -> int:
        """Send the open reports, oldest first; returns how many the register took.

        The reports of one stay keep their order: after one that failed, later ones of the same stay wait.
        Other stays go on. A refused report lies in the inbox until an official sends it again or settles it
        otherwise. A register that cannot be reached ends the round, and so do ``MOST_FAILURES`` stays that
        failed."""
        self._database.write(lambda connection: watch(connection, self._now()))
        register, taken, blocked = self._register, 0, set[int]()
        for report in self._open_reports() if register else ():
            if report.stay in blocked or report.refused_at is not None:
                blocked.add(report.stay)
                continue
            try:
                assert register is not None  # noqa: S101 (asked before)
                register.tell(report.id, report.kind, dict(report.content))
            except ReportRefused as fault:
                log.warning("report %d: %s", report.id, fault)
                self._refuse(report.id, fault.detail)
                blocked.add(report.stay)
                continue
            except ReportFailed as fault:
                log.info("report %d: %s", report.id, fault)
                self._note(report.id, delivered=False)
                blocked.add(report.stay)
                if len(blocked) >= MOST_FAILURES:
                    break
                continue
            except RegisterUnreachable as fault:
                log.info("report %d: %s", report.id, fault)
                self._note(report.id, delivered=False)
                break
            except Exception:
                self._note(report.id, delivered=False)
                raise
            self._note(report.id, delivered=True)
            taken += 1
        return taken

    def _open_reports(self) -> Sequence[Row[Any]]:
        """Open reports in their order; those behind a refused one of their stay do not count against the
        limit."""
        refused = select(guest_report.c.stay).where(guest_report.c.refused_at.is_not(None), _open())
        query = select(guest_report).where(_open(), guest_report.c.stay.not_in(refused))
        with self._database.read() as connection:
            return connection.execute(query.order_by(guest_report.c.id).limit(AT_ONCE)).all()

    def _refuse(self, report: int, reason: str) -> None:
        """Lay a report into the inbox, with an alarm."""

        def refuse(connection: Connection) -> None:
            values = {"refused_at": self._now(), "reason": reason[:200], "tries": guest_report.c.tries + 1}
            mine = guest_report.c.id == report
            connection.execute(update(guest_report).where(mine).values(**values))
            hotel = (
                connection.execute(select(guest_report.c.content).where(mine)).scalar_one().get("hotel", "")
            )
            alarms.raise_alarm(connection, str(hotel), "report_refused", report, reason[:200], self._now())

        self._database.write(refuse)

    def _note(self, report: int, *, delivered: bool) -> None:
        values: dict[str, Any] = {"tries": guest_report.c.tries + 1}
        if delivered:
            values |= {"delivered_at": self._now(), "content": {}, "reason": ""}
        note = update(guest_report).where(guest_report.c.id == report).values(**values)
        self._database.write(lambda connection: connection.execute(note))


def _open() -> ColumnElement[bool]:
    return guest_report.c.delivered_at.is_(None)


def inbox(connection: Connection) -> list[dict[str, str]]:
    """Refused reports, oldest first: number, kind, hotel, registration, room, since when, and the reason. No
    names."""
    query = select(guest_report).where(_open(), guest_report.c.refused_at.is_not(None))
    return [
        {
            "number": str(report.id),
            "kind": report.kind,
            **{name: str(report.content.get(name, "")) for name in ("hotel", "registration", "room")},
            "since": report.refused_at.isoformat(timespec="minutes"),
            "reason": report.reason,
        }
        for report in connection.execute(query.order_by(guest_report.c.id))
    ]


def send_again(connection: Connection, report: int, corrected: Mapping[str, str]) -> None:
    """Send a refused report again, with ``corrected`` fields. Raises ``NoSuchReport``, ``FieldUnknown``."""
    content = _refused(connection, report)
    if unknown := sorted(corrected.keys() - content.keys()):
        raise FieldUnknown(f"{', '.join(unknown)}; a report has {', '.join(sorted(content))}")
    values = {"content": {**content, **corrected}, "refused_at": None, "reason": ""}
    connection.execute(update(guest_report).where(guest_report.c.id == report).values(**values))


def settle(connection: Connection, report: int, reason: str, now: datetime) -> None:
    """End a refused report that was made to the register by other means. Raises ``NoSuchReport``."""
    _refused(connection, report)
    values = {"delivered_at": now, "content": {}, "refused_at": None, "reason": reason[:200]}
    connection.execute(update(guest_report).where(guest_report.c.id == report).values(**values))


def _refused(connection: Connection, report: int) -> dict[str, Any]:
    query = select(guest_report.c.content).where(
        guest_report.c.id == report, guest_report.c.refused_at.is_not(None), _open()
    )
    content: dict[str, Any] | None = connection.execute(query.with_for_update()).scalar()
    if content is None:
        raise NoSuchReport(str(report))
    return content


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
