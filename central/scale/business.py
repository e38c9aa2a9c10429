"""Thirty days at the counters: one-fen rides and other business, numbered and chained as terminals do it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from central.departments.bus import tap_of
from central.departments.tariffs import shipped_tariffs
from central.scale.people import Row, subject
from central.scale.plan import Plan, mixed
from config.city.city import City
from domain.fares import ANYONE, RideHistory, rate
from domain.fares.keeping import as_json

DAYS = 30
HOURS = (6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 18, 19)
"""When people come, by how often an hour stands here."""
WEEKDAY, WEEKEND, SATURDAY = 100, 55, 5
"""How busy days are beside each other."""
REFUSED_ONE_IN = 37
NONE = "0" * 64
LIKELY = (
    ("library", "borrow", "CITY-LIB", 9, "library.limit_reached"),
    ("library", "return", "CITY-LIB", 7, "library.not_on_loan"),
    ("hotel", "check-in", "CITY-HTL", 14, "hotel.registered_here"),
    ("pension-collection", "pay", "CITY-VIL", 11, "payment.nothing_due"),
    ("subsidy-collection", "pay", "CITY-VIL", 8, "payment.nothing_due"),
    ("my-subsidies", "ask", "CITY-VIL", 10, "trust.too_low"),
    ("hospital-registration", "register", "CITY-HSP", 15, "medical.already_registered"),
    ("hospital-settlement", "settle", "CITY-HSP", 12, "payment.amount_changed"),
    ("museum-entrance", "enter", "CITY-MUS", 5, "admission.already_entered"),
    ("housing-fund-withdrawal", "pay", "CITY-GOV", 3, "payment.too_little_in_fund"),
    ("activate-account", "activate", "CITY-CRD", 2, "activation.already_active"),
    ("issue-e-card", "issue", "CITY-CRD", 4, "card_management.has_e_card"),
)


@dataclass(slots=True)
class Counters:
    """Each terminal's numbers and the hash of its last transaction."""

    names: dict[str, list[str]]
    numbers: Counter[str] = field(default_factory=Counter)
    last: dict[str, str] = field(default_factory=dict)

    def next(self, terminal: str, id: str) -> tuple[int, str, str]:
        """Sequence number, own hash, hash of the one before."""
        self.numbers[terminal] += 1
        before = self.last.get(terminal, NONE)
        own = hashlib.sha256(f"{before}{id}".encode()).hexdigest()
        self.last[terminal] = own
        return self.numbers[terminal], own, before


def counters(plan: Plan) -> Counters:
    return Counters({kind: [f"{kind}-{1000 + n}" for n in range(count)] for kind, count in plan.counters})


@dataclass(frozen=True, slots=True)
class Ridden:
    """One ride as its three tables keep it."""

    received: Row
    ride: Row
    saving: Row


def rides(city: City, plan: Plan, counted: Counters, now: datetime) -> Iterator[Ridden]:
    """Two rides a day at most for each rider, the first in the morning, in the order they happened."""
    tariff = next(iter(shipped_tariffs(city).values()))
    fares: dict[date, dict[str, Any]] = {}
    per_day = -(-plan.rides // DAYS)
    buses = counted.names["CITY-BUS"]
    for number in range(plan.rides):
        day_number, of_day = divmod(number, per_day)
        back = of_day >= per_day // 2
        today = _midnight(city, now, DAYS - day_number)
        at = today.replace(hour=17 if back else 7) + timedelta(seconds=of_day % (per_day // 2 or 1) * 3)
        bus = buses[of_day % len(buses)]
        fare = fares.get(today.date())
        if fare is None:
            fare = fares[today.date()] = _fare(tariff, at, bus)
        rider = subject(mixed(day_number * per_day + of_day % (per_day // 2 or 1), plan.holders // 2))
        id, ride = _uuid("a", number), _uuid("b", number)
        told = {
            **fare["ride"],
            "id": ride,
            "boarded": at.isoformat(),
            "leg_boarded": at.isoformat(),
            "validator": bus,
        }
        received = _received(
            counted,
            id,
            bus,
            "bus",
            "ride",
            rider,
            at,
            "confirmed",
            "",
            {"charged_fen": fare["fen"], "paid": True},
        )
        yield Ridden(
            received,
            (
                ride, id, bus, rider, at, fare["day"], "1", told["fare_product_id"], 1, fare["fen"],
                fare["fen"], fare["full"], told["promotion_id"], json.dumps(told, ensure_ascii=False), True,
            ),
            (ride, fare["funder"], fare["day"], fare["full"] - fare["fen"]),
        )  # fmt: skip


def _midnight(city: City, now: datetime, days_ago: int) -> datetime:
    day = city.local(now) - timedelta(days=days_ago)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _fare(tariff: Any, at: datetime, bus: str) -> dict[str, Any]:
    """Fare of this day's ride by the engine of the terminals."""
    tap = tap_of(
        {
            "id": "", "at": at.isoformat(), "validator": bus, "route_id": "1", "kind": "board", "riders": 1,
            "fare_media_id": "social_security_card", "stop_id": "railway",
        }
    )  # fmt: skip
    fare = rate(tariff, tap, ANYONE, RideHistory(()), {})
    (funder,) = fare.saving_by_funder
    return {
        "ride": as_json(fare.ride), "fen": fare.fen, "full": fare.full_fen, "funder": funder,
        "day": fare.ride.fare_day,
    }  # fmt: skip


def uses(city: City, plan: Plan, counted: Counters, known: Sequence[str], now: datetime) -> Iterator[Row]:
    """Of table ``received``: other business, oldest first. ``known`` are the services there are."""
    likely = [each for each in LIKELY for _ in range(each[3]) if each[0] in known]
    days = [_midnight(city, now, DAYS - 1 - number) for number in range(DAYS)]
    busy = [(WEEKEND if day.weekday() >= SATURDAY else WEEKDAY) + mixed(day.day, 25) for day in days]
    done = 0
    for number, today in enumerate(days):
        until = plan.uses * sum(busy[: number + 1]) // sum(busy)
        moments = sorted((HOURS[mixed(n, len(HOURS))], mixed(n + 3, 3600), n) for n in range(done, until))
        for hour, second, n in moments:
            at = today.replace(hour=hour) + timedelta(seconds=second)
            if at > now:
                continue
            service, action, kind, _, code = likely[mixed(n + 5, len(likely))]
            names = counted.names[kind]
            outcome = "refused" if n % REFUSED_ONE_IN == 0 else "confirmed"
            yield _received(
                counted, _uuid("c", n), names[mixed(n + 9, len(names))], service, action,
                subject(mixed(n + 11, plan.holders // 2)), at, outcome,
                code if outcome == "refused" else "", {},
            )  # fmt: skip
        done = until


def _received(
    counted: Counters,
    id: str,
    terminal: str,
    service: str,
    action: str,
    of: str,
    at: datetime,
    outcome: str,
    code: str,
    data: dict[str, Any],
) -> Row:
    sequence, own, before = counted.next(terminal, id)
    return (
        id, own, terminal, sequence, before, service, action, of, at, False, outcome, code,
        json.dumps(data), at + timedelta(seconds=1),
    )  # fmt: skip


def _uuid(kind: str, number: int) -> str:
    return f"5e000000-000{kind}-7000-8000-{number:012x}"
