"""Days and hours of the city inside SQLite, which knows no time zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PROBES = tuple(datetime(year, month, 15, tzinfo=UTC) for year in range(2020, 2041) for month in (1, 4, 7, 10))
"""Moments at which a zone with summer time shows more than one offset."""


def fixed_offset(zone: ZoneInfo) -> str | None:
    """The zone's offset as a modifier of SQLite's dates (``+8 hours``); None for a zone with several."""
    offsets = {probe.astimezone(zone).utcoffset() for probe in PROBES}
    if len(offsets) > 1:
        return None
    minutes = (offsets.pop() or timedelta()) // timedelta(minutes=1)
    return f"{minutes // 60:+d} hours" if minutes % 60 == 0 else f"{minutes:+d} minutes"


def register(connection: Any, zone: ZoneInfo) -> None:
    """Define ``city_day`` and ``city_hour`` on a SQLite connection, for zones with summer time."""

    def local(text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)

    def day(text: str | None) -> str | None:
        return None if text is None else local(text).date().isoformat()

    def hour(text: str | None) -> int | None:
        return None if text is None else local(text).hour

    connection.create_function("city_day", 1, day, deterministic=True)
    connection.create_function("city_hour", 1, hour, deterministic=True)
