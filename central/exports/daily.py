"""The settlement of one day: payments of and to each department and funder, for their own books.

Each day is settled once, after it is over, and its file is the same whenever it is written again. A change
afterwards (a ride that arrives late, a payment taken back) stands in a later file as a correction of its
day. The hash total of a line is the sum of its transactions' hashes modulo 2^64: the same
transactions give the same number, in any order.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, case, exists, func, insert, literal, select

from central.city.naming import department_of
from central.city_of import city_of
from central.departments.bus_tables import bus_ride, bus_saving
from central.departments.published import catalogue_in_force
from central.departments.saga_tables import fund_movement
from central.departments.tables import due, medical_bill, posting
from central.exports.tables import settled_day, settled_line
from central.exports.transactions import day_bounds
from central.tables import received
from config.faults import Fault

CORRECTED_FOR = timedelta(days=35)
"""Days older than this are settled for good."""
MODULUS = 1 << 64
COLUMNS = ("record", "day", "department", "service", "party", "way", "times", "fen", "hash_total")


class DayNotOver(Fault):
    """A day is settled when nothing can be booked on it any more."""

    code = "export.day_not_over"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """``way``: ``account`` (to the person, negative from the person), ``cash`` paid at a counter, ``fare``
    paid by riders (negative), ``owed`` fares not yet paid (negative), ``funded`` and ``insured`` what
    ``party`` takes over."""

    department: str
    service: str
    party: str
    way: str


@dataclass(frozen=True, slots=True)
class Sum:
    times: int = 0
    fen: int = 0
    hashes: int = 0

    def with_one(self, id: str, fen: int) -> Sum:
        return Sum(self.times + 1, self.fen + fen, (self.hashes + hash_of(id)) % MODULUS)

    def less(self, other: Sum) -> Sum:
        return Sum(self.times - other.times, self.fen - other.fen, (self.hashes - other.hashes) % MODULUS)

    def plus(self, other: Sum) -> Sum:
        return Sum(self.times + other.times, self.fen + other.fen, (self.hashes + other.hashes) % MODULUS)


@dataclass(frozen=True, slots=True)
class Line:
    day: date
    key: Key
    sum: Sum


def hash_of(id: str) -> int:
    """The first 64 bits of SHA-256 of a transaction's id."""
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:8], "big")


def computed(connection: Connection, day: date) -> dict[Key, Sum]:
    """The day from its rows: what was decided on it and stands."""
    begin, end = day_bounds(city_of(connection), day, day)
    of_day = (
        received.c.decided_at >= begin,
        received.c.decided_at < end,
        received.c.outcome == "confirmed",
    )
    found: dict[Key, Sum] = {}
    known = catalogue_in_force(connection)
    for query in _queries():
        rows = connection.execute(query.where(*of_day).execution_options(yield_per=10_000))
        for service, party, way, id, fen in rows:
            key = Key(department_of(service, known), service, party, way)
            found[key] = found.get(key, Sum()).with_one(id, int(fen))
    return found


def _queries() -> Iterator[Select[Any]]:
    """Service, party, way, the transaction's id, fen; one for each kind of money."""
    service, id = received.c.service, received.c.id
    moved = posting.c.by == id
    yield (
        select(service, posting.c.kind, literal("account"), id, posting.c.fen)
        .join(posting, moved)
        .where(posting.c.kind != "taken-back", service != "bus")
    )
    yield (
        select(
            service, func.coalesce(func.nullif(due.c.subsidy, ""), due.c.fund), literal("cash"), id, due.c.fen
        )
        .join(due, due.c.paid_by == id)
        .where(~exists(select(posting.c.id).where(moved)))
    )
    yield (
        select(service, fund_movement.c.fund, literal("cash"), id, fund_movement.c.fen)
        .join(fund_movement, fund_movement.c.by == id)
        .where(fund_movement.c.taken_back.is_(False), ~exists(select(posting.c.id).where(moved)))
    )
    ridden = bus_ride.c.by == id
    paid = case((bus_ride.c.charged, literal("fare")), else_=literal("owed"))
    yield select(service, literal("riders"), paid, id, -bus_ride.c.fen).join(bus_ride, ridden)
    funder = case((bus_saving.c.funder == "", literal("operator")), else_=bus_saving.c.funder)
    yield (
        select(service, funder, literal("funded"), id, bus_saving.c.fen)
        .join(bus_ride, ridden)
        .join(bus_saving, bus_saving.c.ride == bus_ride.c.id)
    )
    yield (
        select(service, literal("medical-insurance"), literal("insured"), id, medical_bill.c.insured_fen)
        .join(medical_bill, medical_bill.c.settled_by == id)
        .where(medical_bill.c.insured_fen.is_not(None))
    )


