"""The table of the GTFS documentation's examples, passed and failed, as docs/fares-gtfs.md shows it.

    python -m tests.unit.terminal.fares.gtfs_table

writes the page anew; a test keeps it current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.unit.terminal.fares.test_gtfs_reference import CITY_FIRST, EXAMPLES, Example, city_first, costs

PAGE = Path(__file__).parents[4] / "docs" / "fares-gtfs.md"
HEAD = """# The GTFS reference's examples, passed and failed

Every example of the [documentation](https://gtfs.org/documentation/schedule/examples/fares-v2/) and every
sentence of the [reference](https://gtfs.org/documentation/schedule/reference/) that says what a journey
costs, each rated by the engine. Amounts are those of a journey's taps, one after the other; – is a fare
GTFS leaves unknown. Written by `python -m tests.unit.terminal.fares.gtfs_table`.

| # | example | GTFS says | the engine says | |
| ---: | --- | --- | --- | --- |
"""
BELOW = """
## Where the city promises more

A transfer never costs more than the leg by itself and never gives money back. Here the engine differs from
GTFS on purpose: the rider pays less than GTFS would charge, or is not paid for riding.

| # | example | GTFS, whole journey | the engine, tap by tap | |
| ---: | --- | --- | --- | --- |
"""


def page() -> str:
    rows = list(_rows())
    passed = sum(row.endswith("passed |") for row in rows)
    differing = list(_differing())
    total = f"\n{passed} of {len(rows)} passed.\n"
    return HEAD + "\n".join(rows) + "\n" + total + BELOW + "\n".join(differing) + "\n"


def _rows() -> Iterator[str]:
    for number, example in enumerate(EXAMPLES, 1):
        found = costs(example)
        word = "passed" if found == example.costs else "**failed**"
        yield f"| {number} | {example.says} | {_amounts(example.costs)} | {_amounts(found)} | {word} |"


def _differing() -> Iterator[str]:
    for number, (says, files, gtfs, _) in enumerate(CITY_FIRST, 1):
        example: Example = city_first(says, files)
        yield f"| {number} | {says} | {_amount(gtfs)} | {_amounts(costs(example))} | differs |"


def _amounts(fens: tuple[int | None, ...]) -> str:
    return ", ".join("–" if fen is None else _amount(fen) for fen in fens)


def _amount(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
