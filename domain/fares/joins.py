"""Two legs that count as one: GTFS fare_leg_join_rules.txt, for networks that tell where a leg ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.fares.legs import Leg, price_leg
from domain.fares.ride import Ride
from domain.fares.tariff import JoinRule, LegPrice, Payer, Tariff


def join(tariff: Tariff, before: Ride | None, leg: Leg, payer: Payer) -> tuple[JoinRule, LegPrice] | None:
    """The rule that makes this leg one with the leg before, and the price of the whole."""
    if before is None or before.alighted is None or not tariff.joins:
        return None
    if leg.boarded - before.alighted > timedelta(minutes=tariff.city.joins.within_minutes):
        return None
    rules = tariff.joins.get((before.network_id, leg.network_id), ())
    rule = next(
        (rule for rule in rules if _meet(tariff, rule, before.alighted_stop_id, leg.from_stop_id)), None
    )
    if rule is None:
        return None
    began = tariff.timeframes_at(tariff.local(before.leg_boarded))
    whole = replace(leg, from_stop_id=before.origin_stop_id, boarded=before.leg_boarded, began=began)
    return rule, price_leg(tariff, whole, payer)


def _meet(tariff: Tariff, rule: JoinRule, from_stop_id: str, to_stop_id: str) -> bool:
    """At the stops (or stations) of the rule; where it names none, in one station."""
    if not from_stop_id or not to_stop_id:
        return False
    from_station, to_station = tariff.stops[from_stop_id], tariff.stops[to_stop_id]
    if not rule.to_stop_id and from_station != to_station:
        return False
    return rule.from_stop_id in ("", from_stop_id, from_station) and rule.to_stop_id in (
        "",
        to_stop_id,
        to_station,
    )
