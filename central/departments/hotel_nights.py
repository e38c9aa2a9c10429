"""Length of a stay as a terminal states it: nights, or hours of a day room."""

from __future__ import annotations

from central.departments.department import Business

LONGEST_NIGHTS = 60
LONGEST_HOURS = 12


def nights_of(business: Business) -> int | None:
    """A whole number of nights a house takes, else None."""
    return _number(business, "nights", LONGEST_NIGHTS)


def hours_of(business: Business) -> int | None:
    """Whole hours of a day room, which has no night, else None."""
    return _number(business, "hours", LONGEST_HOURS)


def _number(business: Business, name: str, most: int) -> int | None:
    told = business.transaction.body.get(name)
    if not isinstance(told, int) or isinstance(told, bool) or not 1 <= told <= most:
        return None
    return told
