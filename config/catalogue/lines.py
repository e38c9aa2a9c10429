"""Places of values in a TOML file, so that a mistake is named with its line.

``tomllib`` gives values without places. This finds the place again by the headers and keys of the text;
it never decides what a value is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
KEY = re.compile(r"^\s*([\w-]+)\s*=")
INLINE = re.compile(r"^\s*\{")

Place = Sequence[str | int]


@dataclass(slots=True)
class _Table:
    """One table of the file: the line of its header, its keys with the lines they begin and end on."""

    header: int
    keys: dict[str, list[int]] = field(default_factory=dict)


class Lines:
    """The lines of one file, counted from 1."""

    def __init__(self, content: str) -> None:
        self._content = content.splitlines()
        self._tables: dict[tuple[str, int], _Table] = {("", 0): _Table(1)}
        self._read()

    def _read(self) -> None:
        current, key = self._tables["", 0], ""
        counts: dict[str, int] = {}
        for number, line in enumerate(self._content, 1):
            if header := HEADER.match(line):
                name = header[2]
                within, _, last = name.rpartition(".")
                if within in counts:
                    self._tables[within, counts[within]].keys[last] = [number, number]
                position = counts.get(name, -1) + 1 if header[1] == "[[" or within else 0
                counts[name] = position
                current, key = self._tables.setdefault((name, position), _Table(number)), ""
            elif found := KEY.match(line):
                key = found[1]
                current.keys.setdefault(key, [number, number])
            elif key and line.strip() and not line.lstrip().startswith("#"):
                current.keys[key][1] = number

    def of(self, place: Place) -> int:
        """The line of what stands there, or of the nearest thing round it that is written down."""
        if not place:
            return 1
        name = str(place[0])
        numbered = len(place) > 1 and isinstance(place[1], int)
        table = self._tables.get((name, int(place[1]) if numbered else 0))
        if table is None:
            return self._at_top(place)
        return self._in(table, place[2:] if numbered else place[1:])

    def naming(self, text: str, otherwise: int) -> int:
        """The last line on which this text stands outside a comment, or ``otherwise``."""
        found = [
            number
            for number, line in enumerate(self._content, 1)
            if text in line and not line.lstrip().startswith("#")
        ]
        return found[-1] if found else otherwise

    def _at_top(self, place: Place) -> int:
        top = self._tables["", 0]
        return self._in(top, place) if str(place[0]) in top.keys else 1

    def _in(self, table: _Table, rest: Place) -> int:
        for at, part in enumerate(rest):
            if isinstance(part, str) and part in table.keys:
                first, last = table.keys[part]
                return self._element(first, last, rest[at + 1 :])
        return table.header

    def _element(self, first: int, last: int, rest: Place) -> int:
        """The line of an element of an array that is written with one inline table a line."""
        wanted = next((part for part in rest if isinstance(part, int)), None)
        if wanted is None:
            return first
        elements = [
            number for number in range(first + 1, last + 1) if INLINE.match(self._content[number - 1])
        ]
        return elements[wanted] if wanted < len(elements) else first
