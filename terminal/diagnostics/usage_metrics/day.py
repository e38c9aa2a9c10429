"""The last day of a counter, hour by hour. Pure, from what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from terminal.diagnostics.usage_metrics.observing import Kind

HOURS = 24
HOUR = timedelta(hours=1)
SLOWEST_PART = 0.95


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure and when it was taken."""

    at: datetime
    kind: Kind
    value: int = 0


@dataclass(frozen=True, slots=True)
class Hour:
    """``median_ms`` and ``slow_ms`` (95 of 100 were not slower) are None without a visit."""

    begins: datetime
    visits: int = 0
    median_ms: int | None = None
    slow_ms: int | None = None
    offline_min: float = 0.0


@dataclass(frozen=True, slots=True)
class Day:
    """``hours`` are the last 24, the running one last."""

    hours: tuple[Hour, ...]

    @property
    def visits(self) -> int:
        return sum(hour.visits for hour in self.hours)

    @property
    def offline_min(self) -> float:
        return sum(hour.offline_min for hour in self.hours)


def first_hour(now: datetime) -> datetime:
    """Where the last day begins: 23 whole hours before the running one."""
    return now.replace(minute=0, second=0, microsecond=0) - (HOURS - 1) * HOUR


def last_day(measured: Sequence[Measured], now: datetime) -> Day:
    """``measured`` in order of time, from before the day on: whether it began out of touch."""
    begins = first_hour(now)
    visits, waited = [0] * HOURS, [list[int]() for _ in range(HOURS)]
    for each in measured:
        place = (each.at - begins) // HOUR
        if not 0 <= place < HOURS:
            continue
        if each.kind is Kind.VISIT:
            visits[place] += 1
        elif each.kind is Kind.WAITED:
            waited[place].append(each.value)
    away = offline_spans(measured, now)
    return Day(
        tuple(
            Hour(
                begins + place * HOUR,
                visits[place],
                _part(waited[place], 0.5),
                _part(waited[place], SLOWEST_PART),
                _minutes_in(away, begins + place * HOUR),
            )
            for place in range(HOURS)
        )
    )


def offline_spans(measured: Sequence[Measured], now: datetime) -> list[tuple[datetime, datetime]]:
    """A terminal that was switched off was not out of touch: a span ends with what was measured last."""
    spans: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    latest: datetime | None = None
    for each in measured:
        if since and each.kind in (Kind.ONLINE, Kind.STOPPED):
            spans.append((since, each.at))
            since = None
        elif since and each.kind is Kind.STARTED:
            spans.append((since, latest or since))
            since = None
        elif each.kind is Kind.OFFLINE and since is None:
            since = each.at
        latest = each.at
    if since:
        spans.append((since, now))
    return spans


def _part(values: list[int], part: float) -> int | None:
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _minutes_in(spans: list[tuple[datetime, datetime]], begins: datetime) -> float:
    ends = begins + HOUR
    shared = (min(end, ends) - max(start, begins) for start, end in spans)
    return sum(max(0.0, each.total_seconds() / 60) for each in shared)
