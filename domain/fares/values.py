"""Values of GTFS fields: amounts, times, dates, numbers. Each raises ValueError with what is expected."""

from __future__ import annotations

import re
from datetime import date

DAY = 24 * 3600
"""Seconds."""

_AMOUNT = re.compile(r"(-?)(\d{1,7})(?:\.(\d{1,2}))?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d\d):(\d\d)", re.ASCII)
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def fen(text: str) -> int:
    """``"2"`` and ``"2.00"`` are 200; never through a float."""
    if not (match := _AMOUNT.fullmatch(text)):
        raise ValueError("write yuan with at most two decimals, such as 2.00")
    sign, whole, cents = match.groups()
    value = int(whole) * 100 + int((cents or "").ljust(2, "0"))
    return -value if sign else value


def seconds(text: str) -> int:
    """Local time of day as seconds since midnight, 0 to 86,400 (24:00:00 is allowed, later is not)."""
    match = _TIME.fullmatch(text)
    hours, minutes, rest = map(int, match.groups()) if match else (99, 0, 0)
    value = hours * 3600 + minutes * 60 + rest
    if minutes > 59 or rest > 59 or value > DAY:
        raise ValueError("write a local time such as 07:30:00, no later than 24:00:00")
    return value


def day(text: str) -> date:
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else date(0, 1, 1)
    except ValueError:
        raise ValueError("write a date such as 20261124") from None


def whole(text: str, least: int, empty: int | None = None) -> int:
    """A whole number of at least ``least``; ``empty`` is what an empty field stands for, where it may be."""
    if not text and empty is not None:
        return empty
    if not _WHOLE.fullmatch(text) or int(text) < least:
        raise ValueError(f"write a whole number of at least {least}")
    return int(text)


def choice(text: str, choices: str) -> int:
    """One of the digits in ``choices``."""
    if len(text) != 1 or text not in choices:
        raise ValueError(f"write one of {', '.join(choices)}")
    return int(text)
