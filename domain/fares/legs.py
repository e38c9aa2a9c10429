"""Price of one leg by itself: GTFS leg rules, or the distance bands of its line.

GTFS Schedule reference, fare_leg_rules.txt. Without a ``rule_priority`` column an empty network or area
stands for all that are not listed in that column; with one it matches anything and the highest priority wins.
A leg whose end is not known costs the dearest it can become: the full length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import NamedTuple, NoReturn

from domain.fares.faults import FareUnknown, MediaRefused, StopUnknown
from domain.fares.tariff import DistanceLine, LegPrice, LegRule, LegRules, Payer, Price, Tariff


@dataclass(frozen=True, slots=True)
class Leg:
    """From where to where, and when (in UTC); an unknown end has no stop and no time.

    ``began`` and ``ended`` are the timeframe groups that hold then; until the end is known, those of the
    beginning stand for it.
    """

    route_id: str
    network_id: str
    from_stop_id: str
    to_stop_id: str
    boarded: datetime
    alighted: datetime | None
    began: tuple[str, ...]
    ended: tuple[str, ...]


class Amounts(NamedTuple):
    """A product's price to a payer; ``full_fen`` is None where the default category has none."""

    full_fen: int | None
    own_fen: int
    line: int


MOST_REMEMBERED = 30_000
"""Leg prices a tariff remembers before it forgets them all."""


def price_leg(tariff: Tariff, leg: Leg, payer: Payer) -> LegPrice:
    """Raises FareUnknown, MediaRefused or StopUnknown.

    Between the same areas in the same timeframes a leg costs the same, so that it is looked up once.
    """
    if leg.route_id in tariff.distances:
        stretch: tuple[object, ...] = leg.route_id, leg.from_stop_id, leg.to_stop_id
    else:
        areas = tariff.areas_of_stop
        end = areas.get(leg.to_stop_id, ()) if leg.to_stop_id else None
        stretch = leg.network_id, areas.get(leg.from_stop_id, ()), end
    key = stretch, leg.began, leg.ended, payer
    price = tariff.leg_prices.get(key)
    if price is None:
        price = find_price(tariff, leg, payer)
        if len(tariff.leg_prices) >= MOST_REMEMBERED:
            tariff.leg_prices.clear()
        tariff.leg_prices[key] = price
    return price


def find_price(tariff: Tariff, leg: Leg, payer: Payer) -> LegPrice:
    """As ``price_leg``, from the rules."""
    if (line := tariff.distances.get(leg.route_id)) is not None:
        return _price_by_distance(tariff, line, leg, payer)
    if leg.to_stop_id:
        rules = matching(tariff, leg, tariff.areas_of_stop.get(leg.to_stop_id, ()))
        price = _cheapest(tariff, rules, payer, full_length=False)
    else:
        found = (_cheapest(tariff, rules, payer, full_length=many) for rules, many in _ends(tariff, leg))
        priced = [price for price in found if price is not None]
        price = max(priced, key=lambda price: (price.own_fen, price.full_fen), default=None)
    if price is None:
        _refuse(tariff, leg, payer)
    return price


def amounts(prices: tuple[Price, ...], payer: Payer) -> Amounts | None:
    """A row for this very medium goes before one for any; of the rider's categories the cheapest."""
    rows = [row for row in prices if row.fare_media_id == payer.fare_media_id]
    if not rows:
        rows = [row for row in prices if not row.fare_media_id]
    mine = [row for row in rows if row.rider_category_id in payer.categories]
    if not mine:
        return None
    full = [row.fen for row in rows if row.rider_category_id in ("", payer.default_category)]
    own = min(mine, key=lambda row: row.fen)
    return Amounts(min(full, default=None), own.fen, own.line)


def matching(tariff: Tariff, leg: Leg, to_areas: tuple[str, ...]) -> list[LegRule]:
    """The rules of the highest priority that match, for a leg that ends in these areas."""
    rules = tariff.legs
    from_areas = tariff.areas_of_stop.get(leg.from_stop_id, ())
    if rules.has_priorities:
        keys = product(_with_empty((leg.network_id,)), _with_empty(from_areas), _with_empty(to_areas))
        found = _in_time(leg, rules, keys)
        highest = max((rule.priority for rule in found), default=0)
        return [rule for rule in found if rule.priority == highest]
    network = leg.network_id if leg.network_id in rules.listed_networks else ""
    origins = _listed(from_areas, rules.listed_origins)
    ends = _listed(to_areas, rules.listed_destinations)
    if found := _in_time(leg, rules, product((network,), origins[0], ends[0])):
        return found
    if origins[0] == origins[1] and ends[0] == ends[1]:
        return []
    return _in_time(leg, rules, product((network,), origins[1], ends[1]))


