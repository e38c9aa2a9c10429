"""``city.toml`` read and checked, each mistake with its line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from config.city.loading import load_city
from domain.fares.city import City, Distance
from domain.fares.feed import Feed
from domain.fares.mistakes import Mistakes
from domain.fares.rows import shown
from domain.fares.table import decoded
from domain.fares.tariff import DistanceLine

FILE = "city.toml"
HEADER = re.compile(r"\s*(\[\[?)\s*([\w.]+)\s*\]")
KEY = re.compile(r"\s*([\w-]+)\s*=")

Place = tuple[str | int, ...]
"""Where a value is: table, number in its array, key; as pydantic tells it."""


def read_city(untrusted_files: Mapping[str, bytes], mistakes: Mistakes) -> City:
    """The city's rules; the default ones when the file cannot be read, so that the rest is checked too."""
    if FILE not in untrusted_files:
        mistakes.add(FILE, 0, "", "the file is missing", "add it; it may be empty")
        return City()
    text = decoded(FILE, untrusted_files[FILE], mistakes)
    if text is None:
        return City()
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        mistakes.add(FILE, int(at[1]) if at else 0, "", f"not readable as TOML ({error})", "correct it there")
        return City()
    try:
        return City.model_validate(values)
    except ValidationError as error:
        lines = line_of_places(text)
        for one in error.errors():
            what, remedy = _told(one["type"], one["msg"], one.get("input"))
            mistakes.add(FILE, nearest_line(lines, one["loc"]), named(one["loc"]), what, remedy)
        return City()


def _told(kind: str, message: str, value: object) -> tuple[str, str]:
    if kind == "missing":
        return "is missing", "add it"
    if kind == "extra_forbidden":
        return "is not a known key", "correct its spelling, or remove it"
    if kind == "value_error":
        return message.removeprefix("Value error, "), "correct it"
    return f"{shown(value)} is not understood" if isinstance(
        value, str | int
    ) else "is not understood", message


def named(place: Place) -> str:
    """``promotion[1].fen``, counted from 1 as a person counts."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def line_of_places(text: str) -> dict[Place, int]:
    """The line of every table header and every key that begins a line."""
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = (header[2],)
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                table = (header[2], counts[header[2]])
            lines[table] = number
        elif key := KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines


def nearest_line(lines: Mapping[Place, int], place: Place) -> int:
    """The line of the place, or of the smallest table around it that has one."""
    while place:
        if place in lines:
            return lines[place]
        place = place[:-1]
    return 0


def leg_groups(city: City) -> frozenset[str]:
    return frozenset(distance.leg_group_id for distance in city.distance if distance.leg_group_id)


def check_city(untrusted_content: bytes, city: City, feed: Feed, mistakes: Mistakes) -> None:
    """Everything the city's rules refer to exists, and each rule has a name of its own."""
    lines = cache(lambda: line_of_places(untrusted_content.decode("utf-8-sig", "replace")))
    for place, value, known, where in _references(city, feed):
        if value not in known and not feed.files.unreadable(where.split(" ")[0]):
            line = nearest_line(lines(), place)
            mistakes.add(
                FILE,
                line,
                named(place),
                f"{shown(value)} is not in {where}",
                "add it there, or correct it here",
            )
    for place, key in _doubled(city):
        mistakes.add(
            FILE, nearest_line(lines(), place), named(place), f"{shown(key)} stands twice", "rename one"
        )
    if city.timezone and not _time_zone_exists(city.timezone):
        line = nearest_line(lines(), ("timezone",))
        mistakes.add(
            FILE,
            line,
            "timezone",
            f"{shown(city.timezone)} is not a time zone",
            f"write {load_city().said.zone}",
        )


def _time_zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _references(city: City, feed: Feed) -> Iterator[tuple[Place, str, Container[str], str]]:
    """(place, value, what it must be in, how that is called)."""
    networks = feed.networks, "networks.txt network_id"
    products = feed.prices, "fare_products.txt fare_product_id"
    categories = feed.categories, "rider_categories.txt rider_category_id"
    for number, rule in enumerate(city.tap_off):
        yield ("tap_off", number, "network_id"), rule.network_id, *networks
    for number, line in enumerate(city.distance):
        yield ("distance", number, "route_id"), line.route_id, feed.routes, "routes.txt route_id"
        for stop in line.stops:
            yield ("distance", number, "stops"), stop.stop_id, feed.stops, "stops.txt stop_id"
        for band in line.bands:
            yield ("distance", number, "bands"), band.fare_product_id, *products
    for number, category in enumerate(city.category):
        yield ("category", number, "rider_category_id"), category.rider_category_id, *categories
    for number, month in enumerate(city.monthly):
        media = feed.media, "fare_media.txt fare_media_id"
        yield from ((("monthly", number, "networks"), one, *networks) for one in month.networks)
        yield from ((("monthly", number, "counts"), one, *networks) for one in month.counts)
        yield from ((("monthly", number, "fare_media"), one, *media) for one in month.fare_media)
    for number, cap in enumerate(city.cap):
        yield from ((("cap", number, "networks"), one, *networks) for one in cap.networks)
        yield from ((("cap", number, "fare_products"), one, *products) for one in cap.fare_products)
        yield from ((("cap", number, "rider_categories"), one, *categories) for one in cap.rider_categories)
    for number, promotion in enumerate(city.promotion):
        yield from (
            (("promotion", number, "rider_categories"), one, *categories)
            for one in promotion.rider_categories
        )
    for table, rules in (("concession", city.concession), ("promotion", city.promotion)):
        for number, scope in enumerate(rules):
            yield from (((table, number, "networks"), one, *networks) for one in scope.networks)
            media = feed.media, "fare_media.txt fare_media_id"
            yield from (((table, number, "fare_media"), one, *media) for one in scope.fare_media)


def _doubled(city: City) -> Iterator[tuple[Place, str]]:
    keys = {
        ("tap_off", "network_id"): [rule.network_id for rule in city.tap_off],
        ("distance", "route_id"): [line.route_id for line in city.distance],
        ("category", "rider_category_id"): [category.rider_category_id for category in city.category],
        ("concession", "id"): [concession.id for concession in city.concession],
        ("monthly", "id"): [rule.id for rule in city.monthly],
        ("cap", "id"): [cap.id for cap in city.cap],
        ("promotion", "id"): [promotion.id for promotion in city.promotion],
    }
    for (table, key), values in keys.items():
        for number, value in enumerate(values):
            if value in values[:number]:
                yield (table, number, key), value


def distance_lines(city: City) -> dict[str, DistanceLine]:
    return {line.route_id: _distance_line(line) for line in city.distance}


def _distance_line(line: Distance) -> DistanceLine:
    by_metres = line.measure == "metres"
    places = {stop.stop_id: stop.metres if by_metres else number for number, stop in enumerate(line.stops)}
    bands = tuple((band.up_to, band.fare_product_id) for band in line.bands)
    return DistanceLine(f"city.toml distance {line.route_id}", line.leg_group_id, places, bands)
