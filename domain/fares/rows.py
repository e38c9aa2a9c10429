"""Reading rows with their mistakes: every field that is wrong is named, and the reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterator, Mapping
from typing import TypeVar

from domain.fares.mistakes import Mistakes
from domain.fares.table import Table, read_table

T = TypeVar("T")

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "routes.txt": ("route_id",),
    "fare_products.txt": ("fare_product_id", "amount", "currency"),
    "fare_leg_rules.txt": ("fare_product_id",),
}
"""Files without which there is no tariff, and their required columns."""

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "stops.txt": ("stop_id",),
    "networks.txt": ("network_id",),
    "route_networks.txt": ("network_id", "route_id"),
    "areas.txt": ("area_id",),
    "stop_areas.txt": ("area_id", "stop_id"),
    "calendar.txt": (
        *("service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("start_date", "end_date"),
    ),
    "calendar_dates.txt": ("service_id", "date", "exception_type"),
    "timeframes.txt": ("timeframe_group_id", "service_id"),
    "rider_categories.txt": ("rider_category_id", "rider_category_name", "is_default_fare_category"),
    "fare_media.txt": ("fare_media_id", "fare_media_type"),
    "fare_transfer_rules.txt": ("fare_transfer_type",),
    "fare_leg_join_rules.txt": ("from_network_id", "to_network_id"),
}


class Files:
    """The files of one feed. What cannot be read is named once and is empty from then on."""

    def __init__(self, untrusted_files: Mapping[str, bytes], mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self._tables: dict[str, Table] = {}
        self._unreadable: set[str] = set()
        for file, columns in {**REQUIRED, **OPTIONAL}.items():
            if file not in untrusted_files:
                if file in REQUIRED:
                    mistakes.add(file, 0, "", "the file is missing", "add it to the tariff's folder")
                continue
            if table := read_table(file, untrusted_files[file], columns, mistakes):
                self._tables[file] = table
            else:
                self._unreadable.add(file)

    def __contains__(self, file: str) -> bool:
        return file in self._tables

    def has(self, file: str, column: str) -> bool:
        return file in self._tables and self._tables[file].has(column)

    def unreadable(self, file: str) -> bool:
        """References to such a file are not judged: that would bury the mistake under others."""
        return file in self._unreadable

    def rows(self, file: str, *columns: str) -> Iterator[tuple[Row, tuple[str, ...]]]:
        if table := self._tables.get(file):
            for line, values in table.select(*columns):
                yield Row(self, file, line), values


class Row:
    """Where a value stands, for saying what is wrong with it."""

    __slots__ = ("_files", "file", "line")

    def __init__(self, files: Files, file: str, line: int) -> None:
        self._files, self.file, self.line = files, file, line

    def wrong(self, column: str, what: str, remedy: str) -> None:
        self._files.mistakes.add(self.file, self.line, column, what, remedy)

    def parsed(self, column: str, text: str, parse: Callable[[str], T], instead: T) -> T:
        """The value; ``instead`` when it is wrong, so that reading goes on."""
        try:
            return parse(text)
        except ValueError as error:
            self.wrong(column, f"{shown(text)} is not understood", str(error))
            return instead

    def present(self, column: str, text: str) -> bool:
        if not text:
            self.wrong(column, "is empty", "fill it in")
        return bool(text)

    def refers(self, column: str, text: str, to: Container[str], where: str) -> None:
        """An empty value refers to nothing. ``where`` is the file and column referred to."""
        if text and text not in to and not self._files.unreadable(where.split(" ")[0]):
            self.wrong(column, f"{shown(text)} is not in {where}", "add it there, or correct it here")

    def once(self, seen: dict[T, int], key: T, column: str) -> bool:
        """Whether the key is new; its first line is remembered in ``seen``."""
        first = seen.setdefault(key, self.line)
        if first != self.line:
            self.wrong(column, f"the same key as in line {first}", "remove one of the two rows")
        return first == self.line


def shown(text: Hashable) -> str:
    """A value from a file, short enough for a message."""
    return repr(text if len(str(text)) <= 40 else f"{str(text)[:40]}…")
