"""The clock of a program: the machine's, or one set to a moment by a story or a test."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the time, aware."""

CITY_ZONE = ZoneInfo("Asia/Shanghai")
"""Days and hours of the day are the city's, wherever a machine's own zone is set to."""


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def running_from(moment: datetime, monotonic_s: Callable[[], float] = time.monotonic) -> Clock:
    """A clock that shows ``moment`` now and runs on from there at the speed of time."""
    began = monotonic_s()
    return lambda: moment + timedelta(seconds=monotonic_s() - began)


def clock_at(moment: datetime | None) -> Clock:
    """The machine's clock, or one that starts at ``moment``."""
    return utc_now if moment is None else running_from(moment.astimezone(UTC))


def in_city(clock: Clock) -> Clock:
    """The same clock, its times in the city's zone."""
    return lambda: clock().astimezone(CITY_ZONE)


def moment(text: str) -> datetime:
    """A moment of RFC 3339 with its offset, such as ``2026-12-01T23:30+08:00``. Raises ``ValueError``."""
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        raise ValueError(f"{text} names no offset: write {text}+08:00")
    return parsed
