"""A GTFS file as a table: rows with their line numbers, columns by name.

GTFS Schedule reference, "File requirements": UTF-8, an optional byte order mark, one header row, fields
quoted as in RFC 4180. Rows that end early have empty fields; a column that is missing is empty in every row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from domain.fares.mistakes import Mistakes


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are (line, fields); every row is as wide as the header."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]

    def has(self, column: str) -> bool:
        return column in self.columns

    def select(self, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(line, the named fields) of every row; a missing column reads as empty."""
        width = len(self.columns)
        places = [self.columns.index(name) if name in self.columns else width for name in names]
        for line, fields in self.rows:
            padded = [*fields, ""]
            yield line, tuple([padded[place] for place in places])


def read_table(
    file: str, untrusted_content: bytes, required: tuple[str, ...], mistakes: Mistakes
) -> Table | None:
    """The table, or None when it cannot be read; what is wrong with it is added to ``mistakes``."""
    text = decoded(file, untrusted_content, mistakes)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not any(header):
            mistakes.add(
                file, 1, "", "the file has no header row", "write the names of the columns in line 1"
            )
            return None
        rows = tuple(_rows(file, reader, len(header), mistakes))
    except csv.Error as error:
        mistakes.add(file, reader.line_num, "", f"not readable as CSV ({error})", "correct the quoting")
        return None
    if not _header_is_sound(file, header, required, mistakes):
        return None
    return Table(file, tuple(header), rows)


def decoded(file: str, untrusted_content: bytes, mistakes: Mistakes) -> str | None:
    try:
        return untrusted_content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = untrusted_content.count(b"\n", 0, error.start) + 1
        mistakes.add(file, line, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        return None


def _rows(
    file: str, reader: Iterator[list[str]], width: int, mistakes: Mistakes
) -> Iterator[tuple[int, list[str]]]:
    number = 1
    for fields in reader:
        line, number = number + 1, reader.line_num  # type: ignore[attr-defined]
        if not any(fields):
            continue
        if len(fields) > width:
            what = f"{len(fields)} fields under a header of {width}"
            mistakes.add(file, line, "", what, "quote a field that holds a comma")
            continue
        padding = [""] * (width - len(fields))
        yield line, [*map(str.strip, fields), *padding]


def _header_is_sound(file: str, header: list[str], required: tuple[str, ...], mistakes: Mistakes) -> bool:
    missing = [name for name in required if name not in header]
    doubled = {name for name in header if name and header.count(name) > 1}
    for name in missing:
        mistakes.add(file, 1, name, "the column is missing", "add it to the header and to every row")
    for name in sorted(doubled):
        mistakes.add(file, 1, name, "the column stands twice in the header", "remove one of the two")
    return not missing and not doubled
