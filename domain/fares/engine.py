"""The fare of one tap. Pure: the same tariff, tap, rider, history and budgets always give the same fare.

The order, which ``docs/fares.md`` explains to those who write tariffs: same ride, leg, category, joined
legs, transfer, concession, caps, promotion, companions. Each step can only take away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from types import MappingProxyType

from domain.fares.faults import RidersRefused, RouteUnknown, StopUnknown, TapOffNotUsed
from domain.fares.reckoning import Journey, reckon
from domain.fares.ride import (
    ANYONE,
    Because,
    Fare,
    FareLine,
    Ride,
    RideHistory,
    Rider,
    Standing,
    Tap,
    TapKind,
)
from domain.fares.tariff import Tariff
from domain.fares.transfers import transfer_until

NOTHING_SPENT: Mapping[str, int] = MappingProxyType({})
NO_RIDES = RideHistory()
NOW = timedelta(0)


def rate(
    tariff: Tariff,
    tap: Tap,
    rider: Rider = ANYONE,
    history: RideHistory = NO_RIDES,
    spent: Mapping[str, int] = NOTHING_SPENT,
) -> Fare:
    """Fare of this tap. ``spent`` is what each promotion has paid so far, in fen.

    Raises RouteUnknown, StopUnknown, FareUnknown, MediaRefused, RidersRefused or TapOffNotUsed.
    """
    _check(tariff, tap)
    others = history.without(tap.id)
    again = _same_ride(tariff, tap, others)
    if again is not None and not tap.one_more:
        return _nothing_new(tariff, again)
    if tap.kind is TapKind.ALIGHT:
        return _tap_off(tariff, tap, rider, others, spent)
    to_stop_id = "" if tariff.routes[tap.route_id] in tariff.tap_off else tap.to_stop_id
    journey = Journey(tap, tap.at.astimezone(UTC), tap.stop_id, to_stop_id, holder=again is None)
    return reckon(tariff, journey, rider, others, _given_back(history, tap.id, spent))


def _check(tariff: Tariff, tap: Tap) -> None:
    if tap.at.tzinfo is None:
        raise ValueError("a tap's time must be aware")
    if tap.route_id not in tariff.routes:
        raise RouteUnknown(f"route {tap.route_id}")
    for stop_id in (tap.stop_id, tap.to_stop_id):
        if stop_id and stop_id not in tariff.stops:
            raise StopUnknown(f"stop {stop_id}")
    if not 1 <= tap.riders <= tariff.city.groups.most_riders:
        raise RidersRefused(f"{tap.riders} riders on one card, at most {tariff.city.groups.most_riders}")


def _same_ride(tariff: Tariff, tap: Tap, history: RideHistory) -> Ride | None:
    """The ride this card began, or ended, at this validator within the pass-back time.

    Counted both ways: of two taps the one that becomes known later is the repetition.
    """
    within = timedelta(seconds=tariff.city.pass_back.seconds)
    boards = tap.kind is TapKind.BOARD
    if not boards and (ended := _just_ended(tariff, tap, history)):
        return ended
    for ride in reversed(history.rides):
        if (ride.validator if boards else ride.alighted_validator) != tap.validator:
            continue
        if ride.alight_tap_id == tap.id:
            continue
        moment = ride.boarded if boards else ride.alighted
        if moment is not None and abs(tap.at - moment) <= within:
            return ride
    return None


def _just_ended(tariff: Tariff, tap: Tap, history: RideHistory) -> Ride | None:
    """The ride on this line that another tap off, at whichever door, ended a moment before or after this one.

    A card without a ride to end has been tapped twice: it is not somebody who rode without boarding.
    """
    if _begun(tap, history, _longest(tariff, tap), _skew(tariff)):
        return None
    within = timedelta(seconds=max(tariff.city.pass_back.seconds, tariff.city.pass_back.alight_seconds))
    return next(
        (
            ride
            for ride in reversed(history.rides)
            if ride.route_id == tap.route_id
            and ride.alighted is not None
            and ride.alight_tap_id != tap.id
            and abs(tap.at - ride.alighted) <= within
        ),
        None,
    )


def _skew(tariff: Tariff) -> timedelta:
    return timedelta(seconds=tariff.city.pass_back.clock_skew_seconds)


def _longest(tariff: Tariff, tap: Tap) -> timedelta:
    """How long after boarding this line a tap off still belongs to it."""
    rule = tariff.tap_off.get(tariff.routes[tap.route_id])
    return timedelta(minutes=rule.within_minutes) if rule else NOW


def _nothing_new(tariff: Tariff, ride: Ride) -> Fare:
    return Fare(0, 0, (), Standing.SAME_RIDE, ride, transfer_until=transfer_until(tariff, ride))


def _given_back(history: RideHistory, id: str, spent: Mapping[str, int]) -> Mapping[str, int]:
    """Spending of the promotions without the ride that is being rated again."""
    mine = next((ride for ride in history.rides if ride.id == id and ride.promotion_id), None)
    if mine is None or mine.promotion_id not in spent:
        return spent
    return {**spent, mine.promotion_id: max(0, spent[mine.promotion_id] - mine.promotion_fen)}


def _tap_off(tariff: Tariff, tap: Tap, rider: Rider, history: RideHistory, spent: Mapping[str, int]) -> Fare:
    """Corrects what was held at boarding; without a boarding the full length is charged."""
    rule = tariff.tap_off.get(tariff.routes[tap.route_id])
    if rule is None:
        raise TapOffNotUsed(f"route {tap.route_id}")
    began = _begun(tap, history, timedelta(minutes=rule.within_minutes), _skew(tariff))
    at = tap.at.astimezone(UTC)
    if began is not None:
        at = max(at, began.boarded)  # the clock of the validator at this door is behind
    if began is None:
        journey = Journey(tap, at, tap.stop_id, "", at)
        return _ended(reckon(tariff, journey, rider, history, _given_back(history, tap.id, spent)), tap, 0)
    boarding = replace(
        tap, id=began.id, riders=began.riders, fare_media_id=began.fare_media_id, validator=began.validator
    )
    journey = Journey(boarding, began.boarded, began.stop_id, tap.stop_id, at, began.with_holder)
    others = history.without(began.id)
    fare = reckon(tariff, journey, rider, others, _given_back(history, began.id, spent))
    return _ended(_not_above_held(fare, began.held_fen), tap, began.held_fen)


def _begun(tap: Tap, history: RideHistory, within: timedelta, skew: timedelta) -> Ride | None:
    """The ride this tap ends: the last open one on this line, or the one it ended when rated before."""
    return next(
        (
            ride
            for ride in reversed(history.rides)
            if ride.alight_tap_id == tap.id
            or (ride.open and ride.route_id == tap.route_id and -skew <= tap.at - ride.boarded <= within)
        ),
        None,
    )


def _not_above_held(fare: Fare, held_fen: int) -> Fare:
    """A tap off never costs more than forgetting it."""
    over = fare.fen - held_fen
    if over <= 0:
        return fare
    line = FareLine(Because.NOT_ABOVE_HELD, "docs/fares.md", -over)
    ride = replace(fare.ride, fen=held_fen, holder_fen=max(0, fare.ride.holder_fen - over))
    return replace(fare, fen=held_fen, lines=(*fare.lines, line), ride=ride)


def _ended(fare: Fare, tap: Tap, held_fen: int) -> Fare:
    ride = replace(
        fare.ride,
        alighted_validator=tap.validator,
        alighted_stop_id=tap.stop_id,
        alight_tap_id=tap.id,
        held_fen=held_fen,
    )
    return replace(fare, held_fen=held_fen, ride=ride)
