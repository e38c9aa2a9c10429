"""The mistakes of a tariff's files: where each is, what it is, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """``line`` counts from 1, 0 is the whole file; ``column`` is the name of the column or key."""

    file: str
    line: int
    column: str
    what: str
    remedy: str

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line else ""
        column = f" {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: {self.what}; {self.remedy}"


class Mistakes:
    """Collects, so that who wrote the files learns of all at once."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def add(self, file: str, line: int, column: str, what: str, remedy: str) -> None:
        self._found.append(Mistake(file, line, column, what, remedy))

    def __iter__(self) -> Iterator[Mistake]:
        return iter(sorted(self._found))

    def __bool__(self) -> bool:
        return bool(self._found)
