"""One fare, written line by line; after a holder's first line each can only take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from terminal.fares.city import Cap
from terminal.fares.eligibility import categories_of, concession_for
from terminal.fares.joins import join
from terminal.fares.legs import Leg, LegPrice, Payer, price_leg
from terminal.fares.limits import caps_of, promotion_for
from terminal.fares.ride import (
    Because,
    CapState,
    Fare,
    FareLine,
    Ride,
    RideHistory,
    Rider,
    Standing,
    Tap,
)
from terminal.fares.tariff import Tariff
from terminal.fares.transfers import transfer, transfer_until


@dataclass(frozen=True, slots=True)
class Journey:
    """A ride to be priced: the tap, and when and where it began and ends as far as is known.

    Without ``holder`` the holder is aboard already and only companions pay. ``began`` is the ride a tap off
    ends.
    """

    tap: Tap
    boarded: datetime
    from_stop_id: str
    to_stop_id: str
    alighted: datetime | None = None
    holder: bool = True
    began: Ride | None = None


class Reckoning:
    """The lines of one fare while they are written. After the first of the holder each takes away."""

    def __init__(self) -> None:
        self.lines: list[FareLine] = []
        self.owed_fen = 0

    def add(self, fen: int, because: Because, rule: str) -> None:
        self.lines.append(FareLine(because, rule, fen))
        self.owed_fen += fen

    def down_to(self, fen: int, because: Because, rule: str, funder: str = "") -> int:
        """What this line saves; a line that would save nothing is not written."""
        saved = self.owed_fen - fen
        if saved <= 0:
            return 0
        self.lines.append(FareLine(because, rule, -saved, funder))
        self.owed_fen = fen
        return saved


def reckon(
    tariff: Tariff, journey: Journey, rider: Rider, history: RideHistory, spent: Mapping[str, int]
) -> Fare:
    """The whole reckoning: the holder's lines, then the companions', then the fare they add up to."""
    tap = journey.tap
    network_id = tariff.routes[tap.route_id]
    local = tariff.local(journey.boarded)
    alighted = tariff.local(journey.alighted) if journey.alighted else None
    leg = Leg(tap.route_id, network_id, journey.from_stop_id, journey.to_stop_id, local, alighted)
    categories = categories_of(tariff, rider, local.date())
    payer = Payer(tap.fare_media_id, categories, tariff.default_category)
    price = price_leg(tariff, leg, payer)
    ride = _ride(journey, network_id, price, is_open=network_id in tariff.tap_off and alighted is None)
    reckoning = Reckoning()
    caps: list[tuple[Cap, CapState]] = []
    if journey.holder:
        ride = _price_after(tariff, reckoning, ride, leg, price, payer, history)
        ride = _concede(tariff, reckoning, ride, rider, history)
        caps = caps_of(tariff, network_id, ride.fare_product_id, categories, journey.boarded, history)
        for cap, state in caps:
            left = max(0, cap.fen - state.spent_fen)
            reckoning.down_to(left, Because.CAP, f"city.toml cap {cap.id}", cap.funder)
        ride = _promote(tariff, reckoning, ride, categories, history, spent)
    holder_fen = reckoning.owed_fen
    companions = tap.riders - journey.holder
    if companions:
        reckoning.add(companions * price.full_fen, Because.COMPANIONS, price.rule)
    ride = replace(ride, holder_fen=holder_fen, fen=reckoning.owed_fen)
    return Fare(
        fen=reckoning.owed_fen,
        full_fen=tap.riders * price.full_fen,
        lines=tuple(reckoning.lines),
        standing=Standing.HELD if ride.open else Standing.CHARGED,
        ride=ride,
        transfer_until=transfer_until(tariff, ride),
        caps=tuple(replace(state, spent_fen=state.spent_fen + holder_fen) for _, state in caps),
    )


def _ride(journey: Journey, network_id: str, price: LegPrice, is_open: bool) -> Ride:
    tap = journey.tap
    return Ride(
        id=tap.id,
        boarded=journey.boarded,
        validator=tap.validator,
        route_id=tap.route_id,
        network_id=network_id,
        fare_media_id=tap.fare_media_id,
        stop_id=journey.from_stop_id,
        origin_stop_id=journey.from_stop_id,
        fare_product_id=price.fare_product_id,
        leg_group_id=price.leg_group_id,
        leg_fen=price.own_fen,
        holder_fen=0,
        fen=0,
        riders=tap.riders,
        with_holder=journey.holder,
        leg_boarded=journey.boarded,
        open=is_open,
        alighted=journey.alighted,
        alighted_stop_id=journey.to_stop_id if journey.alighted else "",
    )


def _price_after(
    tariff: Tariff,
    reckoning: Reckoning,
    ride: Ride,
    leg: Leg,
    price: LegPrice,
    payer: Payer,
    history: RideHistory,
) -> Ride:
    """The leg's price, the rider's category, and what the ride before takes off."""
    reckoning.add(price.full_fen, Because.FULL_LENGTH if price.full_length else Because.FARE, price.rule)
    reckoning.down_to(price.own_fen, Because.CATEGORY, price.own_rule)
    before = next(
        (one for one in reversed(history.rides) if one.boarded <= ride.boarded and one.with_holder), None
    )
    if before is None:
        return ride
    if joined := join(tariff, before, leg, payer):
        rule, whole = joined
        more = max(0, whole.own_fen - before.leg_fen)
        reckoning.down_to(more, Because.JOINED, f"fare_leg_join_rules.txt:{rule.line}")
        return replace(
            ride,
            origin_stop_id=before.origin_stop_id,
            leg_boarded=before.leg_boarded,
            leg_fen=whole.own_fen,
            fare_product_id=whole.fare_product_id,
            leg_group_id=whole.leg_group_id,
            chain=before.chain,
        )
    tapped_off = ride.network_id in tariff.tap_off
    if found := transfer(tariff, before, leg, price, payer, tapped_off):
        reckoning.down_to(found.fen, Because.TRANSFER, found.rule)
        return replace(ride, chain=found.chain)
    return ride


def _concede(tariff: Tariff, reckoning: Reckoning, ride: Ride, rider: Rider, history: RideHistory) -> Ride:
    """Rounded down to the fen, for the rider."""
    if not reckoning.owed_fen:
        return ride
    concession = concession_for(tariff, rider, ride.network_id, ride.fare_media_id, ride.boarded, history)
    if concession is None:
        return ride
    pays = reckoning.owed_fen * concession.pays_percent // 100
    saved = reckoning.down_to(
        pays, Because.CONCESSION, f"city.toml concession {concession.id}", concession.funder
    )
    return replace(ride, concession_id=concession.id) if saved else ride


def _promote(
    tariff: Tariff,
    reckoning: Reckoning,
    ride: Ride,
    categories: frozenset[str],
    history: RideHistory,
    spent: Mapping[str, int],
) -> Ride:
    where = ride.network_id, ride.fare_media_id
    found = promotion_for(tariff, where, categories, ride.boarded, reckoning.owed_fen, history, spent)
    if found is None:
        return ride
    saved = reckoning.down_to(found.fen, Because.PROMOTION, f"city.toml promotion {found.id}", found.funder)
    return replace(ride, promotion_id=found.id, promotion_fen=saved)
