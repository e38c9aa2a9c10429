"""Business date of a house: the day ends at the closing hour, not at midnight."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

USUAL_CLOSING = time(6)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def business_day(local: datetime, closing: time = USUAL_CLOSING) -> date:
    """Business date of a moment of the city's clock: before ``closing`` it is still the day before."""
    return local.date() - timedelta(days=local.time() < closing)


def business_day_begins(day: date, closing: time, zone: tzinfo) -> datetime:
    """First moment of a business date by the clock of ``zone``."""
    return datetime.combine(day, closing, zone)


def closing_of(text: str) -> time:
    """Closing hour written as ``06:00``; the usual one for anything else."""
    found = _CLOCK.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else USUAL_CLOSING
