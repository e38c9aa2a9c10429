"""The settlement of the buses: what riders paid, what is owed, what each funder takes over; text and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, case, func, select

from central.departments.bus import settlement
from central.departments.bus_tables import bus_ride, bus_saving
from domain.money import yuan

COLUMNS = ("day", "line", "product", "funder", "rides", "full_fen", "paid_fen", "owed_fen", "funded_fen")
WIDTHS = (10, 6, 14, 24, 8, 14, 14, 12, 14)
WIDE = "ᄀ"
"""From here on a character takes two columns of a terminal, as far as names of this city go."""


@dataclass(frozen=True, slots=True)
class Total:
    """Each ride counted once, however many funders share its saving. Money in fen."""

    rides: int
    full_fen: int
    paid_fen: int
    funded_fen: int


def total(connection: Connection, first: date, last: date) -> Total:
    """Over days ``first`` to ``last``, both inside."""
    rides = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(bus_ride.c.full_fen), 0),
            func.coalesce(func.sum(bus_ride.c.fen), 0),
        ).where(bus_ride.c.day.between(first, last))
    ).one()
    funded = connection.execute(
        select(func.coalesce(func.sum(bus_saving.c.fen), 0)).where(bus_saving.c.day.between(first, last))
    ).scalar_one()
    return Total(int(rides[0]), int(rides[1]), int(rides[2]), int(funded))


def told(connection: Connection, first: date, last: date) -> Iterator[str]:
    """The settlement as lines of text, in yuan, the total last."""
    yield _line(("day", "line", "product", "funder", "rides", "full", "paid", "owed", "funded"))
    for row in settlement(connection, first, last):
        amounts = [yuan(int(row[name])) for name in COLUMNS[5:]]
        yield _line([str(row[name] or "") for name in COLUMNS[:4]] + [f"{row['rides']:,}", *amounts])
    sum_ = total(connection, first, last)
    yield _line(
        [
            "total",
            "",
            "",
            "",
            f"{sum_.rides:,}",
            yuan(sum_.full_fen),
            yuan(sum_.paid_fen),
            "",
            yuan(sum_.funded_fen),
        ]
    )


def tariffs_told(connection: Connection, first: date, last: date) -> Iterator[str]:
    """Tariffs by which these rides were shown and settled, where there was more than one, or a vehicle that
    had not received a newer one.
    """
    rows = connection.execute(
        select(
            bus_ride.c.tariff,
            func.count().label("rides"),
            func.sum(case((bus_ride.c.outdated, 1), else_=0)).label("outdated"),
        )
        .where(bus_ride.c.day.between(first, last))
        .group_by(bus_ride.c.tariff)
        .order_by(func.min(bus_ride.c.boarded))
    ).all()
    if len(rows) < 2 and not any(row.outdated for row in rows):
        return
    for row in rows:
        late = f", {row.outdated:,} of them when another was in force" if row.outdated else ""
        yield f"tariff {row.tariff[:12] or 'not told'}: {row.rides:,} rides{late}"


def write_csv(connection: Connection, first: date, last: date, file: Path) -> int:
    """Integer fen, UTF-8 with a mark so that spreadsheets read Chinese; gives the rows written. A cell a
    spreadsheet would take for a formula is written as text. Raises ``OSError``; an existing file stays."""
    rows = settlement(connection, first, last)
    with file.open("x", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows([_cell(row, name) for name in COLUMNS] for row in rows)
    return len(rows)


def _cell(row: Mapping[str, Any], name: str) -> str | int:
    value = row[name]
    if isinstance(value, int):
        return value
    text = str(value if value is not None else "")
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _line(cells: Sequence[str]) -> str:
    parts = []
    for number, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True)):
        shown = sum(2 if character >= WIDE else 1 for character in cell)
        space = " " * max(0, width - shown)
        parts.append(space + cell if number >= 4 else cell + space)
    return "  ".join(parts).rstrip()
