"""The city at a glance: what the overview shows, read from the figures kept and from the terminals' rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, text

from central.city_of import city_of
from central.tables import alarm, terminal
from config.catalogue.entries import Name

ONLINE_WITHIN = timedelta(minutes=11)
"""A terminal at rest asks for the hotlist every five minutes; two of those and a little."""
DAYS = 30

BOTH = (
    "(SELECT figure, day, hour, part, times, fen FROM tally "
    "UNION ALL SELECT figure, day, hour, part, times, fen FROM tally_change) both_of_them"
)
TOTALS = text(
    f"SELECT figure, sum(times) AS times, sum(fen) AS fen FROM {BOTH} "  # noqa: S608 (constants only)
    "WHERE figure IN ('persons', 'holders', 'e_cards', 'recipients', 'subsidies', 'promotional_rides') "
    "GROUP BY figure"
)
SUBSIDIES = text(
    f"SELECT part, sum(times) AS times, sum(fen) AS fen FROM {BOTH} "  # noqa: S608
    "WHERE figure = 'subsidies' GROUP BY part ORDER BY fen DESC"
)
USES = text(
    f"SELECT figure, day, hour, part, sum(times) AS times FROM {BOTH} "  # noqa: S608
    "WHERE figure IN ('confirmed', 'refused', 'places') AND day BETWEEN :first AND :last "
    "GROUP BY figure, day, hour, part"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """So many times, and so much money in fen."""

    times: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Terminals:
    """``pending``: transactions they still hold; ``oldest_at`` the oldest of those."""

    known: int
    online: int
    pending: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Uses:
    """Uses of the last ``DAYS`` days, newest last; ``hours`` of today from midnight."""

    days: tuple[tuple[date, int, int], ...]
    """Each day: confirmed, refused."""
    hours: tuple[int, ...]
    yesterday: tuple[int, ...]
    services: tuple[tuple[str, int], ...]
    refused_services: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]

    @property
    def today(self) -> tuple[int, int]:
        _, confirmed, refused = self.days[-1]
        return confirmed, refused

    @property
    def confirmed(self) -> int:
        return sum(confirmed for _, confirmed, _ in self.days)


@dataclass(frozen=True, slots=True)
class Overview:
    """Persons are all in the register; holders those with a card."""

    at: datetime
    persons: int
    holders: int
    e_cards: int
    recipients: int
    subsidies: Amount
    rides: Amount
    by_subsidy: tuple[tuple[str, Amount], ...]
    uses: Uses
    terminals: Terminals
    alarms: int
    districts: Mapping[str, Name] = field(default_factory=dict)
    """Names by code, as the city calls them."""

    @property
    def coverage(self) -> float:
        return self.holders / self.persons if self.persons else 0.0

    @property
    def e_card_rate(self) -> float:
        return self.e_cards / self.holders if self.holders else 0.0


def overview(connection: Connection, now: datetime) -> Overview:
    """From one consistent view of the database."""
    totals = {row.figure: Amount(int(row.times), int(row.fen)) for row in connection.execute(TOTALS)}
    by_subsidy = tuple(
        (row.part, Amount(int(row.times), int(row.fen))) for row in connection.execute(SUBSIDIES) if row.times
    )
    today = now.astimezone(city_of(connection).zone).date()
    rows = connection.execute(USES, {"first": today - timedelta(days=DAYS - 1), "last": today})
    uses = uses_of((tuple(row) for row in rows), today)
    return Overview(
        at=city_of(connection).local(now),
        persons=totals.get("persons", Amount()).times,
        holders=totals.get("holders", Amount()).times,
        e_cards=totals.get("e_cards", Amount()).times,
        recipients=totals.get("recipients", Amount()).times,
        subsidies=totals.get("subsidies", Amount()),
        rides=totals.get("promotional_rides", Amount()),
        by_subsidy=by_subsidy,
        uses=uses,
        terminals=_terminals(connection, now),
        alarms=connection.execute(
            select(func.count()).where(alarm.c.at > now - timedelta(days=1))
        ).scalar_one(),
        districts=city_of(connection).districts,
    )


def uses_of(rows: Iterable[tuple[Any, ...]], today: date) -> Uses:
    """Sorted into what the plots show."""
    confirmed: Counter[date] = Counter()
    refused: Counter[date] = Counter()
    hours: dict[date, Counter[int]] = {today: Counter(), today - timedelta(days=1): Counter()}
    services: Counter[str] = Counter()
    refused_services: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for figure, untyped, hour, part, untyped_times in rows:
        day = untyped if isinstance(untyped, date) else date.fromisoformat(untyped)
        times = int(untyped_times)
        match figure:
            case "confirmed":
                confirmed[day] += times
                services[part] += times
                if day in hours:
                    hours[day][hour] += times
            case "refused":
                refused[day] += times
                refused_services[part] += times
            case "places":
                places[part] += times
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return Uses(
        days=tuple((day, confirmed[day], refused[day]) for day in days),
        hours=_by_hour(hours[today]),
        yesterday=_by_hour(hours[today - timedelta(days=1)]),
        services=_most(services),
        refused_services=_most(refused_services),
        places=_most(places),
    )


def _by_hour(counted: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(counted.get(hour, 0) for hour in range(24))


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((part, times) for part, times in counted.most_common() if times)


def _terminals(connection: Connection, now: datetime) -> Terminals:
    found = connection.execute(
        select(
            func.count(),
            func.count().filter(terminal.c.seen_at > now - ONLINE_WITHIN),
            func.coalesce(func.sum(terminal.c.pending), 0),
            func.min(terminal.c.oldest_at),
        )
    ).one()
    return Terminals(int(found[0]), int(found[1]), int(found[2]), found[3])
