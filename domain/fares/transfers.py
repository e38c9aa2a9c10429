"""Price of a leg after the one before it: GTFS transfer rules.

GTFS Schedule reference, fare_transfer_rules.txt: types 0 (A + AB), 1 (A + AB + B) and 2 (AB), with S, the
cost of the journey so far, in A's place from the second transfer on. The city promises more than GTFS does: a
transfer never costs more than the leg by itself, and never gives money back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from domain.fares.legs import Leg, amounts
from domain.fares.ride import Chain, Ride
from domain.fares.tariff import LegPrice, Payer, Tariff, TransferRule, TransferRules

NOTHING = timedelta(0)


class Transfer(NamedTuple):
    """``fen`` is what the leg costs now."""

    rule: str
    fen: int
    chain: Chain


def transfer(
    tariff: Tariff, before: Ride | None, leg: Leg, price: LegPrice, payer: Payer, tapped_off: bool
) -> Transfer | None:
    """The transfer this leg is, or None. ``tapped_off``: its network tells where and when a leg ends."""
    if before is None or (before.route_id == leg.route_id and not tariff.city.transfers.same_route):
        return None
    granted: list[tuple[int, int, TransferRule, Chain]] = []
    for rule in between(tariff.transfers, before.leg_group_id, price.leg_group_id):
        chain = _continued(rule, before)
        if not _in_time(tariff, rule, chain, leg, tapped_off):
            continue
        if rule.transfers > 0 and chain.transfers > rule.transfers:
            continue
        granted.append(
            (
                rule.transfers if rule.transfers > 0 else 1_000_000,
                _cost(tariff, rule, before, price, payer),
                rule,
                chain,
            )
        )
    if not granted:
        return None
    _, fen, rule, chain = min(granted, key=lambda one: (one[0], one[1], one[2].line))
    return Transfer(f"fare_transfer_rules.txt:{rule.line}", fen, chain)


def between(rules: TransferRules, from_group: str, to_group: str) -> tuple[TransferRule, ...]:
    """An exact pair first; then an empty group, which stands for those not listed in its column."""
    if exact := rules.by_key.get((from_group, to_group)):
        return exact
    any_from = from_group not in rules.listed_from
    any_to = to_group not in rules.listed_to
    keys = (
        *(((from_group, ""),) if any_to else ()),
        *((("", to_group),) if any_from else ()),
        *((("", ""),) if any_from and any_to else ()),
    )
    return next((found for key in keys if (found := rules.by_key.get(key))), ())


def transfer_until(tariff: Tariff, ride: Ride) -> datetime | None:
    """The last moment (local) at which another boarding may be a transfer; None when none can be."""
    rules = tariff.transfers
    group = ride.leg_group_id
    candidates = rules.by_origin.get(group, ())
    if group not in rules.listed_from:
        candidates = (*candidates, *rules.by_origin.get("", ()))
    ends = []
    for rule in candidates:
        chain = _continued(rule, ride)
        if rule.transfers > 0 and chain.transfers > rule.transfers:
            continue
        start = _start(rule, chain)
        ends.append(tariff.end_of_fare_day(start) if rule.limit is None else start + rule.limit)
    return tariff.local(max(ends)) if ends else None


def _continued(rule: TransferRule, before: Ride) -> Chain:
    """The chain with this transfer in it. Only a rule within one group goes on counting, and timing."""
    pair = rule.from_leg_group_id, rule.to_leg_group_id
    chain = before.chain
    if chain and pair[0] == pair[1] and pair == (chain.from_leg_group_id, chain.to_leg_group_id):
        return Chain(*pair, chain.transfers + 1, chain.boarded, chain.alighted)
    return Chain(*pair, 1, before.leg_boarded, before.alighted)


def _start(rule: TransferRule, chain: Chain) -> datetime:
    """A first leg without a tap off is taken to have ended when it began: the shorter time."""
    return chain.boarded if rule.limit_type in (0, 1) else chain.alighted or chain.boarded


def _in_time(tariff: Tariff, rule: TransferRule, chain: Chain, leg: Leg, tapped_off: bool) -> bool:
    """A limit to the arrival is not met before the arrival is known, where it will be."""
    start = _start(rule, chain)
    if rule.limit is None:
        return tariff.fare_day(start) == tariff.fare_day(leg.boarded)
    end = leg.boarded
    if rule.limit_type in (0, 3):
        if tapped_off and leg.alighted is None:
            return False
        end = leg.alighted or leg.boarded
    earliest = timedelta(minutes=tariff.city.transfers.after_minutes)
    return earliest <= end - start <= rule.limit


def _cost(tariff: Tariff, rule: TransferRule, before: Ride, price: LegPrice, payer: Payer) -> int:
    fee = 0
    if rule.fare_product_id:
        found = amounts(tariff.prices[rule.fare_product_id], payer)
        if found is None:
            return price.own_fen
        fee = found.own_fen
    if rule.transfer_type == 1:
        fee += price.own_fen
    elif rule.transfer_type == 2 and before.chain is None:
        fee -= before.leg_fen
    return max(0, min(fee, price.own_fen))
