"""Find, read and check the folder of a city.

A city is named or given as the path of its folder. Names are looked for in the user's data
folder, in ``/etc/onecard/cities`` and among the shipped ones, in this order.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from config.catalogue.entries import Name
from config.catalogue.lines import Lines
from config.city.calendar import CityCalendar
from config.city.city import City, CityFile, District
from config.city.people import check_cards, check_people, check_places
from config.city.reading import Mistakes, read_model, read_toml
from config.city.shelf import Shelf
from config.personas import Persona
from config.settings import SettingsFault
from config.transport_cards import TransportCard

CITY_FILE, CALENDAR_FILE = "city.toml", "calendar.toml"
PERSONAS_FILE, CARDS_FILE, SHELF_FILE = "personas.toml", "transport_cards.toml", "shelf.toml"
SHIPPED = Path(str(resources.files("config"))) / "cities"
SYSTEM = Path("/etc/onecard/cities")
STAND_IN = CityFile(
    name=Name(zh="-", en="-"),
    region="110000",
    transport_code="0000",
    zone="UTC",
    district=(District(code="110000", zh="-", en="-"),),
)
"""In the place of a ``city.toml`` with mistakes, so that the other files are checked too."""


class CityUnusable(SettingsFault):
    """``mistakes``: sentences with file and line."""

    code = "city.unusable"

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class CityUnknown(SettingsFault):
    """There is no city of this name."""

    code = "city.unknown"


def user_cities(environment: Mapping[str, str]) -> Path:
    """Where an operator's cities are kept for this user."""
    data = Path(environment.get("XDG_DATA_HOME") or "~/.local/share")
    return (data / "onecard" / "cities").expanduser()


def default_city() -> str:
    """The name of the city that is served where no other is named."""
    return str(tomllib.loads((SHIPPED / "default.toml").read_text(encoding="utf-8"))["city"])


def folder_of_city(named: str, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of a city by its name or path; empty: the default one. Raises ``CityUnknown``."""
    named = named or default_city()
    if "/" in named or named in (".", ".."):
        path = Path(named).expanduser()
        if not path.is_dir():
            raise CityUnknown(f"{named}: no such folder; write one with: onecard city new NAME")
        return path
    homes = (user_cities(environment), SYSTEM, SHIPPED)
    found = next((home / named for home in homes if (home / named).is_dir()), None)
    if found is None and (Path(named) / CITY_FILE).is_file():
        found = Path(named)
    if found is None:
        known = ", ".join(name for name, _ in known_cities(environment))
        raise CityUnknown(f"no city {named!r}; there are: {known}; or write the path of its folder")
    return found


def known_cities(environment: Mapping[str, str] = os.environ) -> list[tuple[str, Path]]:
    """Names and folders of the cities there are; of two with one name, the one that is found first."""
    found: dict[str, Path] = {}
    for home in (user_cities(environment), SYSTEM, SHIPPED):
        for each in sorted(home.glob(f"*/{CITY_FILE}")):
            found.setdefault(each.parent.name, each.parent)
    return sorted(found.items())


def load_city(named: str = "", environment: Mapping[str, str] = os.environ) -> City:
    """The city of this name or path. Raises ``CityUnknown``, ``CityUnusable`` with every mistake."""
    return _loaded(folder_of_city(named, environment).absolute())


@lru_cache(maxsize=16)
def _loaded(folder: Path) -> City:
    mistakes = Mistakes()
    city = read_city(folder, mistakes)
    if mistakes:
        raise CityUnusable(f"{folder}/{each}" for each in mistakes)
    return city


def read_city(folder: Path, mistakes: Mistakes) -> City:
    """The city in a folder as far as it can be read. With mistakes it is for further checks only: what could
    not be read is left out, and the codes are those of ``STAND_IN``."""
    raw, said, lines = _file(folder, CITY_FILE, CityFile, mistakes)
    check_places(raw, lines, mistakes)
    _, calendar, _ = _file(folder, CALENDAR_FILE, CityCalendar, mistakes)
    _, shelf, _ = _file(folder, SHELF_FILE, Shelf, mistakes)
    personas, places = _listed(folder, PERSONAS_FILE, "persona", Persona, mistakes)
    check_people(said, personas, places, mistakes)
    cards, places = _listed(folder, CARDS_FILE, "card", TransportCard, mistakes)
    check_cards(said, cards, personas, places, mistakes)
    return City(
        id=folder.name,
        place=folder.name if folder.parent == SHIPPED else str(folder),
        folder=folder,
        said=said or STAND_IN,
        calendar=calendar or CityCalendar(),
        personas={each.id: each for _, each in personas},
        transport_cards={each.id: each for _, each in cards},
        shelf=shelf or Shelf(),
    )


def _file(folder: Path, name: str, model: Any, mistakes: Mistakes) -> tuple[dict[str, Any], Any, Lines]:
    """Raw values, the model (None where it cannot be made), and the lines of a file."""
    path = folder / name
    if not path.is_file():
        if name == CITY_FILE:
            mistakes.add(name, 1, "the file is missing", "write it; onecard city new NAME writes an example")
        return {}, None, Lines("")
    read = read_toml(name, path.read_bytes(), mistakes)
    if read is None:
        return {}, None, Lines("")
    raw, lines = read
    return raw, read_model(name, raw, lines, model, mistakes), lines


def _listed(
    folder: Path, name: str, table: str, model: Any, mistakes: Mistakes
) -> tuple[list[tuple[int, Any]], Lines]:
    """Every ``[[table]]`` of a file that can be read, with its number; a city without the file has none."""
    path = folder / name
    read = read_toml(name, path.read_bytes(), mistakes) if path.is_file() else None
    if read is None:
        return [], Lines("")
    raw, lines = read
    for key in raw.keys() - {table}:
        mistakes.add(name, lines.of((key,)), f"{key} is no known table", f"write [[{table}]]")
    entries = raw.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        mistakes.add(name, lines.of((table,)), f"{table} is no list of tables", f"write [[{table}]]")
        return [], lines
    found = [
        (number, read_model(name, each, lines, model, mistakes, (table, number)))
        for number, each in enumerate(entries)
    ]
    return [(number, each) for number, each in found if each], lines
