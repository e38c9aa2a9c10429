"""Tariffs of five cities as data: published journeys to the fen, and a model that knows no tariff file.

Sources and their confidence stand in each tariff's ``city.toml`` and in ``journeys.csv``.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fares import ANYONE, Entitlement, RideHistory, Rider, Tap, TapKind, Tariff, load, rate
from domain.fares.ride import Because
from tests.cities import ZONE, shipped_tariff

FOLDER = Path(__file__).parents[4] / "config" / "tariffs"
CITIES = ("beijing", "guangzhou", "hangzhou", "shanghai", "shenzhen")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZONE)
STUDENT = Rider(entitlements=(Entitlement("student"),))
JOURNEYS = list(csv.DictReader((FOLDER / "journeys.csv").read_text(encoding="utf-8").splitlines()))


@cache
def tariff_of(city: str) -> Tariff:
    return load({file.name: file.read_bytes() for file in (FOLDER / city).iterdir()})


def tap(id: str, at: datetime, network: str, metres: int, medium: str, line: str = "b1") -> Tap:
    """On the metro, or on a bus that is priced by distance where the tariff has one."""
    if network == "metro":
        return Tap(id, at, f"v-{id}", "metro", medium, "m0", f"m{metres}")
    far = (f"b{metres}" if metres else "") if line == "b1" else ""
    return Tap(id, at, f"v-{id}", line, medium, "b0" if far else "", far)


def paid_before(city: str, fen: int, medium: str) -> RideHistory:
    """So much was paid on the metro earlier in this month."""
    if not fen:
        return RideHistory()
    ride = (
        rate(tariff_of(city), tap("earlier", NOON - timedelta(days=10), "metro", 4000, medium)).ride
        if (city in ("guangzhou", "hangzhou", "shenzhen"))
        else rate(tariff_of(city), tap("earlier", NOON - timedelta(days=10), "metro", 6000, medium)).ride
    )
    return RideHistory((replace(ride, holder_fen=fen, fen=fen),))


def travelled(journey: Mapping[str, str]) -> int:
    city, medium = journey["city"], journey["medium"]
    history, line = paid_before(city, int(journey["month_fen"]), medium), "b1"
    if journey["before"]:
        start = NOON - timedelta(minutes=int(journey["minutes"]))
        metres = {"bus": 0}.get(journey["before"], 6000 if city in ("beijing", "shanghai") else 4000)
        history = history.after(
            rate(tariff_of(city), tap("before", start, journey["before"], metres, medium))
        )
        line = "b2"
    rider = STUDENT if journey["student"] == "yes" else ANYONE
    now = tap("now", NOON, journey["network"], int(journey["metres"]), medium, line)
    fare = rate(tariff_of(city), now, rider, history)
    assert sum(line.fen for line in fare.lines) == fare.fen, "every fen of the fare is explained"
    assert all(line.rule for line in fare.lines)
    return fare.fen


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda each: "-".join(each.values()))
def test_a_published_journey_costs_what_is_published(journey: dict[str, str]) -> None:
    assert travelled(journey) == int(journey["fen"])


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda each: "-".join(each.values()))
def test_the_model_agrees_with_the_published_journey(journey: dict[str, str]) -> None:
    assert model(journey) == int(journey["fen"])


def test_every_city_has_eight_journeys_and_each_its_confidence() -> None:
    counted = Counter(journey["city"] for journey in JOURNEYS)
    assert set(counted) == set(CITIES)
    assert min(counted.values()) >= 8
    assert {journey["confidence"] for journey in JOURNEYS} <= {"sure", "likely", "uncertain"}


@given(
    st.sampled_from(CITIES),
    st.sampled_from(["t_union", "ride_code", "cash"]),
    st.integers(0, 60_000),
    st.data(),
)
def test_engine_and_model_agree_on_any_month(city: str, medium: str, month: int, data: st.DataObject) -> None:
    points = [stop for stop in tariff_of(city).distances["metro"].places.values() if stop]
    metres = data.draw(st.sampled_from(points))
    journey = {
        "city": city, "medium": medium, "network": "metro", "metres": str(metres), "month_fen": str(month),
        "before": "", "minutes": "", "student": "no",
    }  # fmt: skip
    assert travelled(journey) == model(journey)


def test_the_months_discount_is_a_line_of_its_own_and_the_next_month_begins_at_nothing() -> None:
    tariff, history = tariff_of("beijing"), paid_before("beijing", 15_000, "t_union")
    fare = rate(tariff, tap("now", NOON, "metro", 22_000, "t_union"), ANYONE, history)
    assert [(line.because, line.fen) for line in fare.lines] == [(Because.FARE, 500), (Because.MONTHLY, -250)]
    december = rate(tariff, tap("now", NOON + timedelta(days=8), "metro", 22_000, "t_union"), ANYONE, history)
    assert december.fen == 500


SENIOR = Rider(birth_date=date(1964, 5, 1))


@pytest.mark.parametrize(
    ("line", "stop", "to", "hour", "rider", "fen"),
    [
        ("1", "railway", "", 12, ANYONE, 200),
        ("1", "railway", "", 12, STUDENT, 100),
        ("1", "railway", "", 12, SENIOR, 100),
        ("1", "railway", "", 23, ANYONE, 300),
        ("K6", "railway", "development", 12, ANYONE, 300),
        ("601", "coach", "beizhen", 12, ANYONE, 200),
        ("601", "coach", "yangliuxue", 12, ANYONE, 400),
        ("601", "coach", "sihuan", 12, ANYONE, 600),
        ("601", "coach", "zhanhua", 12, ANYONE, 900),
    ],
)
def test_a_journey_of_the_shipped_city(
    line: str, stop: str, to: str, hour: int, rider: Rider, fen: int
) -> None:
    """No public tariff was found: the figures are the project's own and prove the program, not the city."""
    tariff, began = shipped_tariff(), NOON.replace(hour=hour)
    boarded = rate(tariff, Tap("on", began, "v", line, "t_union", stop), rider)
    if not to:
        assert boarded.fen == fen
        return
    off = Tap("off", began + timedelta(minutes=30), "w", line, "t_union", to, kind=TapKind.ALIGHT)
    assert rate(tariff, off, rider, RideHistory().after(boarded)).fen == fen


