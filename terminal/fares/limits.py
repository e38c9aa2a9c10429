"""What has been used up: caps of the holder, rides and budgets of promotions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from terminal.fares.city import Cap, Promotion
from terminal.fares.ride import CapState, Ride, RideHistory
from terminal.fares.tariff import Tariff


def caps_of(
    tariff: Tariff,
    network_id: str,
    fare_product_id: str,
    categories: frozenset[str],
    at: datetime,
    history: RideHistory,
) -> list[tuple[Cap, CapState]]:
    """The caps this ride is under, and what the holder spent under each without it.

    Every ride of the period counts, also one that became known late and began after this one, so that a cap
    holds in whatever order rides arrive.
    """
    day = tariff.fare_day(at)
    return [
        (cap, CapState(cap.id, _spent(tariff, cap, day, history), cap.fen))
        for cap in tariff.city.cap
        if (not cap.networks or network_id in cap.networks)
        and (not cap.fare_products or fare_product_id in cap.fare_products)
        and (not cap.rider_categories or not categories.isdisjoint(cap.rider_categories))
    ]


def _spent(tariff: Tariff, cap: Cap, day: date, history: RideHistory) -> int:
    return sum(
        ride.holder_fen
        for ride in history.rides
        if _counts(cap, ride) and _period(cap, tariff.fare_day(ride.boarded)) == _period(cap, day)
    )


def _counts(cap: Cap, ride: Ride) -> bool:
    return (not cap.networks or ride.network_id in cap.networks) and (
        not cap.fare_products or ride.fare_product_id in cap.fare_products
    )


def _period(cap: Cap, day: date) -> tuple[int, int]:
    """The fare day, or the week it lies in (ISO 8601, from Monday)."""
    if cap.period == "day":
        return day.toordinal(), 0
    year, week, _ = day.isocalendar()
    return year, week


def promotion_for(
    tariff: Tariff,
    ride: tuple[str, str],
    categories: frozenset[str],
    at: datetime,
    owed_fen: int,
    history: RideHistory,
    spent: Mapping[str, int],
) -> Promotion | None:
    """The promotion with the lowest fare whose budget covers its whole saving; of equal ones the first.

    ``ride`` is its network and fare medium, ``spent`` the fen spent so far by each promotion.
    """
    local = tariff.local(at)
    open_to = [
        promotion
        for promotion in tariff.city.promotion
        if promotion.fen < owed_fen
        and owed_fen - promotion.fen <= promotion.budget_fen - spent.get(promotion.id, 0)
        and promotion.holds(*ride, local)
        and (not promotion.rider_categories or not categories.isdisjoint(promotion.rider_categories))
        and _rides_left(tariff, promotion, at, history)
    ]
    return min(open_to, key=lambda promotion: promotion.fen, default=None)


def _rides_left(tariff: Tariff, promotion: Promotion, at: datetime, history: RideHistory) -> bool:
    if promotion.rides_per_day is None:
        return True
    today = tariff.fare_day(at)
    used = sum(
        1
        for ride in history.rides
        if ride.promotion_id == promotion.id and tariff.fare_day(ride.boarded) == today
    )
    return used < promotion.rides_per_day
