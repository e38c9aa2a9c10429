"""One fare, written line by line; after a holder's first line each can only take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.fares.eligibility import categories_of, concession_for
from domain.fares.joins import join
from domain.fares.legs import Leg, price_leg
from domain.fares.limits import caps_of, promotion_for, tier_for
from domain.fares.ride import (
    Because,
    CapState,
    Chain,
    Fare,
    FareLine,
    Ride,
    RideHistory,
    Rider,
    Standing,
    Tap,
)
from domain.fares.tariff import Payer, Tariff
from domain.fares.transfers import transfer, transfer_until


@dataclass(frozen=True, slots=True)
class Journey:
    """A ride to be priced: the tap, and when (in UTC) and where it began and ends as far as is known.

    Without ``holder`` the holder is aboard already and only companions pay.
    """

    tap: Tap
    boarded: datetime
    from_stop_id: str
    to_stop_id: str
    alighted: datetime | None = None
    holder: bool = True


def reckon(
    tariff: Tariff, journey: Journey, rider: Rider, history: RideHistory, spent: Mapping[str, int]
) -> Fare:
    """The holder's lines in their order, then the companions', then the fare they add up to."""
    reckoning = Reckoning(tariff, journey, rider)
    if journey.holder:
        reckoning.price()
        reckoning.tier(history)
        reckoning.follow(history)
        reckoning.concede(rider, history)
        reckoning.cap(history)
        reckoning.promote(history, spent)
    return reckoning.fare()


class Reckoning:
    """One fare while it is written. Lives for one call of ``reckon``."""

    def __init__(self, tariff: Tariff, journey: Journey, rider: Rider) -> None:
        """Finds the leg's price; raises what ``price_leg`` raises."""
        tap = journey.tap
        self.tariff, self.journey, self.tap = tariff, journey, tap
        self.network_id = tariff.routes[tap.route_id]
        self.taps_off = self.network_id in tariff.tap_off
        self.local = tariff.local(journey.boarded)
        self.day = tariff.fare_day(self.local)
        self.categories = categories_of(tariff, rider, self.local.date())
        self.leg = self._leg()
        self.payer = Payer(tap.fare_media_id, self.categories, tariff.default_category)
        self.leg_price = price_leg(tariff, self.leg, self.payer)
        self.whole_leg = self.leg_price
        self.origin = journey.from_stop_id, journey.boarded
        self.chain: Chain | None = None
        self.concession_id = self.promotion_id = ""
        self.promotion_fen = 0
        self.caps: list[CapState] = []
        self.lines: list[FareLine] = []
        self.owed_fen = 0

    def _leg(self) -> Leg:
        journey = self.journey
        began = ended = self.tariff.timeframes_at(self.local)
        if journey.alighted is not None:
            ended = self.tariff.timeframes_at(self.tariff.local(journey.alighted))
        return Leg(
            self.tap.route_id,
            self.network_id,
            journey.from_stop_id,
            journey.to_stop_id,
            journey.boarded,
            journey.alighted,
            began,
            ended,
        )

    def add(self, fen: int, because: Because, rule: str) -> None:
        self.lines.append(FareLine(because, rule, fen))
        self.owed_fen += fen

    def down_to(self, fen: int, because: Because, rule: str, funder: str = "") -> int:
        """Saving by this line; a line without a saving is not written."""
        saved = self.owed_fen - fen
        if saved <= 0:
            return 0
        self.lines.append(FareLine(because, rule, -saved, funder))
        self.owed_fen = fen
        return saved

    def price(self) -> None:
        """The leg by itself, and the rider's category."""
        price = self.leg_price
        self.add(price.full_fen, Because.FULL_LENGTH if price.full_length else Because.FARE, price.rule)
        self.down_to(price.own_fen, Because.CATEGORY, price.own_rule)

    def tier(self, history: RideHistory) -> None:
        """The discount by the month's total, before any transfer: that deduction is not discounted."""
        before = RideHistory(tuple(ride for ride in history.rides if ride.boarded <= self.journey.boarded))
        medium = self.tap.fare_media_id
        if found := tier_for(self.tariff, self.network_id, medium, self.day, before):
            rule, percent = found
            fen = self.owed_fen * percent // 100
            self.down_to(fen, Because.MONTHLY, f"city.toml monthly {rule.id}", rule.funder)

    def follow(self, history: RideHistory) -> None:
        """Deduction for the holder's previous ride: both are one leg, or this is a transfer."""
        boarded = self.journey.boarded
        before = next(
            (ride for ride in reversed(history.rides) if ride.boarded <= boarded and ride.with_holder), None
        )
        if before is None:
            return
        if joined := join(self.tariff, before, self.leg, self.payer):
            rule, self.whole_leg = joined
            more = max(0, self.whole_leg.own_fen - before.leg_fen)
            self.down_to(more, Because.JOINED, f"fare_leg_join_rules.txt:{rule.line}")
            self.origin = before.origin_stop_id, before.leg_boarded
            self.chain = before.chain
        elif found := transfer(self.tariff, before, self.leg, self.leg_price, self.payer, self.taps_off):
            saving = self.leg_price.own_fen - found.fen
            self.down_to(max(0, self.owed_fen - saving), Because.TRANSFER, found.rule)
            self.chain = found.chain

    def concede(self, rider: Rider, history: RideHistory) -> None:
        """Rounded down to the fen, for the rider; a right is not used up where nothing is owed."""
        where = self.network_id, self.tap.fare_media_id
        if not self.owed_fen or not (rider.birth_date or rider.entitlements):
            return
        concession = concession_for(self.tariff, rider, where, self.local, self.day, history)
        if concession is not None:
            pays = self.owed_fen * concession.pays_percent // 100
            rule = f"city.toml concession {concession.id}"
            self.down_to(pays, Because.CONCESSION, rule, concession.funder)
            self.concession_id = concession.id

    def cap(self, history: RideHistory) -> None:
        product_id = self.whole_leg.fare_product_id
        for cap, spent_fen in caps_of(
            self.tariff, self.network_id, product_id, self.categories, self.day, history
        ):
            left = max(0, cap.fen - spent_fen)
            self.down_to(left, Because.CAP, f"city.toml cap {cap.id}", cap.funder)
            self.caps.append(CapState(cap.id, spent_fen, cap.fen))

    def promote(self, history: RideHistory, spent: Mapping[str, int]) -> None:
        where = self.network_id, self.tap.fare_media_id
        found = promotion_for(
            self.tariff, where, self.categories, self.local, self.day, self.owed_fen, history, spent
        )
        if found is not None:
            rule = f"city.toml promotion {found.id}"
            self.promotion_fen = self.down_to(found.fen, Because.PROMOTION, rule, found.funder)
            self.promotion_id = found.id

    def fare(self) -> Fare:
        """Adds the companions, who pay in full, and closes the reckoning."""
        holder_fen = self.owed_fen
        if companions := self.tap.riders - self.journey.holder:
            self.add(companions * self.leg_price.full_fen, Because.COMPANIONS, self.leg_price.rule)
        ride = self._ride(holder_fen)
        return Fare(
            fen=self.owed_fen,
            full_fen=self.tap.riders * self.leg_price.full_fen,
            lines=tuple(self.lines),
            standing=Standing.HELD if ride.open else Standing.CHARGED,
            ride=ride,
            transfer_until=transfer_until(self.tariff, ride),
            caps=tuple([CapState(cap.id, cap.spent_fen + holder_fen, cap.cap_fen) for cap in self.caps]),
        )

    def _ride(self, holder_fen: int) -> Ride:
        journey, tap = self.journey, self.tap
        is_open = self.taps_off and journey.alighted is None
        return Ride(
            id=tap.id,
            boarded=journey.boarded,
            fare_day=self.day,
            validator=tap.validator,
            route_id=tap.route_id,
            network_id=self.network_id,
            fare_media_id=tap.fare_media_id,
            stop_id=journey.from_stop_id,
            origin_stop_id=self.origin[0],
            leg_boarded=self.origin[1],
            fare_product_id=self.whole_leg.fare_product_id,
            leg_group_id=self.whole_leg.leg_group_id,
            leg_fen=self.whole_leg.own_fen,
            holder_fen=holder_fen,
            fen=self.owed_fen,
            riders=tap.riders,
            with_holder=journey.holder,
            open=is_open,
            held_fen=self.owed_fen if is_open else 0,
            alighted=journey.alighted,
            alighted_stop_id=journey.to_stop_id if journey.alighted else "",
            concession_id=self.concession_id,
            promotion_id=self.promotion_id,
            promotion_fen=self.promotion_fen,
            chain=self.chain,
        )
