"""The rules GTFS has no file for (``city.toml``): distance bands, tap off, concessions, caps, promotions."""

from __future__ import annotations

import datetime as clock
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from config.city.calendar import CityCalendar, DayKind

Fen = Annotated[int, Field(strict=True, ge=0)]
Count = Annotated[int, Field(strict=True, ge=1)]
Name = Annotated[str, Field(strict=True, min_length=1)]
Age = Annotated[int, Field(strict=True, ge=0, le=150)]


class Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PassBack(Rules):
    """The same card at the same validator within ``seconds`` is the same ride.

    ``alight_seconds``: a tap off at any validator of the line so soon after the last one repeats it.
    ``clock_skew_seconds``: so far the clocks of two validators may differ: a tap off that seems to lie before
    its boarding still ends it.
    """

    seconds: Annotated[int, Field(strict=True, ge=0, le=600)] = 30
    alight_seconds: Annotated[int, Field(strict=True, ge=0, le=3600)] = 120
    clock_skew_seconds: Annotated[int, Field(strict=True, ge=0, le=600)] = 60


class Groups(Rules):
    most_riders: Annotated[int, Field(strict=True, ge=1, le=50)] = 10


class Transfers(Rules):
    """``same_route``: whether a second ride on the same line can be a transfer; ``after_minutes``: how long
    after the ride before a transfer may begin at the earliest."""

    after_minutes: Annotated[int, Field(strict=True, ge=0, le=120)] = 0

    same_route: bool = False


class Joins(Rules):
    """How long after a tap off the next boarding may still join it to one leg (fare_leg_join_rules.txt)."""

    within_minutes: Count = 30


class TapOff(Rules):
    """On this network the full-length fare is held at boarding; a tap off within the time corrects it."""

    network_id: Name
    within_minutes: Count


class StopOnLine(Rules):
    stop_id: Name
    metres: Annotated[int, Field(strict=True, ge=0)] = 0


class Band(Rules):
    """Up to and including this far, this product."""

    up_to: Count
    fare_product_id: Name


class Distance(Rules):
    """A line priced by how far one rides: metres along the line, or stops passed."""

    route_id: Name
    leg_group_id: str = ""
    measure: Annotated[str, Field(pattern="^(metres|stops)$")] = "metres"
    stops: Annotated[tuple[StopOnLine, ...], Field(min_length=2)]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def bands_cover_the_line(self) -> Self:
        far = [band.up_to for band in self.bands]
        if far != sorted(set(far)):
            raise ValueError("bands must go up")
        if self.measure == "metres":
            metres = [stop.metres for stop in self.stops]
            if metres != sorted(set(metres)):
                raise ValueError("metres must go up from stop to stop")
        if len({stop.stop_id for stop in self.stops}) < len(self.stops):
            raise ValueError("a stop stands twice on the line")
        if far[-1] < self.length:
            raise ValueError(f"the last band ends at {far[-1]}, the line is {self.length} long")
        return self

    @property
    def length(self) -> int:
        return (
            self.stops[-1].metres - self.stops[0].metres if self.measure == "metres" else len(self.stops) - 1
        )


