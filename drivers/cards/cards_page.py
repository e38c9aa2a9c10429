"""The tables of docs/cards.md, made from the code: ``python -m drivers.cards.cards_page`` renews them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from drivers.cards.social_security_files import FIELDS, Field
from drivers.cards.status_word import StatusWord

BEGIN, END = "<!-- begin {}: made by drivers.cards.cards_page -->", "<!-- end {} -->"


def field_tables(fields: Iterable[Field] = FIELDS) -> str:
    """One table a file, with the worked example of each record."""
    return "\n\n".join(
        f"**EF{file & 0xFF:02X}** ({rows[0].source})\n\n{_table(rows)}"
        for file, rows in ((file, list(group)) for file, group in groupby(fields, lambda field: field.file))
    )


def _table(fields: list[Field]) -> str:
    head = [
        "| record | tag | name | 名称 | bytes | format | example record | reads as |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows = [
        f"| {field.record} | {field.tag:02X} | `{field.name}` | {field.title} | {field.size} "
        f"| {field.format.value} | `{_shortened(field.example[0])}` | {field.example[1]} |"
        for field in fields
    ]
    return "\n".join(head + rows)


def _shortened(digits: str) -> str:
    return digits if len(digits) <= 40 else f"{digits[:28]}…{digits[-4:]}"


def status_table() -> str:
    rows = [f"| {word.value:04X} | {word.meaning} |" for word in StatusWord]
    ranges = [
        "| 61xx | xx more bytes to fetch (dealt with below the application) |",
        "| 6Cxx | wrong expected length, xx is right (dealt with below the application) |",
        "| 63Cx | wrong secret, x tries left |",
    ]
    return "\n".join(["| word | meaning |", "|---|---|", *rows, *ranges])


TABLES = {"files": field_tables, "status words": status_table}


def renewed(page: str) -> str:
    """The page with its tables generated again; ``ValueError`` when it lacks the place for one."""
    for name, table in TABLES.items():
        begin, end = BEGIN.format(name), END.format(name)
        before, opening, rest = page.partition(begin)
        _, closing, after = rest.partition(end)
        if not (opening and closing):
            raise ValueError(f"the page has no place for {name}")
        page = f"{before}{begin}\n\n{table()}\n\n{end}{after}"
    return page


if __name__ == "__main__":
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/cards.md")
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
