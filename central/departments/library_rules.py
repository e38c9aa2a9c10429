"""The built-in library's rules: who may borrow how much, for how long, and what being late costs.

Pure: the day is an argument, money is integer fen. The numbers are in ``library.toml`` of the city.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.city.calendar import FRIDAY, NO_CALENDAR, CityCalendar
from config.city.city import City
from config.settings import SettingsFault

LONGEST_CLOSED = 366
"""Days in a row a library may be closed before its calendar is taken for a mistake."""
LONGEST_PROMISE = timedelta(days=120)
"""A terminal that promised more than this promised nothing: its clock or its file is wrong."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
WEEKEND = ("saturday", "sunday")
Fen = Annotated[int, Field(ge=0, le=1_000_000)]
Days = Annotated[int, Field(ge=1, le=366)]


class PatronType(BaseModel):
    """``until_age``: the last year of age it is given for by age; None for one only the library gives.

    ``fine_fen_a_day`` is due for each day after the due date, for one book never more than
    ``fine_cap_fen``. Who owes more than ``owing_limit_fen`` borrows nothing more until it is paid.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    until_age: Annotated[int, Field(ge=0, le=150)] | None = None
    loan_limit: Annotated[int, Field(ge=0, le=1000)]
    loan_days: Days
    renewals: Annotated[int, Field(ge=0, le=100)]
    fine_fen_a_day: Fen
    fine_cap_fen: Fen
    owing_limit_fen: Fen


class Calendar(BaseModel):
    """The days on which the library is closed, and the calendar of the city around them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    closed_weekdays: frozenset[Weekday] = frozenset()
    closed_days: frozenset[date] = frozenset()
    closed_on_holidays: bool = False
    """Whether the library is closed on the public holidays of the city's calendar."""
    city: CityCalendar = NO_CALENDAR
    """Set by ``library_rules``; not written in the file."""

    @model_validator(mode="after")
    def _opens_at_all(self) -> Calendar:
        if len(self.closed_weekdays) == len(WEEKDAYS):
            raise ValueError("a library that is never open lends nothing")
        return self

    def is_open(self, day: date) -> bool:
        if day in self.closed_days or (self.closed_on_holidays and self.city.is_holiday(day)):
            return False
        # A make-up Saturday is worked as a Friday, so that a closed Saturday does not close it; a library
        # that rests on Mondays does so on every Monday.
        acts_as = WEEKDAYS[self.city.acts_as(day) - 1]
        weekday = acts_as if acts_as in WEEKEND or day.isoweekday() > FRIDAY else WEEKDAYS[day.weekday()]
        return weekday not in self.closed_weekdays

    def open_on_or_after(self, day: date) -> date:
        """Raises ``SettingsFault`` when the library is closed for more than a year on end."""
        for ahead in range(LONGEST_CLOSED):
            if self.is_open(found := day + timedelta(days=ahead)):
                return found
        raise SettingsFault("the library's calendar is closed for a year on end")


class Holds(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    put_aside_days: Days = 7


class LibraryRules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    patron_type: Annotated[tuple[PatronType, ...], Field(min_length=1)]
    holds: Holds = Holds()
    calendar: Calendar = Calendar()

    def type_of(self, id: str) -> PatronType:
        """The type of this name; the first one where a record names a type that is no more."""
        return next((each for each in self.patron_type if each.id == id), self.patron_type[0])

    def type_by_age(self, born: date, today: date) -> PatronType:
        """Type of a new patron of this age. Raises ``SettingsFault`` where no type is given by age."""
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        by_age = [each for each in self.patron_type if each.until_age is not None]
        fitting = [each for each in by_age if each.until_age is not None and age <= each.until_age]
        if not fitting:
            raise SettingsFault("no patron type fits every age")
        return min(fitting, key=lambda each: each.until_age or 0)

    def due_date(self, type_id: str, lent_on: date) -> date:
        """The first open day once the days of the loan are over."""
        kind = self.type_of(type_id)
        return self.calendar.open_on_or_after(lent_on + timedelta(days=kind.loan_days))

    def collect_by(self, put_aside_on: date) -> date:
        """Until when a book waits for the reader who asked for it."""
        return self.calendar.open_on_or_after(put_aside_on + timedelta(days=self.holds.put_aside_days))

    def fine_fen(self, type_id: str, due: date, returned_on: date) -> int:
        """Fine for one book brought back on this day, in fen."""
        kind = self.type_of(type_id)
        return min(kind.fine_cap_fen, days_late(due, returned_on) * kind.fine_fen_a_day)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reader stands when another book is wanted. ``own_limit``: 0 for that of the type."""

    status: str
    type_id: str
    own_limit: int
    loans: int
    owed_fen: int


def limit_of(rules: LibraryRules, standing: Standing) -> int:
    return standing.own_limit or rules.type_of(standing.type_id).loan_limit


def why_not_lent(rules: LibraryRules, standing: Standing, *, already_left: bool) -> str:
    """The code of the refusal, empty when the book may be lent.

    ``already_left``: it was accepted while the centre could not be asked, and the book is out of the
    house. Then only a block refuses it: a number that was passed meanwhile is booked and marked.
    """
    if standing.status != "active":
        return "library.reader_blocked"
    if already_left:
        return ""
    if standing.owed_fen > rules.type_of(standing.type_id).owing_limit_fen:
        return "library.fines_owed"
    if standing.loans >= limit_of(rules, standing):
        return "library.limit_reached"
    return ""


def days_late(due: date, returned_on: date) -> int:
    return max(0, (returned_on - due).days)


def due_as_told(due: date, told: date | None, lent_on: date) -> date:
    """The later of the date by the rules and the date an offline terminal showed to the person.

    A person who believed the screen is never late; an unreasonable promise is ignored.
    """
    if told is None or not lent_on <= told <= lent_on + LONGEST_PROMISE:
        return due
    return max(due, told)


def read_rules(content: str) -> LibraryRules:
    """Raises ``SettingsFault``."""
    try:
        return LibraryRules.model_validate(tomllib.loads(content))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsFault(f"library.toml: {error}") from error


@lru_cache(maxsize=16)
def library_rules(city: City) -> LibraryRules:
    """The rules of the city's library (``library.toml``). Raises ``SettingsFault``."""
    content = city.file("library.toml")
    if content is None:
        raise SettingsFault(
            f"{city.folder}/library.toml: the file is missing; write the library's rules there"
        )
    rules = read_rules(content.decode("utf-8"))
    return rules.model_copy(update={"calendar": rules.calendar.model_copy(update={"city": city.calendar})})
