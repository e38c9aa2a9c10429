"""Due dates (AH), which SIP2 2.00 leaves to each system to write as free text. Pure.

Written forms seen: ``20261224    235900`` and ``2026-12-24`` (Koha, dp2), ``12/24/2026`` (US display dates),
``24.12.2026``, ``2026年6月1日``, ``24 Dec 2026``, ``Dec 24, 2026``. Koha sends the display date of its
``TimeFormat``/``dateformat`` settings by account, so one system may write any of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_LOAN = timedelta(days=730)
"""A due date further away than this is not the meaning of an ambiguous one."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)\s*[-/.年 ]\s*(\d{1,2})\s*[-/.月 ]\s*(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})[-/.](\d{1,2})[-/.](\d{2})(?!\d)")
_NAMED_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s/.]*{_NAME}[-\s/.,]*(?P<year>20\d\d)"
)
_NAMED_MONTH_FIRST = re.compile(
    rf"{_NAME}[-\s/.]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s/.,]+(?P<year>20\d\d)"
)


class DateOrder(StrEnum):
    """Order of the numbers in a library's dates. ``UNKNOWN``: not agreed, ambiguous dates are guesses."""

    UNKNOWN = "unknown"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


@dataclass(frozen=True, slots=True)
class DueDate:
    """``guessed``: another reading of the same text is possible."""

    day: date
    guessed: bool = False


def readings(untrusted_text: str) -> dict[DateOrder, date]:
    """Every valid reading of a written date; one order only where the form leaves no doubt."""
    written = unicodedata.normalize("NFKC", untrusted_text)[:80].casefold()
    for order, year, month, day in _certain(written):
        found = _date(year, month, day)
        return {order: found} if found else {}
    if match := _YEAR_LAST.search(written):
        first, second, year = (int(part) for part in match.groups())
        return _valid(
            {DateOrder.DAY_FIRST: (year, second, first), DateOrder.MONTH_FIRST: (year, first, second)}
        )
    if match := _SHORT_YEAR.search(written):
        first, second, third = (int(part) for part in match.groups())
        return _valid(
            {
                DateOrder.DAY_FIRST: (2000 + third, second, first),
                DateOrder.MONTH_FIRST: (2000 + third, first, second),
                DateOrder.YEAR_FIRST: (2000 + first, second, third),
            }
        )
    return {}


def _certain(written: str) -> Iterator[tuple[DateOrder, int, int, int]]:
    if found := _COMPACT.search(written) or _YEAR_FIRST.search(written):
        yield DateOrder.YEAR_FIRST, int(found[1]), int(found[2]), int(found[3])
    for pattern in (_NAMED_DAY_FIRST, _NAMED_MONTH_FIRST):
        if found := pattern.search(written):
            yield DateOrder.UNKNOWN, int(found["year"]), _MONTHS.index(found["name"]) + 1, int(found["day"])


def _valid(orders: dict[DateOrder, tuple[int, int, int]]) -> dict[DateOrder, date]:
    return {order: found for order, parts in orders.items() if (found := _date(*parts))}


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_due_date(
    untrusted_text: str, order: DateOrder = DateOrder.UNKNOWN, lent_on: date | None = None
) -> DueDate | None:
    """The day in a due date; None where there is none, or none that can be meant.

    An ambiguous date is read in the agreed ``order``. Without one it is a guess: the earliest reading that
    lies after ``lent_on`` and within ``LONGEST_LOAN``, because a person who returns too early loses nothing.
    """
    found = readings(untrusted_text)
    if order in found:
        return DueDate(found[order])
    days = sorted(set(found.values()))
    if len(days) == 1:
        return DueDate(days[0])
    if order is not DateOrder.UNKNOWN or lent_on is None:
        return None
    possible = [day for day in days if lent_on < day <= lent_on + LONGEST_LOAN]
    return DueDate(possible[0], guessed=True) if possible else None


def days_late(untrusted_text: str, order: DateOrder, returned_on: date) -> int | None:
    """Days after the due date, 0 when in time, None when unknown. Of several readings the mildest counts."""
    agreed = read_due_date(untrusted_text, order)
    days = [agreed.day] if agreed else list(readings(untrusted_text).values())
    return max(0, min((returned_on - day).days for day in days)) if days else None


def order_of(samples: list[str]) -> DateOrder:
    """The order that explains all samples and of which one sample excludes the others; else unknown."""
    possible: set[DateOrder] | None = None
    for sample in samples:
        found = readings(sample)
        if (len(found) == 1 and DateOrder.UNKNOWN in found) or not found:
            continue
        possible = set(found) if possible is None else possible & set(found)
    return possible.pop() if possible is not None and len(possible) == 1 else DateOrder.UNKNOWN
