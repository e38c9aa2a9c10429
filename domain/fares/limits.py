"""Usage so far: caps of the holder, rides and budgets of promotions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.fares.city import Cap, Monthly, Promotion
from domain.fares.ride import RideHistory
from domain.fares.tariff import Tariff


def caps_of(
    tariff: Tariff,
    network_id: str,
    fare_product_id: str,
    categories: frozenset[str],
    day: date,
    history: RideHistory,
) -> list[tuple[Cap, int]]:
    """The caps this ride is under, and the fen the holder spent under each without it.

    Every ride of the period counts, also one that became known late and began after this one, so that a cap
    holds in whatever order rides arrive.
    """
    return [
        (cap, _spent(cap, day, history))
        for cap in tariff.city.cap
        if (not cap.networks or network_id in cap.networks)
        and (not cap.fare_products or fare_product_id in cap.fare_products)
        and (not cap.rider_categories or not categories.isdisjoint(cap.rider_categories))
    ]


def _spent(cap: Cap, day: date, history: RideHistory) -> int:
    """In the fare day, or from Monday to Sunday around it."""
    first = last = day
    if cap.period == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    if cap.period == "month":
        first, last = month_of(day)
    return sum(
        [
            ride.holder_fen
            for ride in history.rides
            if first <= ride.fare_day <= last
            and (not cap.networks or ride.network_id in cap.networks)
            and (not cap.fare_products or ride.fare_product_id in cap.fare_products)
        ]
    )


def month_of(day: date) -> tuple[date, date]:
    """First and last day of its calendar month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def tier_for(
    tariff: Tariff, network_id: str, fare_media_id: str, day: date, history: RideHistory
) -> tuple[Monthly, int] | None:
    """The monthly discount this ride is under and the per cent it pays; the first rule that fits decides.

    Rides of the month that began on a later fare day do not count: the total is that before this ride.
    """
    for rule in tariff.city.monthly:
        if rule.networks and network_id not in rule.networks:
            continue
        if rule.fare_media and fare_media_id not in rule.fare_media:
            continue
        total = _monthly_total(rule, day, history)
        reached = [tier for tier in rule.tiers if tier.from_fen <= total]
        return (rule, reached[-1].pays_percent) if reached else None
    return None


def _monthly_total(rule: Monthly, day: date, history: RideHistory) -> int:
    counted = rule.counts or rule.networks
    first, _ = month_of(day)
    return sum(
        ride.holder_fen if rule.of == "paid" else ride.leg_fen
        for ride in history.rides
        if first <= ride.fare_day <= day and (not counted or ride.network_id in counted)
    )


def promotion_for(
    tariff: Tariff,
    where: tuple[str, str],
    categories: frozenset[str],
    local: datetime,
    day: date,
    owed_fen: int,
    history: RideHistory,
    spent: Mapping[str, int],
) -> Promotion | None:
    """The promotion with the lowest fare whose budget covers its whole saving; of equal ones the first.

    ``where`` is the ride's network and fare medium, ``spent`` the fen spent so far by each promotion.
    """
    open_to = [
        promotion
        for promotion in tariff.city.promotion
        if promotion.fen < owed_fen
        and owed_fen - promotion.fen <= promotion.budget_fen - spent.get(promotion.id, 0)
        and promotion.holds(*where, local, tariff.calendar)
        and (not promotion.rider_categories or not categories.isdisjoint(promotion.rider_categories))
        and _rides_left(promotion, day, history)
    ]
    return min(open_to, key=lambda promotion: promotion.fen, default=None)


def _rides_left(promotion: Promotion, day: date, history: RideHistory) -> bool:
    if promotion.rides_per_day is None:
        return True
    used = [ride for ride in history.rides if ride.promotion_id == promotion.id and ride.fare_day == day]
    return len(used) < promotion.rides_per_day
