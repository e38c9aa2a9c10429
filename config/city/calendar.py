"""The calendar of a city: public holidays, make-up working days and school terms. Pure.

One calendar serves fares, library and payouts. Holidays are data, never computed: each November a notice of
the State Council names the days off of the next year and the weekend days that are worked instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

LONGEST_HOLIDAY = 20
SATURDAY, SUNDAY, MONDAY, FRIDAY = 6, 7, 1, 5
"""ISO numbers of weekdays."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DayKind(StrEnum):
    """A day as timetables and offices see it."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    """A Saturday or Sunday that is worked, in exchange for a day off beside a holiday."""


class Days(Part):
    """Days in a row; the last one is inside. ``last`` empty: one day."""

    first: date
    last: date | None = None
    zh: Annotated[str, Field(max_length=20)] = ""
    en: Annotated[str, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.last and self.last < self.first:
            raise ValueError(
                f"last ({self.last}) is before first ({self.first}); write the later day as last"
            )
        return self

    @property
    def end(self) -> date:
        return self.last or self.first

    def __iter__(self) -> Iterator[date]:  # type: ignore[override]
        return (self.first + timedelta(days=ahead) for ahead in range((self.end - self.first).days + 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.end


class Year(Part):
    """The days of one year. ``confidence``: ``sure`` for the text of a notice, ``likely`` for one source,
    ``guess`` for anything else; ``source`` names it."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    confidence: Literal["sure", "likely", "guess"]
    source: Annotated[str, Field(min_length=1)]
    off: tuple[Days, ...] = ()
    work: tuple[date, ...] = ()

    @model_validator(mode="after")
    def its_own_days(self) -> Self:
        for days in self.off:
            if not days.first.year <= self.year <= days.end.year:
                raise ValueError(
                    f"{days.first} is not in {self.year}; write it under [[year]] of its own year"
                )
            if (days.end - days.first).days >= LONGEST_HOLIDAY:
                raise ValueError(
                    f"{days.first} to {days.end} is longer than any holiday; correct first or last"
                )
        off = {day for days in self.off for day in days}
        for day in self.work:
            if day.year != self.year:
                raise ValueError(f"{day} is not in {self.year}; write it under [[year]] of its own year")
            if day.isoweekday() not in (SATURDAY, SUNDAY):
                raise ValueError(
                    f"{day} is no Saturday or Sunday; only weekend days are make-up working days"
                )
            if day in off:
                raise ValueError(f"{day} is a day off and a make-up working day; remove it from one of both")
        if len(set(self.work)) < len(self.work):
            raise ValueError("a make-up working day stands twice; remove one")
        return self


class CityCalendar(Part):
    """``year``: the years whose notices are known; ``school_term``: the terms of the city's schools."""

    year: tuple[Year, ...] = ()
    school_term: tuple[Days, ...] = ()

    @model_validator(mode="after")
    def each_year_once(self) -> Self:
        known = [each.year for each in self.year]
        if twice := next((year for year in known if known.count(year) > 1), None):
            raise ValueError(f"year {twice} stands twice; join both [[year]] tables into one")
        terms = sorted(self.school_term, key=lambda term: term.first)
        for before, after in pairwise(terms):
            if after.first <= before.end:
                raise ValueError(
                    f"the school term of {after.first} begins before the last one ends; correct it"
                )
        return self

    @cached_property
    def _off(self) -> frozenset[date]:
        return frozenset(day for year in self.year for days in year.off for day in days)

    @cached_property
    def _work(self) -> frozenset[date]:
        return frozenset(day for year in self.year for day in year.work)

    def knows(self, year: int) -> bool:
        """Whether the notice of this year is in the data."""
        return any(each.year == year for each in self.year)

    def kind(self, day: date) -> DayKind:
        """In a year without data, by the weekday alone: ask ``knows`` before relying on it."""
        if day in self._off:
            return DayKind.HOLIDAY
        if day in self._work:
            return DayKind.MAKE_UP
        return DayKind.WEEKEND if day.isoweekday() in (SATURDAY, SUNDAY) else DayKind.WORKDAY

    def is_holiday(self, day: date) -> bool:
        return day in self._off

    def is_working_day(self, day: date) -> bool:
        return self.kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP)

    def acts_as(self, day: date) -> int:
        """The ISO weekday (1 Monday … 7 Sunday) whose timetable holds on this day.

        A holiday is run as a Sunday. A make-up Saturday is run as the Friday before it, a make-up Sunday as
        the Monday after it: no source names a weekday for them, and timetables of workdays rarely differ.
        """
        match self.kind(day):
            case DayKind.HOLIDAY:
                return SUNDAY
            case DayKind.MAKE_UP:
                return FRIDAY if day.isoweekday() == SATURDAY else MONDAY
        return day.isoweekday()

    def in_term(self, day: date) -> bool:
        """Whether schools are in term; holidays and weekends within a term are part of it."""
        return any(day in term for term in self.school_term)

    def next_working_day(self, day: date) -> date:
        """``day`` itself or the first working day after it, for what falls due on a day off."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def missing_years(self, today: date) -> tuple[int, ...]:
        """Years without data that matter now: this one, and from the middle of November the next one too, as
        its notice comes early in that month."""
        needed = [today.year]
        if (today.month, today.day) >= (11, 15):
            needed.append(today.year + 1)
        return tuple(year for year in needed if not self.knows(year))


NO_CALENDAR = CityCalendar()
"""Weekdays only, for a tariff of a stranger that brings no calendar."""