def settle(connection: Connection, day: date, now: datetime) -> list[Line]:
    """Settle a day, with the corrections of earlier days; a settled day is read again.

    Raises ``DayNotOver``.
    """
    if day >= now.astimezone(city_of(connection).zone).date():
        raise DayNotOver(day.isoformat())
    if connection.execute(select(settled_day).where(settled_day.c.day == day)).first() is None:
        connection.execute(insert(settled_day).values(day=day, told_at=now))
        query = select(settled_day.c.day).where(
            settled_day.c.day < day, settled_day.c.day >= day - CORRECTED_FOR
        )
        for each in (*sorted(connection.execute(query).scalars()), day):
            _tell(connection, each, day)
    return told(connection, day)


def _tell(connection: Connection, day: date, in_file: date) -> None:
    """Write down the unsettled rows of a day."""
    before = _told_of(connection, day)
    now = computed(connection, day)
    for key in sorted(before.keys() | now.keys()):
        difference = now.get(key, Sum()).less(before.get(key, Sum()))
        if difference != Sum():
            connection.execute(
                insert(settled_line).values(
                    in_file=in_file,
                    day=day,
                    department=key.department,
                    service=key.service,
                    party=key.party,
                    way=key.way,
                    times=difference.times,
                    fen=difference.fen,
                    hash_total=f"{difference.hashes:016x}",
                )
            )


def _told_of(connection: Connection, day: date) -> Mapping[Key, Sum]:
    found: dict[Key, Sum] = {}
    for row in connection.execute(select(settled_line).where(settled_line.c.day == day)):
        line = _line_of(row)
        found[line.key] = found.get(line.key, Sum()).plus(line.sum)
    return found


def told(connection: Connection, day: date) -> list[Line]:
    """The lines of a day's file, corrections of earlier days last."""
    rows = connection.execute(select(settled_line).where(settled_line.c.in_file == day))
    return sorted((_line_of(row) for row in rows), key=lambda line: (line.day != day, line.day, line.key))


def _line_of(row: Any) -> Line:
    key = Key(row.department, row.service, row.party, row.way)
    return Line(row.day, key, Sum(row.times, row.fen, int(row.hash_total, 16)))


def as_csv(day: date, lines: list[Line]) -> str:
    """``line`` and ``correction`` records, then a ``total`` with the sums and the SHA-256 of all above."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    whole = Sum()
    for line in lines:
        record = "line" if line.day == day else "correction"
        key, sum_ = line.key, line.sum
        whole = whole.plus(sum_)
        writer.writerow(
            (
                *(record, line.day.isoformat(), key.department, key.service, key.party, key.way),
                *(sum_.times, sum_.fen, f"{sum_.hashes:016x}"),
            )
        )
    digest = hashlib.sha256(out.getvalue().encode()).hexdigest()
    writer.writerow(
        ("total", day.isoformat(), len(lines), "", "", digest, whole.times, whole.fen, f"{whole.hashes:016x}")
    )
    return out.getvalue()


def is_whole(content: str) -> bool:
    """Whether a file is as it was written."""
    above, _, last = content.rstrip("\n").rpartition("\n")
    cells = next(csv.reader([last]), [])
    digest = hashlib.sha256(f"{above}\n".encode()).hexdigest()
    return len(cells) == len(COLUMNS) and cells[0] == "total" and cells[5] == digest


def write(day: date, lines: list[Line], directory: Path) -> Path:
    """``settlement-2026-11-23.csv``, whole or not there. Raises ``OSError``."""
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / f"settlement-{day.isoformat()}.csv"
    unfinished = file.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as out:
        out.write(as_csv(day, lines))
        out.flush()
        os.fsync(out.fileno())
    unfinished.rename(file)
    return file
