"""Checks of the files of a city that the centre alone reads: library rules and what departments know."""

from __future__ import annotations

from typing import Any

from central.departments.library_rules import LibraryRules
from config.catalogue.loading import catalogue
from config.city.city import City
from config.city.reading import Mistakes, read_model, read_toml

LIBRARY_FILE, DEPARTMENTS_FILE, SHELF_FILE = "library.toml", "departments.toml", "shelf.toml"
NEEDED = {
    "account": (),
    "due": ("fund", "fen", "period"),
    "fund": ("fund", "balance_fen"),
    "bill": ("number", "biller", "title", "fen", "due_in_days"),
    "medical_bill": ("title", "total_fen", "excluded_fen"),
    "contribution": ("title", "year", "fen"),
    "gathering": ("place", "title", "starts_in_minutes", "lasts_minutes"),
    "slot": ("venue", "names", "days", "quota"),
    "ticket": ("venue", "slot"),
    "category": ("categories",),
    "staff": ("role",),
    "hotel_house": ("hotel", "closing"),
    "hotel_room": ("hotel", "rooms", "beds", "wifi"),
    "hotel_reservation": ("number", "hotel", "room", "nights", "guests"),
    "entitlement": ("kind",),
}
"""Tables of ``departments.toml`` with the keys each must have."""
IMPERSONAL = {"gathering", "slot", "hotel_house", "hotel_room"}
"""Tables that are about no person."""


def check(city: City, mistakes: Mistakes) -> None:
    """Add what is wrong in the library's rules, the departments' data and the shelf."""
    _check_library(city, mistakes)
    _check_departments(city, mistakes)
    _check_shelf(city, mistakes)


def _check_library(city: City, mistakes: Mistakes) -> None:
    content = city.file(LIBRARY_FILE)
    if content is None:
        mistakes.add(LIBRARY_FILE, 1, "the file is missing", "write it with at least one [[patron_type]]")
        return
    read = read_toml(LIBRARY_FILE, content, mistakes)
    if read:
        read_model(LIBRARY_FILE, *read, LibraryRules, mistakes)


def _check_departments(city: City, mistakes: Mistakes) -> None:
    content = city.file(DEPARTMENTS_FILE)
    read = read_toml(DEPARTMENTS_FILE, content, mistakes) if content is not None else None
    if read is None:
        return
    raw, lines = read
    for table, entries in raw.items():
        if table not in NEEDED:
            what = f"{table} is no known table"
            mistakes.add(DEPARTMENTS_FILE, lines.of((table,)), what, f"write one of {', '.join(NEEDED)}")
            continue
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            for key, what, remedy in _wrong_in(city, table, entry):
                line = lines.of((table, number, key))
                mistakes.add(DEPARTMENTS_FILE, line, f"{table} {number + 1}: {what}", remedy)


def _wrong_in(city: City, table: str, entry: Any) -> list[tuple[str, str, str]]:
    if not isinstance(entry, dict):
        return [("", "is no table", f"write [[{table}]]")]
    found = [(key, f"{key} is missing", f"add {key} = …") for key in NEEDED[table] if key not in entry]
    if table == "due" and not (entry.keys() & {"title", "subsidy"}):
        found.append(("title", "title is missing", "add title or subsidy"))
    subsidy = entry.get("subsidy")
    if subsidy is not None and subsidy not in catalogue().subsidies:
        found.append(("subsidy", f"subsidy {subsidy!r} is not in the catalogue", "write the id of one"))
    person = entry.get("persona")
    if table not in IMPERSONAL and person not in city.personas:
        found.append(("persona", f"persona {person!r} is none of personas.toml", "write the id of one"))
    return found


def _check_shelf(city: City, mistakes: Mistakes) -> None:
    content = city.file(SHELF_FILE)
    read = read_toml(SHELF_FILE, content, Mistakes()) if content is not None else None
    if read is None:
        return
    _, lines = read

    def wrong(table: str, number: int, key: str, what: str, remedy: str) -> None:
        mistakes.add(SHELF_FILE, lines.of((table, number, key)), f"{table} {number + 1}: {what}", remedy)

    barcodes = [each.barcode for each in city.shelf.copies]
    ids = [each.id for each in city.shelf.copies]
    for number, copy in enumerate(city.shelf.copies):
        if barcodes.index(copy.barcode) < number:
            wrong("copy", number, "barcode", f"barcode {copy.barcode} stands twice", "correct one of both")
        if ids.index(copy.id) < number:
            wrong("copy", number, "id", f"copy {copy.id} stands twice", "rename one of both")
        if copy.lent_to and copy.lent_to not in city.personas:
            what = f"it is lent to {copy.lent_to!r}, who is none of personas.toml"
            wrong("copy", number, "lent_to", what, "write the id of one, or leave lent_to out")
    for number, hold in enumerate(city.shelf.holds):
        if hold.barcode not in barcodes:
            wrong("hold", number, "barcode", f"there is no copy {hold.barcode!r}", "write a copy's barcode")
        if hold.persona not in city.personas:
            what = f"{hold.persona!r} is none of personas.toml"
            wrong("hold", number, "persona", what, "write the id of one")
    for number, patron in enumerate(city.shelf.patrons):
        if patron.persona not in city.personas:
            what = f"{patron.persona!r} is none of personas.toml"
            wrong("patron", number, "persona", what, "write the id of one")
