"""What holds for every tariff, rider and day, whatever the taps."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.fares import (
    ANYONE,
    Entitlement,
    Fare,
    RideHistory,
    Rider,
    Standing,
    Tap,
    TapKind,
    Tariff,
    load,
    rate,
)
from domain.fares.faults import FareFault
from domain.fares.keeping import KEPT, as_json, from_json, recent
from tests.unit.terminal.fares.tariffs import at, binzhou_files, feed

BINZHOU = load(binzhou_files())
MEDIA = ("social_security_card", "e_card", "t_union", "ride_code", "cash")
STOPS = ("", *BINZHOU.stops)
quickly = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

taps = st.builds(
    Tap,
    id=st.uuids().map(str),
    at=st.integers(0, 10 * 24 * 60 * 6).map(lambda step: at(0, day=16) + timedelta(seconds=10 * step)),
    validator=st.sampled_from(("front", "rear")),
    route_id=st.sampled_from(sorted(BINZHOU.routes)),
    fare_media_id=st.sampled_from(MEDIA),
    stop_id=st.sampled_from(STOPS),
    to_stop_id=st.sampled_from(STOPS),
    kind=st.sampled_from(TapKind),
    riders=st.sampled_from((1, 1, 1, 1, 2, 5)),
    one_more=st.booleans(),
)
"""Ten days of taps, many of them senseless."""

dense = st.builds(replace, taps, at=st.integers(0, 300).map(lambda minute: at(7) + timedelta(minutes=minute)))
"""Taps of one morning, so that transfers, caps and same rides meet."""

riders = st.builds(
    Rider,
    birth_date=st.none() | st.dates(date(1930, 1, 1), date(2026, 12, 31)),
    entitlements=st.lists(
        st.builds(
            Entitlement,
            kind=st.sampled_from(("student", "disabled", "veteran", "unheard-of")),
            until=st.none() | st.dates(date(2026, 11, 10), date(2026, 12, 1)),
        ),
        max_size=2,
    ).map(tuple),
)
journeys = st.lists(taps | dense, max_size=14)


def ridden(tariff: Tariff, taps: list[Tap], rider: Rider) -> list[tuple[Fare, RideHistory]]:
    """The fares in the order given, each with the history before it; what is refused is left out."""
    history, fares, spent = RideHistory(), [], {"one-fen": 0}
    for tap in taps:
        try:
            fare = rate(tariff, tap, rider, history, spent)
        except FareFault:
            continue
        fares.append((fare, history))
        spent["one-fen"] += fare.ride.promotion_fen if fare.standing is not Standing.SAME_RIDE else 0
        history = history.after(fare)
    return fares


@quickly
@given(journeys, riders)
def test_a_fare_is_never_negative_and_never_above_the_full_fare(taps: list[Tap], rider: Rider) -> None:
    for fare, _ in ridden(BINZHOU, taps, rider):
        assert 0 <= fare.fen <= fare.full_fen
        assert 0 <= fare.ride.holder_fen <= fare.ride.fen


@quickly
@given(journeys, riders)
def test_what_is_saved_and_what_is_paid_are_the_full_fare(taps: list[Tap], rider: Rider) -> None:
    for fare, _ in ridden(BINZHOU, taps, rider):
        assert fare.fen + sum(fare.saving_by_funder.values()) == fare.full_fen
        assert sum(line.fen for line in fare.lines) == fare.fen
        assert sum(line.fen for line in fare.lines if line.fen > 0) == fare.full_fen


@quickly
@given(journeys, riders)
def test_a_tap_off_never_costs_more_than_was_held(taps: list[Tap], rider: Rider) -> None:
    for fare, _ in ridden(BINZHOU, taps, rider):
        if fare.held_fen:
            assert fare.fen + fare.refund_fen == fare.held_fen


@quickly
@given(journeys, riders, st.randoms(use_true_random=False))
def test_caps_hold_in_whatever_order_rides_become_known(
    taps: list[Tap], rider: Rider, random: object
) -> None:
    random.shuffle(taps)  # type: ignore[attr-defined]
    fares = ridden(BINZHOU, taps, rider)
    if not fares:
        return
    rides = fares[-1][1].after(fares[-1][0]).rides
    for cap in BINZHOU.city.cap:
        for day in {ride.fare_day for ride in rides}:
            period = (
                {day}
                if cap.period == "day"
                else {day - timedelta(day.weekday()) + timedelta(n) for n in range(7)}
            )
            spent = sum(
                ride.holder_fen
                for ride in rides
                if ride.fare_day in period and ride.network_id in cap.networks
            )
            assert spent <= cap.fen


@quickly
@given(journeys, riders)
def test_promotions_keep_their_rides_a_day_and_their_budget(taps: list[Tap], rider: Rider) -> None:
    fares = ridden(BINZHOU, taps, rider)
    rides = fares[-1][1].after(fares[-1][0]).rides if fares else ()
    for day in {ride.fare_day for ride in rides}:
        assert sum(1 for ride in rides if ride.fare_day == day and ride.promotion_id) <= 2


@quickly
@given(journeys, riders, st.data())
def test_the_same_question_has_the_same_answer(taps: list[Tap], rider: Rider, data: st.DataObject) -> None:
    """Asked again, of a tariff loaded anew, of a history in another order, of one that was kept as JSON."""
    fares = ridden(BINZHOU, taps, rider)
    if not fares:
        return
    number = data.draw(st.integers(0, len(fares) - 1))
    _, history = fares[number]
    tap = data.draw(taps_like(taps))
    kept = [from_json(json.loads(json.dumps(as_json(ride)))) for ride in history.rides]
    for other in (
        RideHistory(tuple(data.draw(st.permutations(history.rides)))),
        RideHistory(tuple(kept)),
    ):
        assert other == history
        assert answer(BINZHOU, tap, rider, history) == answer(BINZHOU, tap, rider, other)
    assert answer(load(binzhou_files()), tap, rider, history) == answer(BINZHOU, tap, rider, history)


def taps_like(taps: list[Tap]) -> st.SearchStrategy[Tap]:
    return st.sampled_from(taps)


def answer(tariff: Tariff, tap: Tap, rider: Rider, history: RideHistory) -> Fare | str:
    try:
        return rate(tariff, tap, rider, history)
    except FareFault as fault:
        return str(fault)


@quickly
@given(journeys, riders)
def test_a_tap_that_is_rated_again_with_its_ride_known_costs_the_same(taps: list[Tap], rider: Rider) -> None:
    history, spent = RideHistory(), {"one-fen": 0}
    for tap in taps:
        try:
            fare = rate(BINZHOU, tap, rider, history, spent)
        except FareFault:
            continue
        history = history.after(fare)
        if fare.standing is Standing.SAME_RIDE:
            continue
        spent["one-fen"] = sum(ride.promotion_fen for ride in history.rides)
        again = rate(BINZHOU, tap, rider, history, spent)
        assert (again.fen, again.lines, again.ride) == (fare.fen, fare.lines, fare.ride)


@quickly
@given(dense, riders)
def test_holders_of_rights_never_pay_more_than_anyone(tap: Tap, rider: Rider) -> None:
    mine, anyones = answer(BINZHOU, tap, rider, RideHistory()), answer(BINZHOU, tap, ANYONE, RideHistory())
    if isinstance(mine, Fare) and isinstance(anyones, Fare):
        assert mine.fen <= anyones.fen
        assert mine.full_fen == anyones.full_fen


@quickly
@given(st.lists(dense, min_size=1, max_size=10), riders)
def test_rides_in_a_row_never_cost_more_than_each_by_itself(taps: list[Tap], rider: Rider) -> None:
    """Two singles are the most a ride and its transfer can cost. Without promotions."""
    plain = [replace(tap, fare_media_id="t_union") for tap in taps]
    for fare, history in ridden(BINZHOU, plain, rider):
        tap = next(tap for tap in plain if tap.id in (fare.ride.id, fare.ride.alight_tap_id))
        alone = answer(BINZHOU, tap, rider, RideHistory())
        if tap.kind is TapKind.BOARD and isinstance(alone, Fare) and not tap.one_more:
            assert fare.fen <= alone.fen, history


@quickly
@given(journeys, riders)
def test_rides_older_than_eight_days_change_nothing(taps: list[Tap], rider: Rider) -> None:
    fares = ridden(BINZHOU, sorted(taps, key=lambda tap: tap.at), rider)
    for (_, history), tap in zip(fares, taps, strict=False):
        if history.rides and tap.at - history.rides[0].boarded > KEPT:
            assert answer(BINZHOU, tap, rider, recent(history, tap.at)) == answer(
                BINZHOU, tap, rider, history
            )


@quickly
@given(
    prices=st.lists(st.integers(0, 2_000), min_size=3, max_size=3),
    fee=st.integers(-3_000, 3_000),
    kind=st.integers(0, 2),
    count=st.sampled_from((-1, 1, 2)),
    limit=st.none() | st.integers(1, 7_200),
    limit_type=st.integers(0, 3),
    minutes=st.lists(st.integers(0, 240), min_size=2, max_size=5),
)
def test_no_transfer_rule_makes_a_journey_dearer_than_its_singles(
    prices: list[int], fee: int, kind: int, count: int, limit: int | None, limit_type: int, minutes: list[int]
) -> None:
    lines = ["A", "B", "C"]
    names = zip(lines, prices, strict=True)
    products = "".join(f"{line},{price // 100}.{price % 100:02},CNY\n" for line, price in names)
    sign, size = ("-" if fee < 0 else ""), abs(fee)
    duration = f"{limit},{limit_type}" if limit else ","
    tariff = load(
        feed(
            routes="route_id,network_id\nA,A\nB,B\nC,C\n",
            fare_products="fare_product_id,amount,currency\n"
            + products
            + f"fee,{sign}{size // 100}.{size % 100:02},CNY\n",
            fare_leg_rules="leg_group_id,network_id,fare_product_id\nA,A,A\nA,B,B\nA,C,C\n",
            fare_transfer_rules="from_leg_group_id,to_leg_group_id,transfer_count,duration_limit,"
            f"duration_limit_type,fare_transfer_type,fare_product_id\nA,A,{count},{duration},{kind},fee\n",
        )
    )
    taps = [
        Tap(str(number), at(6) + timedelta(minutes=minute), str(number), lines[number % 3], "cash")
        for number, minute in enumerate(sorted(minutes))
    ]
    fares = [fare for fare, _ in ridden(tariff, taps, ANYONE)]
    for number, fare in enumerate(fares):
        assert 0 <= fare.fen <= prices[number % 3]
    for first, second in pairwise(fares):
        assert first.fen + second.fen <= first.full_fen + second.full_fen


@pytest.mark.parametrize("name", ["id", "boarded", "fen"])
def test_a_kept_ride_that_lost_a_value_is_refused_without_telling_the_others(name: str) -> None:
    fare = rate(BINZHOU, Tap("secret", at(8), "v", "1", "cash"))
    values = as_json(fare.ride)
    del values[name]
    with pytest.raises(ValueError, match=f"^not a ride: {name}$"):
        from_json(values)


def test_a_kept_ride_without_offset_is_refused() -> None:
    fare = rate(BINZHOU, Tap("a", at(8), "v", "1", "cash"))
    with pytest.raises(ValueError, match="without offset"):
        from_json({**as_json(fare.ride), "boarded": "2026-11-24T08:00:00"})


@quickly
@given(st.dictionaries(st.sampled_from(sorted(binzhou_files())), st.binary(max_size=200), max_size=3))
def test_no_bytes_break_the_loader(garbage: dict[str, bytes]) -> None:
    with suppress(FareFault):
        load({**binzhou_files(), **garbage})


@quickly
@given(st.sampled_from(sorted(binzhou_files())), st.data())
def test_no_damage_to_a_good_tariff_breaks_the_loader(name: str, data: st.DataObject) -> None:
    content = bytearray(binzhou_files()[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    with suppress(FareFault):
        load({**binzhou_files(), name: bytes(content)})
