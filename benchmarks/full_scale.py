"""Whether the centre is as quick in a full city as in an empty one.

    python -m benchmarks.full_scale [ONE_IN]        1: the article's 3,928,000 holders, about five minutes

A transaction (a loan and its return, by turns in both cities, so that a busy machine is as busy for both),
and the overview with nothing kept from the time before. By default the city is a fiftieth, so that ``make
bench`` stays short.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure, Timings, figure, timed
from benchmarks.postgresql import postgresql
from central.city.figures import overview
from central.city.folding import fold
from central.city.recount import differences
from central.city.showing import shown
from central.database import Database
from central.scale.article import fill
from central.scale.plan import Plan
from central.seeding import seed
from tests.integration.central.desk import BOOK, Desk

SHORT = 50
ROUNDS, WARM = 300, 20
LOOKS = 20
PERSON = "liu-zhiyong"


def run(one_in: int = SHORT) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    with TemporaryDirectory() as name:
        directory = Path(name)
        with both_on_sqlite(directory) as (full, empty):
            found |= compared("SQLite", full, empty, one_in)
        with both_on_postgresql(directory) as (full, empty):
            found |= compared("PostgreSQL", full, empty, one_in)
    return found


@contextmanager
def both_on_sqlite(directory: Path) -> Iterator[tuple[Database, Database]]:
    with (
        closing(Database(f"sqlite:///{directory / 'full.db'}")) as full,
        closing(Database(f"sqlite:///{directory / 'empty.db'}")) as empty,
    ):
        yield full, empty


@contextmanager
def both_on_postgresql(directory: Path) -> Iterator[tuple[Database, Database]]:
    with postgresql(directory) as url:
        with closing(Database(url)) as first, first.engine.connect() as connection:
            connection.connection.driver_connection.autocommit = True  # type: ignore[union-attr]
            connection.connection.driver_connection.execute("CREATE DATABASE empty")  # type: ignore[union-attr]
        with (
            closing(Database(url)) as full,
            closing(Database(url.removesuffix("postgres") + "empty")) as empty,
        ):
            yield full, empty


def compared(kind: str, full: Database, empty: Database, one_in: int) -> dict[str, Figure]:
    plan, now = Plan(one_in), datetime.now(UTC)
    filled_ms = timed(lambda: fill(full, plan, now, lambda step: print(f"  {step}", file=sys.stderr)))
    empty.write(lambda connection: seed(connection, now))
    desks = Desk(full, now=now), Desk(empty, now=now)
    taken = Timings(), Timings()
    for number in range(WARM + ROUNDS):
        for desk, timings in zip(desks, taken, strict=True):
            for action in ("borrow", "return"):
                made = desk.make(action, BOOK, PERSON)
                ms = timed(lambda desk=desk, made=made: desk.send(made))
                if number >= WARM:
                    timings.add(ms)
    waiting = looks(full)
    while fold(full):
        pass
    fold(full)
    looked = looks(full)
    with full.read() as connection:
        assert list(differences(connection)) == []
    holders = f"{plan.holders:,} holders, {kind}"
    (busy, idle) = taken
    return {
        f"filling {holders}": figure(filled_ms / 1000, "s"),
        f"transaction among {holders}, p50": figure(busy.at(50), "ms", {"empty": idle.at(50)}),
        f"transaction among {holders}, p95": figure(busy.at(95), "ms", {"empty": idle.at(95)}),
        f"overview of {holders}, p50": figure(looked.at(50), "ms", {"not folded": waiting.at(50)}),
        f"overview of {holders}, p95": figure(looked.at(95), "ms", {"not folded": waiting.at(95)}),
    }


def looks(database: Database) -> Timings:
    """From the database to the page's values, nothing kept in between."""
    timings = Timings()

    def look() -> None:
        with database.read() as connection:
            shown(overview(connection, datetime.now(UTC)), "zh")

    for _ in range(LOOKS):
        timings.add(timed(look))
    return timings


if __name__ == "__main__":
    began = time.monotonic()
    for title, row in run(int(sys.argv[1]) if len(sys.argv) > 1 else SHORT).items():
        peers = "  ".join(f"{peer} {value:g}" for peer, value in row["peer"].items())
        print(f"{title:56} {row['value']:>10g} {row['unit']:8} {peers}")
    print(f"{time.monotonic() - began:.0f} s")