# The model: from the words of the sources, in whole fen, without a line of the engine.

UP_TO = {
    "beijing": [(6_000, 300), (12_000, 400), (22_000, 500), (32_000, 600)],
    "shanghai": [(6_000, 300), (16_000, 400)],
}
BEYOND = {"beijing": 20_000, "shanghai": 10_000}


def model(journey: Mapping[str, str]) -> int:
    city, medium, month = journey["city"], journey["medium"], int(journey["month_fen"])
    card, code = medium == "t_union", medium == "ride_code"
    metro = journey["network"] == "metro"
    fare = metro_fare(city, int(journey["metres"])) if metro else bus_fare(journey)
    percent = 100
    if city == "beijing" and metro and (card or code):
        percent = 100 if month < 10_000 or month >= 40_000 else 80 if month < 15_000 else 50
    if city == "shanghai" and metro and card:
        percent = 90 if month >= 7_000 else 100
    if city == "guangzhou" and (card or code):
        percent = 100 if month < 8_000 else 80 if month < 20_000 else 50
    if city == "shenzhen" and card:
        percent = 95 if metro else 80
    if city == "hangzhou" and (card or code):
        percent = 90 if month < 5_000 else 70 if month < 10_000 else 50
    return max(0, fare * percent // 100 - transfer_saving(journey))


def metro_fare(city: str, metres: int) -> int:
    if city in UP_TO:
        last_metres, last_fen = UP_TO[city][-1]
        for up_to, fen in UP_TO[city]:
            if metres <= up_to:
                return fen
        return last_fen + -(-(metres - last_metres) // BEYOND[city]) * 100
    if metres <= 12_000:
        return 200 + max(0, -(-(metres - 4_000) // 4_000)) * 100
    if metres <= 24_000:
        return 400 + -(-(metres - 12_000) // 6_000) * 100
    return 600 + -(-(metres - 24_000) // 8_000) * 100


def bus_fare(journey: Mapping[str, str]) -> int:
    if journey["city"] != "beijing":
        return 200
    listed = 200 + max(0, -(-(int(journey["metres"]) - 10_000) // 5_000)) * 100
    if journey["medium"] == "cash":
        return listed
    return listed // 4 if journey["student"] == "yes" else listed // 2


def transfer_saving(journey: Mapping[str, str]) -> int:
    city, medium = journey["city"], journey["medium"]
    if not journey["before"] or (journey["before"], journey["network"]) == ("metro", "metro"):
        return 0
    minutes = int(journey["minutes"])
    within, saving = {"shanghai": (120, 100), "shenzhen": (90, 40), "hangzhou": (90, 200)}.get(city, (0, 0))
    least = 3 if city == "hangzhou" else 0
    takes_part = medium == "t_union" or (medium == "ride_code" and city == "hangzhou")
    return saving if takes_part and least <= minutes <= within else 0