class Window(Rules):
    """Hours of local days, Monday being 1; the end is outside, and none is midnight."""

    weekdays: tuple[Annotated[int, Field(strict=True, ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)
    starts: clock.time = clock.time(0, 0)
    ends: clock.time | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Self:
        if self.ends is not None and self.ends <= self.starts:
            raise ValueError("a window ends after it starts; split one that passes midnight")
        return self

    def holds(self, local: clock.datetime, calendar: CityCalendar) -> bool:
        """On a holiday the hours of a Sunday hold, on a make-up working day those of a workday."""
        if calendar.acts_as(local.date()) not in self.weekdays:
            return False
        now = local.time()
        return self.starts <= now and (self.ends is None or now < self.ends)


class Eligibility(Rules):
    """Condition of eligibility: an age on the local date, an entitlement, or both."""

    age_from: Age | None = None
    age_to: Age | None = None
    entitlement: Name | None = None

    @model_validator(mode="after")
    def somebody_is_meant(self) -> Self:
        if self.age_from is None and self.age_to is None and self.entitlement is None:
            raise ValueError("name age_from, age_to or entitlement")
        return self


class Category(Eligibility):
    """Members of a category of rider_categories.txt."""

    rider_category_id: Name


class Scope(Rules):
    """Where and when a rule holds; empty is everywhere and always. The last day is inside."""

    networks: tuple[Name, ...] = ()
    fare_media: tuple[Name, ...] = ()
    first: clock.date | None = None
    last: clock.date | None = None
    windows: tuple[Window, ...] = ()
    days: tuple[DayKind, ...] = ()
    """Kinds of days of the city's calendar; empty: all of them."""
    in_term: bool | None = None
    """Only in the city's school terms, or only outside them."""

    @model_validator(mode="after")
    def last_is_not_before_first(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise ValueError("last is before first")
        return self

    def holds(
        self, network_id: str, fare_media_id: str, local: clock.datetime, calendar: CityCalendar
    ) -> bool:
        if self.networks and network_id not in self.networks:
            return False
        if self.fare_media and fare_media_id not in self.fare_media:
            return False
        today = local.date()
        if (self.first and today < self.first) or (self.last and today > self.last):
            return False
        if self.days and calendar.kind(today) not in self.days:
            return False
        if self.in_term is not None and calendar.in_term(today) is not self.in_term:
            return False
        return not self.windows or any(window.holds(local, calendar) for window in self.windows)


class Concession(Eligibility, Scope):
    """A holder's right: pays ``pays_percent`` of the fare, rounded down to the fen; 0 is free."""

    id: Name
    pays_percent: Annotated[int, Field(strict=True, ge=0, le=99)]
    rides_per_day: Count | None = None
    funder: str = ""


class Cap(Rules):
    """The most one holder pays in a fare day, a week from Monday or a month, over the rides in scope."""

    id: Name
    period: Annotated[str, Field(pattern="^(day|week|month)$")]
    fen: Fen
    networks: tuple[Name, ...] = ()
    fare_products: tuple[Name, ...] = ()
    rider_categories: tuple[Name, ...] = ()
    funder: str = ""


class Tier(Rules):
    """From this total of the month on, a ride costs ``pays_percent`` of its fare, rounded down to the fen."""

    from_fen: Fen
    pays_percent: Annotated[int, Field(strict=True, ge=0, le=100)]


class Monthly(Rules):
    """A discount by what one holder paid in the calendar month before this ride; a ride is never split.

    ``networks`` and ``fare_media``: the rides it discounts; ``counts``: the networks whose rides add up,
    empty: the same. ``of``: whether fares paid or full fares add up.
    """

    id: Name
    networks: tuple[Name, ...] = ()
    fare_media: tuple[Name, ...] = ()
    counts: tuple[Name, ...] = ()
    of: Annotated[str, Field(pattern="^(paid|full)$")] = "paid"
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]
    funder: str = ""

    @model_validator(mode="after")
    def tiers_go_up(self) -> Self:
        starts = [tier.from_fen for tier in self.tiers]
        if starts != sorted(set(starts)):
            raise ValueError("tiers must go up")
        return self


class Promotion(Scope):
    """A fixed fare another pays the rest of, while its budget lasts."""

    id: Name
    fen: Fen
    budget_fen: Fen
    rides_per_day: Count | None = None
    rider_categories: tuple[Name, ...] = ()
    funder: Name


class City(Rules):
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    timezone: Annotated[str, Field(strict=True)] = ""
    """Empty: that of the city it is loaded for."""
    day_starts: clock.time = clock.time(0, 0)
    pass_back: PassBack = PassBack()
    groups: Groups = Groups()
    transfers: Transfers = Transfers()
    joins: Joins = Joins()
    tap_off: tuple[TapOff, ...] = ()
    distance: tuple[Distance, ...] = ()
    category: tuple[Category, ...] = ()
    concession: tuple[Concession, ...] = ()
    monthly: tuple[Monthly, ...] = ()
    cap: tuple[Cap, ...] = ()
    promotion: tuple[Promotion, ...] = ()
