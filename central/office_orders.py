"""Orders of the offices behind the counters, at the centre's own machine: applications decided, queues
called,
attendance lists written out. One order at a time, answered in lines; see ``central.fleet.administration``."""

from __future__ import annotations

import csv
import getpass
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from central.city_of import city_of
from central.departments.catalogue.application import call_next, decide
from central.departments.tables import application, attachment, attendance, gathering
from central.fleet.fleet import Fleet
from central.tables import holder
from config.catalogue.entries import Name
from config.city.city import City
from config.faults import Fault
from domain.masking import mask_name

ATTENDANCE_COLUMNS = ("gathering", "name", "came", "late_minutes", "left", "made_up")


class NoSuchPapers(Fault):
    """No application with this number has photographed papers."""

    code = "application.unknown"


class NoSuchGathering(Fault):
    code = "attendance.nothing_on"


def applications(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    """Applications that wait for an answer, oldest first."""
    waiting = select(application).where(application.c.status == "received").order_by(application.c.answer_by)
    with fleet.database.read() as connection:
        for each in connection.execute(waiting):
            yield f"{each.number}  {each.service:32} answer by {each.answer_by.isoformat()}"


def grant(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``NoSuchApplication``."""
    yield _decided(fleet, words[0], words[1:], granted=True)


def decline(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Raises ``NoSuchApplication``."""
    yield _decided(fleet, words[0], words[1:], granted=False)


def papers(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Write the photographed papers of an application into a directory for the deciding official. Raises
    ``NoSuchPapers``, ``OSError`` where a file is there already.
    """
    number, directory = words
    query = select(attachment).where(attachment.c.application == number).order_by(attachment.c.id)
    with fleet.database.read() as connection:
        found = connection.execute(query).all()
    if not found:
        raise NoSuchPapers(number)
    for each in found:
        file = Path(directory) / f"{each.application}-{each.paper}.jpg"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(each.picture)
        yield f"{each.paper} written to {file}"


def _decided(fleet: Fleet, number: str, words: Sequence[str], *, granted: bool) -> str:
    reason = " ".join(words)[:40]
    service = fleet.database.write(
        lambda connection: decide(
            connection,
            number,
            granted=granted,
            said=Name.model_construct(zh=reason, en=reason),
            by=getpass.getuser(),
            now=fleet.now(),
        )
    )
    return f"{number} ({service}) is {'granted' if granted else 'declined'}"


def call(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """The next number of a window, by its English name."""
    window = " ".join(words)
    today = fleet.database.city.day(fleet.now())
    number = fleet.database.write(lambda connection: call_next(connection, window, today))
    yield f"{window}: nobody waits" if number is None else f"{window}: number {number}, please"


def attendance_list(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    """Write the attendance of a place's newest gathering as CSV. Raises ``NoSuchGathering``, ``OSError``
    where the file is there already.
    """
    place, file = words
    with fleet.database.read() as connection:
        rows = list(attendance_rows(connection, place))
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(ATTENDANCE_COLUMNS)
        writer.writerows(rows)
    yield f"{len(rows)} people written to {file}"


def attendance_rows(connection: Connection, place: str) -> Iterator[tuple[str, ...]]:
    """In the order they came; names masked, times of the city. Raises ``NoSuchGathering``."""
    newest = (
        select(gathering).where(gathering.c.place == place).order_by(gathering.c.starts_at.desc()).limit(1)
    )
    of = connection.execute(newest).one_or_none()
    if of is None:
        raise NoSuchGathering(place)
    came = (
        select(attendance, holder.c.name)
        .join(holder, holder.c.subject == attendance.c.subject)
        .where(attendance.c.gathering == of.id)
        .order_by(attendance.c.came_at, holder.c.name)
    )
    city = city_of(connection)
    for each in connection.execute(came):
        late = str(each.late_minutes) if each.came_at else ""
        made_up = "clerk" if each.made_up_by else ""
        clock = (_clock(city, each.came_at), late, _clock(city, each.left_at), made_up)
        yield (of.title_zh, mask_name(each.name), *clock)


def _clock(city: City, moment: datetime | None) -> str:
    return f"{city.local(moment):%Y-%m-%d %H:%M}" if moment else ""
