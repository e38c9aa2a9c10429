"""Find, read and check the folder of a city.

A city is named (``binzhou``) or given as the path of its folder. Names are looked for in the user's data
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

from config.city.calendar import CityCalendar
from config.city.city import City, CityFile
from config.city.people import check_people
from config.city.reading import Mistakes, read_model, read_toml
from config.city.shelf import Shelf
from config.personas import Persona
from config.settings import SettingsFault
from config.transport_cards import TransportCard

CITY_FILE, CALENDAR_FILE = "city.toml", "calendar.toml"
PERSONAS_FILE, CARDS_FILE, SHELF_FILE = "personas.toml", "transport_cards.toml", "shelf.toml"
SHIPPED = Path(str(resources.files("config"))) / "cities"
SYSTEM = Path("/etc/onecard/cities")


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
    if city is None or mistakes:
        raise CityUnusable(f"{folder}/{each}" for each in mistakes)
    return city


def read_city(folder: Path, mistakes: Mistakes) -> City | None:
    """The city in a folder; None where ``city.toml`` cannot be used. All files are read either way."""
    said = _file(folder, CITY_FILE, CityFile, mistakes)
    calendar = _file(folder, CALENDAR_FILE, CityCalendar, mistakes) or CityCalendar()
    personas = _listed(folder, PERSONAS_FILE, "persona", Persona, mistakes)
    cards = _listed(folder, CARDS_FILE, "card", TransportCard, mistakes)
    shelf = _file(folder, SHELF_FILE, Shelf, mistakes) or Shelf()
    if said is None:
        return None
    check_people(
        said, [each for each, _ in personas], [each for each, _ in cards], _places(personas, cards), mistakes
    )
    shipped = folder.parent == SHIPPED
    return City(
        id=folder.name,
        place=folder.name if shipped else str(folder),
        folder=folder,
        said=said,
        calendar=calendar,
        personas={each.id: each for each, _ in personas},
        transport_cards={each.id: each for each, _ in cards},
        shelf=shelf,
    )


def _places(personas: list[tuple[Persona, int]], cards: list[tuple[TransportCard, int]]) -> dict[str, int]:
    """The line of each person and card by id."""
    return {each.id: line for each, line in (*personas, *cards)}


def _file(folder: Path, name: str, model: Any, mistakes: Mistakes) -> Any:
    path = folder / name
    if not path.is_file():
        if name == CITY_FILE:
            mistakes.add(name, 1, "the file is missing", "write it; onecard city new NAME writes an example")
        return None
    read = read_toml(name, path.read_bytes(), mistakes)
    return read_model(name, *read, model, mistakes) if read else None


def _listed(folder: Path, name: str, table: str, model: Any, mistakes: Mistakes) -> list[tuple[Any, int]]:
    """Every ``[[table]]`` of a file with its line; a city without the file has none."""
    path = folder / name
    if not path.is_file():
        return []
    read = read_toml(name, path.read_bytes(), mistakes)
    if read is None:
        return []
    raw, lines = read
    for key in raw.keys() - {table}:
        mistakes.add(name, lines.of((key,)), f"{key} is no known table", f"write [[{table}]]")
    entries = raw.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        mistakes.add(name, lines.of((table,)), f"{table} is no list of tables", f"write [[{table}]]")
        return []
    found: list[tuple[Any, int]] = [
        (read_model(name, each, lines, model, mistakes, (table, number)), lines.of((table, number)))
        for number, each in enumerate(entries)
    ]
    seen: set[str] = set()
    for each, line in found:
        if each and each.id in seen:
            mistakes.add(name, line, f"{table} {each.id} stands twice", "rename one of both")
        seen |= {each.id} if each else set()
    return [(each, line) for each, line in found if each]