def _with_empty(values: tuple[str, ...]) -> set[str]:
    return {*values, ""}


def _listed(areas: tuple[str, ...], listed: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The areas to look for first, and those to look for when that finds nothing."""
    exact = tuple(area for area in areas if area in listed)
    if not exact:
        return ("",), ("",)
    return exact, exact if len(exact) == len(areas) else (*exact, "")


def _in_time(leg: Leg, rules: LegRules, keys: Iterable[tuple[str, str, str]]) -> list[LegRule]:
    return [
        rule
        for key in keys
        for rule in rules.by_key.get(key, ())
        if (not rule.from_timeframe_group_id or rule.from_timeframe_group_id in leg.began)
        and (not rule.to_timeframe_group_id or rule.to_timeframe_group_id in leg.ended)
    ]


def _ends(tariff: Tariff, leg: Leg) -> Iterator[tuple[list[LegRule], bool]]:
    """The rules for every end this leg may have, and whether there is more than one."""
    rules = tariff.legs
    from_areas = tariff.areas_of_stop.get(leg.from_stop_id, ())
    ends = {
        end
        for key in product(_with_empty((leg.network_id,)), _with_empty(from_areas))
        for end in rules.destinations.get(key, ())
    }
    for end in sorted(ends):
        yield matching(tariff, leg, (end,) if end else ()), ends != {""}


def _cheapest(tariff: Tariff, rules: list[LegRule], payer: Payer, full_length: bool) -> LegPrice | None:
    """Of the products that pay for the leg, the one that costs this rider least."""
    best: tuple[int, LegRule, int] | None = None
    full: tuple[int, LegRule] | None = None
    for rule in rules:
        if (price := amounts(tariff.prices[rule.fare_product_id], payer)) is None:
            continue
        if best is None or price.own_fen < best[0]:
            best = price.own_fen, rule, price.line
        if price.full_fen is not None and (full is None or price.full_fen < full[0]):
            full = price.full_fen, rule
    if best is None:
        return None
    own_fen, rule, line = best
    full_fen, full_rule = full or (own_fen, rule)
    return LegPrice(
        f"fare_leg_rules.txt:{full_rule.line}",
        f"fare_products.txt:{line}",
        rule.fare_product_id,
        rule.leg_group_id,
        full_fen,
        own_fen,
        full_length,
    )


def _price_by_distance(tariff: Tariff, line: DistanceLine, leg: Leg, payer: Payer) -> LegPrice:
    places = [line.places.get(stop_id) for stop_id in (leg.from_stop_id, leg.to_stop_id) if stop_id]
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        raise StopUnknown(f"route {leg.route_id} does not serve stop {leg.from_stop_id} or {leg.to_stop_id}")
    measured = len(known) == 2
    products = (line.product(abs(known[1] - known[0])),) if measured else line.products
    found = [
        (price, product_id)
        for product_id in products
        if (price := amounts(tariff.prices[product_id], payer)) is not None
    ]
    if not found:
        _refuse(tariff, leg, payer)
    price, product_id = max(found, key=lambda found: (found[0].own_fen, found[0].full_fen or 0))
    full_fen = price.own_fen if price.full_fen is None else price.full_fen
    own_rule = f"fare_products.txt:{price.line}"
    return LegPrice(line.rule, own_rule, product_id, line.leg_group_id, full_fen, price.own_fen, not measured)


def _refuse(tariff: Tariff, leg: Leg, payer: Payer) -> NoReturn:
    """Says which it is: no rule, or rules for other fare media."""
    stretch = f"route {leg.route_id} from stop {leg.from_stop_id or '?'} to {leg.to_stop_id or '?'}"
    if leg.to_stop_id:
        priced = bool(matching(tariff, leg, tariff.areas_of_stop.get(leg.to_stop_id, ())))
    else:
        priced = any(rules for rules, _ in _ends(tariff, leg))
    if priced or leg.route_id in tariff.distances:
        raise MediaRefused(f"{stretch} has no price for fare media {payer.fare_media_id}")
    raise FareUnknown(f"no rule prices {stretch}")
