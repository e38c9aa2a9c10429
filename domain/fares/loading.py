"""From file contents to a tariff: GTFS Fares v2 beside ``city.toml``, all mistakes named at once.

Reading the files is the caller's: ``load`` is handed names and bytes, every byte of them untrusted.
Source: GTFS Schedule reference, https://gtfs.org/documentation/schedule/reference/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from config.city import reading
from config.city.calendar import NO_CALENDAR, CityCalendar
from config.city.loading import load_city
from domain.fares.city_loading import check_city, distance_lines, leg_groups, read_city
from domain.fares.faults import TariffUnusable
from domain.fares.feed import read_feed
from domain.fares.mistakes import Mistakes
from domain.fares.rules_loading import join_rules, leg_rules, transfer_rules
from domain.fares.tariff import Tariff

CALENDAR = "calendar.toml"
"""Beside GTFS's own files: the calendar of the city, which says which weekday a date acts as."""


def load(untrusted_files: Mapping[str, bytes], zone: str = "") -> Tariff:
    """The tariff in these files (name to content). ``zone``: where ``city.toml`` names none; empty: that of
    the default city. Raises TariffUnusable with every mistake."""
    mistakes = Mistakes()
    city = read_city(untrusted_files, mistakes)
    feed = read_feed(untrusted_files, city, mistakes)
    legs = leg_rules(feed)
    transfers = transfer_rules(feed, legs.groups | leg_groups(city))
    joins = join_rules(feed)
    check_city(untrusted_files.get("city.toml", b""), city, feed, mistakes)
    calendar = _calendar(untrusted_files, mistakes)
    if mistakes:
        raise TariffUnusable(tuple(mistakes))
    return Tariff(
        version=version_of(untrusted_files),
        city=city,
        zone=ZoneInfo(city.timezone or zone or load_city().said.zone),
        day_starts_after=timedelta(hours=city.day_starts.hour, minutes=city.day_starts.minute),
        routes=feed.routes,
        stops=feed.stops,
        areas_of_stop=feed.areas_of_stop,
        prices=feed.prices,
        product_names=feed.product_names,
        default_category=feed.default_category,
        categories=frozenset(feed.categories),
        media=frozenset(feed.media),
        legs=legs,
        transfers=transfers,
        joins=joins,
        timeframes=feed.timeframes,
        distances=distance_lines(city),
        tap_off={rule.network_id: rule for rule in city.tap_off},
        calendar=calendar,
    )


def _calendar(untrusted_files: Mapping[str, bytes], mistakes: Mistakes) -> CityCalendar:
    """The calendar of the city (``calendar.toml``); weekdays alone where the files bring none."""
    content = untrusted_files.get(CALENDAR)
    if content is None:
        return NO_CALENDAR
    found = reading.Mistakes()
    read = reading.read_toml(CALENDAR, content, found)
    calendar = reading.read_model(CALENDAR, *read, CityCalendar, found) if read else None
    for line, what in found.by_line():
        mistakes.add(CALENDAR, line, "", *what)
    return calendar or NO_CALENDAR


def version_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents, so that terminal and centre know that they rate by the same tariff."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()
