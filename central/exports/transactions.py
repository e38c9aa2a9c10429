"""Transactions of one department as CSV or Parquet.

A file identifies no person: no names, numbers or subjects, nothing of a transaction's answer but its
amount. ``person`` is the same for the same person within one file and in no other.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from central.city.naming import services_of
from central.city.tables import site
from central.city_of import city_of
from central.tables import received
from config.catalogue.loading import Catalogue
from config.city.city import City
from config.faults import Fault

COLUMNS = (
    "id",
    "service",
    "action",
    "terminal",
    "district",
    "occurred_at",
    "decided_at",
    "outcome",
    "code",
    "accepted_offline",
    "amount_fen",
    "person",
)
AMOUNTS = ("amount_fen", "charged_fen", "own_fen")
"""Where an answer names its amount, the first that is there."""
FORMATS = ("csv", "parquet")
LONGEST_DAYS = 92
AT_ONCE = 10_000
PERSON_DIGITS = 16


class ParquetMissing(Fault):
    """This centre was installed without pyarrow."""

    code = "export.parquet_missing"


class ExportRefused(Fault):
    """A department, days or a format that cannot be; the detail says which."""

    code = "export.refused"


def day_bounds(city: City, first: date, last: date) -> tuple[datetime, datetime]:
    """From the first day's midnight in the city up to the midnight after the last."""
    return city.midnight(first).astimezone(UTC), city.next_midnight(last).astimezone(UTC)


def rows(
    connection: Connection,
    department: str,
    first: date,
    last: date,
    key: bytes,
    known: Catalogue | None = None,
) -> Iterator[dict[str, Any]]:
    """By the day of the decision, oldest first. ``key``: random, new for each file; ``known``: the
    catalogue in force.

    Raises ``ExportRefused``.
    """
    services = services_of(department, known)
    if not services:
        raise ExportRefused(f"no department {department}")
    if not timedelta(0) <= last - first < timedelta(days=LONGEST_DAYS):
        raise ExportRefused(f"days in order, {LONGEST_DAYS} at the most")
    begin, end = day_bounds(city_of(connection), first, last)
    query = (
        select(received, site.c.district)
        .outerjoin(site, site.c.terminal == received.c.terminal)
        .where(received.c.decided_at >= begin, received.c.decided_at < end, received.c.service.in_(services))
        .order_by(received.c.decided_at, received.c.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for row in connection.execute(query):
        yield _minimal(row, key, city_of(connection).zone)


def _minimal(row: Row[Any], key: bytes, zone: ZoneInfo) -> dict[str, Any]:
    answer = row.data if isinstance(row.data, dict) else {}
    amounts = [answer[name] for name in AMOUNTS if isinstance(answer.get(name), int)]
    person = hmac.new(key, row.subject.encode(), hashlib.sha256).hexdigest()[:PERSON_DIGITS]
    return {
        "id": row.id,
        "service": row.service,
        "action": row.action,
        "terminal": row.terminal,
        "district": row.district or "",
        "occurred_at": row.occurred_at.astimezone(zone),
        "decided_at": row.decided_at.astimezone(zone),
        "outcome": row.outcome,
        "code": row.code,
        "accepted_offline": bool(row.accepted_offline),
        "amount_fen": amounts[0] if amounts else None,
        "person": person if row.subject else "",
    }


def write(found: Iterator[dict[str, Any]], file: Path, form: str, zone: ZoneInfo) -> int:
    """Gives the rows written; an existing file stays. ``zone``: of the times in a Parquet file.

    Raises ``ExportRefused``, ``ParquetMissing``, ``OSError``.
    """
    writers: dict[str, Callable[[Iterator[dict[str, Any]], Path], int]] = {
        "csv": _write_csv,
        "parquet": partial(_write_parquet, zone=zone),
    }
    if form not in writers:
        raise ExportRefused(f"a format is one of {', '.join(FORMATS)}")
    return writers[form](found, file)


def _write_csv(found: Iterator[dict[str, Any]], file: Path) -> int:
    """UTF-8 with a mark so that spreadsheets read Chinese; times are RFC 3339."""
    count = 0
    with file.open("x", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for row in found:
            writer.writerow([_cell(row[name]) for name in COLUMNS])
            count += 1
    return count


def _cell(value: object) -> str | int:
    """A cell a spreadsheet would take for a formula is written as text."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case datetime():
            return value.isoformat()
        case None:
            return ""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _write_parquet(found: Iterator[dict[str, Any]], file: Path, zone: ZoneInfo) -> int:
    """Parquet 2.6, zstd; times are points in time with the city's zone."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise ParquetMissing("pip install onecard-terminal[central]") from error
    moment = arrow.timestamp("us", tz=zone.key)
    types = {
        "occurred_at": moment,
        "decided_at": moment,
        "accepted_offline": arrow.bool_(),
        "amount_fen": arrow.int64(),
    }
    schema = arrow.schema(
        [
            arrow.field(name, types.get(name, arrow.string()), nullable=name == "amount_fen")
            for name in COLUMNS
        ]
    )
    count = 0
    with file.open("xb") as out, parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while some := list(islice(found, AT_ONCE)):
            writer.write_table(arrow.Table.from_pylist(some, schema=schema))
            count += len(some)
    return count
