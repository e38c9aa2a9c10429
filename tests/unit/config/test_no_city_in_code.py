"""No name, code or zone of a shipped city stands outside its folder, its tests and the docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cities import BINZHOU

ROOT = Path(__file__).parents[3]
ROOMS = ("terminal", "drivers", "ui", "config", "central", "domain", "tools", "packaging")
SUFFIXES = {
    ".py",
    ".toml",
    ".qml",
    ".ts",
    ".html",
    ".js",
    ".css",
    ".txt",
    ".csv",
    ".sh",
    ".service",
    ".rules",
}
ALLOWED = {"config/cities/default.toml"}
"""Names the city that is served where no other is."""


def words() -> dict[str, re.Pattern[str]]:
    """What gives a city away, as patterns."""
    said = BINZHOU.said
    letters = said.counter[0].terminal.split("-")[0]
    literal = {
        "name": [BINZHOU.name.zh.removesuffix("市"), BINZHOU.name.en],
        "region": [said.region, *(each.code for each in said.district)],
        "district": [each.zh for each in said.district],
        "issuer": [*said.issuers.transport_prefixes, said.issuers.ride_code, said.issuers.ride_platform],
        "zone": [said.zone],
    }
    found = {
        kind: re.compile("|".join(map(re.escape, each)), re.IGNORECASE) for kind, each in literal.items()
    }
    found["transport code"] = re.compile(rf"(?<![\d_.]){said.transport_code}(?![\d_.])")
    found["terminal"] = re.compile(rf"\b{letters}-")
    return found


def given_away(text: str) -> Iterator[tuple[int, str, str]]:
    patterns = words()
    for number, line in enumerate(text.splitlines(), 1):
        for kind, pattern in patterns.items():
            if pattern.search(line):
                yield number, kind, line.strip()[:80]


def test_the_city_stands_in_its_folder_only() -> None:
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix not in SUFFIXES or BINZHOU.folder in path.parents or name in ALLOWED:
                continue
            found += [
                f"{name}:{line}: {kind}: {text}" for line, kind, text in given_away(path.read_text("utf-8"))
            ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'CITY = "4660"',
        'REGION = "371600"',
        'name = "滨州市图书馆"',
        'zone: str = "Asia/Shanghai"',
        '"BZ-LIB-0001"',
        "31049313",
    ],
)
def test_the_search_finds_what_it_is_for(line: str) -> None:
    assert list(given_away(line))
