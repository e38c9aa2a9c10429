"""Every mistake of a city's folder: of its own files, of its tariff, of what the centre alone reads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from config.city.city import City
from config.city.loading import read_city
from config.city.reading import Mistakes
from domain.fares import load
from domain.fares.faults import TariffUnusable
from terminal.app.embedded import check_city_at_centre


def mistakes_of(folder: Path) -> tuple[City, list[str]]:
    """The city as far as it can be read, and its mistakes as ``file:line: what is wrong; what to write``.

    Raises ``OSError``.
    """
    mistakes = Mistakes()
    city = read_city(folder.absolute(), mistakes)
    check_city_at_centre(city, mistakes)
    files = city.fare_files()
    try:
        if files:
            load(files, city.said.zone)
    except TariffUnusable as unusable:
        for each in unusable.mistakes:
            column = f"{each.column}: " if each.column else ""
            where = each.file if each.file == "calendar.toml" else f"fares/{each.file}"
            mistakes.add(where, max(1, each.line), f"{column}{each.what}", each.remedy)
    return city, list(mistakes)


def warnings_of(city: City, now: datetime) -> list[str]:
    """What works and is worth a look: years whose holidays are not known, or not surely."""
    today = city.day(now)
    found = [
        f"calendar.toml:1: no holidays of {year} are known: weekday rules hold on every day of it; "
        f"add [[year]] with year = {year} from the notice of the State Council"
        for year in city.calendar.missing_years(today)
    ]
    return found + [
        f"calendar.toml:1: the holidays of {each.year} are {each.confidence}; compare them with the notice"
        for each in city.calendar.year
        if each.year >= today.year and each.confidence != "sure"
    ]
