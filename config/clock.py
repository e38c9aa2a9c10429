"""The clock of a program: the machine's, or one set to a moment by a story or a test."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

Clock = Callable[[], datetime]
"""Returns the time, aware."""


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


def shifted(seconds: float, clock: Clock = utc_now) -> Clock:
    """``clock`` and so many seconds more. Two processes share a clock so, however late one starts."""
    by = timedelta(seconds=seconds)
    return lambda: clock() + by


def in_zone(clock: Clock, zone: tzinfo) -> Clock:
    """The same clock, its times in the city's zone: days and hours of the day are the city's, wherever a
    machine's own zone is set to."""
    return lambda: clock().astimezone(zone)


def moment(text: str) -> datetime:
    """A moment on a command line: RFC 3339 with its offset, such as ``2026-12-01T23:30+08:00``.

    Raises ``argparse.ArgumentTypeError``, which argparse shows as it is.
    """
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no moment: write one as 2026-12-01T23:30+08:00") from None
    if parsed.tzinfo is None:
        raise ArgumentTypeError(f"{text} names no offset: write it with one, such as +08:00")
    return parsed
