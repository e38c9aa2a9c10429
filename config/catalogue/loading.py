"""Reading the catalogue's files; every mistake is named with its file and line, all of them at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import ValidationError

from config.catalogue.entries import AnyEntry, Department, File, Subsidy
from config.catalogue.lines import Lines
from config.catalogue.mistakes import place_of
from config.catalogue.mistakes import said as said_of
from config.settings import SettingsFault

WITH_RULES = ("library", "hotel", "bus")
"""Services with rules of their own beside those of the catalogue."""
AT_COUNTER = "catalogue:"
"""Before the name of a kind of counter: all services of the catalogue at it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All services by id, in the order of the files, each with its department."""

    services: Mapping[str, AnyEntry]
    departments: Mapping[str, Department]
    department_of: Mapping[str, str]
    subsidies: Mapping[str, Subsidy]

    def unknown(self, services: Sequence[str]) -> list[str]:
        """The names of a profile's ``services`` that no terminal could offer."""
        counters = {counter for entry in self.services.values() for counter in entry.counters}
        known = {*WITH_RULES, *self.services, *(f"{AT_COUNTER}{counter}" for counter in counters)}
        return [name for name in services if name not in known]


class CatalogueInvalid(SettingsFault):
    """``mistakes`` are sentences with file and line."""

    code = "settings.catalogue"

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = tuple(mistakes)


def parse_catalogue(files: Mapping[str, str]) -> Catalogue:
    """From file names to their TOML text. Raises ``CatalogueInvalid`` with every mistake there is."""
    mistakes: list[str] = []
    services: dict[str, AnyEntry] = {}
    departments: dict[str, Department] = {}
    department_of: dict[str, str] = {}
    subsidies: dict[str, Subsidy] = {}
    first: dict[str, str] = {}
    for name, content in files.items():
        lines = Lines(content)
        parsed = _parse(name, lines, content, mistakes)
        if parsed is None:
            continue
        for place, what in _named(parsed):
            here = f"{name}:{lines.of(place)}"
            if what in first:
                mistakes.append(f"{here}: {what}: there is one already, at {first[what]}")
            first.setdefault(what, here)
        departments[parsed.department.id] = parsed.department
        services |= {entry.id: entry for entry in parsed.service}
        department_of |= {entry.id: parsed.department.id for entry in parsed.service}
        subsidies |= {subsidy.id: subsidy for subsidy in parsed.subsidy}
    if mistakes:
        raise CatalogueInvalid(mistakes)
    return Catalogue(services, departments, department_of, subsidies)


def _named(file: File) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Everything of a file that must be there once in the whole catalogue: its place and its name."""
    yield ("department", "id"), f"department {file.department.id}"
    for number, entry in enumerate(file.service):
        yield ("service", number, "id"), f"service {entry.id}"
    for number, subsidy in enumerate(file.subsidy):
        yield ("subsidy", number, "id"), f"subsidy {subsidy.id}"


def _parse(name: str, lines: Lines, content: str, mistakes: list[str]) -> File | None:
    try:
        raw = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column \d+\)", str(error))
        line = place[1] if place else str(max(1, len(content.splitlines())))
        said = str(error).replace(place[0] if place else " (at end of document)", "")
        mistakes.append(f"{name}:{line}: not TOML: {said}")
        return None
    try:
        return File.model_validate(raw)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            mistakes.append(f"{name}:{lines.of(place_of(problem))}: {said_of(problem, raw)}")
    return None


def shipped_files() -> dict[str, str]:
    """The catalogue's files by name."""
    folder = resources.files("config") / "catalogue"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue. Raises ``CatalogueInvalid``."""
    return parse_catalogue(shipped_files())
