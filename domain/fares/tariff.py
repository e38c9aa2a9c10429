"""A loaded tariff: the rules of a city, indexed so that one decision looks at a handful of them.

Built by ``domain.fares.loading`` only, from files that were found without mistakes. Its rules never change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from config.city.calendar import NO_CALENDAR, CityCalendar
from domain.fares.city import City, TapOff


class Price(NamedTuple):
    """One row of fare_products.txt; an empty category or medium is any."""

    line: int
    rider_category_id: str
    fare_media_id: str
    fen: int


class LegRule(NamedTuple):
    """One row of fare_leg_rules.txt. ``priority`` is 0 where the file has no such column."""

    line: int
    leg_group_id: str
    network_id: str
    from_area_id: str
    to_area_id: str
    from_timeframe_group_id: str
    to_timeframe_group_id: str
    fare_product_id: str
    priority: int


class TransferRule(NamedTuple):
    """One row of fare_transfer_rules.txt. ``transfers`` is -1 without limit and 0 where not given."""

    line: int
    from_leg_group_id: str
    to_leg_group_id: str
    transfers: int
    limit: timedelta | None
    limit_type: int
    transfer_type: int
    fare_product_id: str


class JoinRule(NamedTuple):
    """One row of fare_leg_join_rules.txt; empty stops: the two legs meet in one station."""

    line: int
    from_network_id: str
    to_network_id: str
    from_stop_id: str
    to_stop_id: str


class Service(NamedTuple):
    """The dates of one service_id: calendar.txt, changed by calendar_dates.txt."""

    weekdays: tuple[bool, ...]
    first: date
    last: date
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def runs(self, on: date, acts_as: int) -> bool:
        """``acts_as``: the ISO weekday that the city's calendar gives the date; dates in calendar_dates.txt
        count as they are written."""
        if on in self.added:
            return True
        return self.first <= on <= self.last and self.weekdays[acts_as - 1] and on not in self.removed


class Timeframe(NamedTuple):
    """One row of timeframes.txt, seconds of the local day; the end is outside."""

    starts: int
    ends: int
    service: Service


class DistanceLine(NamedTuple):
    """A line priced by distance: where each stop is along it (metres or number), and the bands going up."""

    rule: str
    leg_group_id: str
    places: Mapping[str, int]
    bands: tuple[tuple[int, str], ...]

    def product(self, far: int) -> str:
        return next(product for up_to, product in self.bands if far <= up_to)

    @property
    def products(self) -> tuple[str, ...]:
        return tuple(product for _, product in self.bands)


class Payer(NamedTuple):
    """With what is paid, and as whom: the rider categories whose products may be used."""

    fare_media_id: str
    categories: frozenset[str]
    default_category: str


class LegPrice(NamedTuple):
    """``full_fen`` is the default category's price, ``own_fen`` this rider's; never more."""

    rule: str
    own_rule: str
    fare_product_id: str
    leg_group_id: str
    full_fen: int
    own_fen: int
    full_length: bool


@dataclass(frozen=True, slots=True)
class LegRules:
    """fare_leg_rules.txt by (network, from area, to area), an empty field being an empty string.

    ``listed_…`` are the values that stand in a column: without priorities an empty field means "none of
    these". ``destinations`` are the to areas that stand beside a network and a from area.
    """

    by_key: Mapping[tuple[str, str, str], tuple[LegRule, ...]]
    destinations: Mapping[tuple[str, str], tuple[str, ...]]
    groups: frozenset[str]
    has_priorities: bool
    listed_networks: frozenset[str]
    listed_origins: frozenset[str]
    listed_destinations: frozenset[str]


@dataclass(frozen=True, slots=True)
class TransferRules:
    """fare_transfer_rules.txt by (from group, to group)."""

    by_key: Mapping[tuple[str, str], tuple[TransferRule, ...]]
    by_origin: Mapping[str, tuple[TransferRule, ...]]
    listed_from: frozenset[str]
    listed_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tariff:
    """Everything a decision needs. ``version`` names the files it was loaded from (SHA-256, hexadecimal)."""

    version: str
    city: City
    zone: ZoneInfo
    day_starts_after: timedelta
    routes: Mapping[str, str]
    stops: Mapping[str, str]
    areas_of_stop: Mapping[str, tuple[str, ...]]
    prices: Mapping[str, tuple[Price, ...]]
    product_names: Mapping[str, str]
    default_category: str
    categories: frozenset[str]
    media: frozenset[str]
    legs: LegRules
    transfers: TransferRules
    joins: Mapping[tuple[str, str], tuple[JoinRule, ...]]
    timeframes: Mapping[str, tuple[Timeframe, ...]]
    distances: Mapping[str, DistanceLine]
    tap_off: Mapping[str, TapOff]
    calendar: CityCalendar = NO_CALENDAR
    leg_prices: dict[tuple[object, ...], LegPrice] = field(default_factory=dict, repr=False, compare=False)
    """Cache of ``price_leg``; its values do not depend on the order of calls."""

    def local(self, at: datetime) -> datetime:
        """The city's wall clock."""
        return at.astimezone(self.zone)

    def fare_day(self, at: datetime) -> date:
        """The day a ride counts for: a night bus after midnight still belongs to the evening before."""
        return (self.local(at) - self.day_starts_after).date()

    def end_of_fare_day(self, at: datetime) -> datetime:
        midnight = datetime.combine(self.fare_day(at) + timedelta(days=1), time(), self.zone)
        return midnight + self.day_starts_after

    def timeframes_at(self, local: datetime) -> tuple[str, ...]:
        return tuple([group for group in self.timeframes if self.in_timeframe(group, local)])

    def in_timeframe(self, timeframe_group_id: str, local: datetime) -> bool:
        """Whether any row of the group holds at this local time of this local date."""
        today = local.date()
        acts_as = self.calendar.acts_as(today)
        second = local.hour * 3600 + local.minute * 60 + local.second
        return any(
            frame.starts <= second < frame.ends and frame.service.runs(today, acts_as)
            for frame in self.timeframes[timeframe_group_id]
        )
