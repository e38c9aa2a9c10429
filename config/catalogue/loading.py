"""Reading the catalogue's files; every mistake is told with its file and line, all of them at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import ValidationError

from config.catalogue.entries import AnyEntry, Department, File, Subsidy
from config.settings import SettingsFault

HEADER = re.compile(r"^\s*\[\[?\s*([a-z]+)(?:\.[\w.]+)?\s*\]\]?")
KEY = re.compile(r"^\s*([A-Za-z_][\w-]*)\s*=")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All services by id, in the order of the files, each with its department."""

    services: Mapping[str, AnyEntry]
    departments: Mapping[str, Department]
    department_of: Mapping[str, str]
    subsidies: Mapping[str, Subsidy]


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
    for name, content in files.items():
        parsed = _parse(name, content, mistakes)
        if parsed is None:
            continue
        if parsed.department.id in departments:
            mistakes.append(f"{name}:{_line(content, ('department',))}: another file has this department")
        departments[parsed.department.id] = parsed.department
        for number, entry in enumerate(parsed.service):
            if entry.id in services:
                where = _line(content, ("service", number, "id"))
                mistakes.append(f"{name}:{where}: service {entry.id}: there is one with this id already")
            services[entry.id] = entry
            department_of[entry.id] = parsed.department.id
        for number, subsidy in enumerate(parsed.subsidy):
            if subsidy.id in subsidies:
                where = _line(content, ("subsidy", number, "id"))
                mistakes.append(f"{name}:{where}: subsidy {subsidy.id}: there is one with this id already")
            subsidies[subsidy.id] = subsidy
    if mistakes:
        raise CatalogueInvalid(mistakes)
    return Catalogue(services, departments, department_of, subsidies)


def _parse(name: str, content: str, mistakes: list[str]) -> File | None:
    try:
        return File.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = place[1] if place else str(len(content.splitlines()))
        mistakes.append(f"{name}:{line}: not TOML: {error}")
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            where = problem["loc"]
            mistakes.append(f"{name}:{_line(content, where)}: {_place(where)}: {problem['msg']}")
    return None


def _place(where: Sequence[str | int]) -> str:
    """Where a mistake stands, as a person would say it."""
    words = [f"{part}" if isinstance(part, str) else f"number {part + 1}" for part in where]
    return " ".join(words)


def _line(content: str, where: Sequence[str | int]) -> int:
    """The line of a key, or of the header of its table where the key is missing; counted from 1."""
    table = str(where[0]) if where else ""
    wanted = where[1] if len(where) > 1 and isinstance(where[1], int) else 0
    keys = {part for part in where[1:] if isinstance(part, str)}
    seen, header = -1, 0
    for number, line in enumerate(content.splitlines(), 1):
        found = HEADER.match(line)
        if found and found[1] == table:
            if line.count(".") == 0 or not line.strip().startswith("[" * 1 + table + "."):
                seen += 1
            if seen == wanted and not header:
                header = number
            elif seen > wanted:
                break
        elif found and header:
            break
        elif header and seen == wanted and (key := KEY.match(line)) and key[1] in keys:
            return number
    return header or 1


def shipped_files() -> dict[str, str]:
    """The catalogue's files by name."""
    folder = resources.files("config") / "catalogue"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue. Raises ``CatalogueInvalid``."""
    return parse_catalogue(shipped_files())
