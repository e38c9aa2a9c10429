"""Rides as JSON values, for those who keep histories: the journal of a terminal, the tables of the centre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from domain.fares.ride import Ride, RideHistory

KEPT = timedelta(days=33)
"""How long a ride matters: totals of a calendar month, and a day or two for rides that become known late."""

_RIDES: TypeAdapter[Ride] = TypeAdapter(Ride)


def as_json(ride: Ride) -> dict[str, Any]:
    """JSON values only; times are RFC 3339 with offset."""
    return cast(dict[str, Any], _RIDES.dump_python(ride, mode="json"))


def from_json(untrusted: Mapping[str, Any]) -> Ride:
    """Raises ValueError; its message holds no value of the ride."""
    try:
        ride = _RIDES.validate_python(dict(untrusted))
    except ValidationError as error:
        wrong = sorted({".".join(map(str, one["loc"])) for one in error.errors()})
        raise ValueError(f"not a ride: {', '.join(wrong)}") from None
    if any(moment is not None and moment.tzinfo is None for moment in (ride.boarded, ride.alighted)):
        raise ValueError("not a ride: a time without offset")
    return ride


def recent(history: RideHistory, now: datetime) -> RideHistory:
    """Without the rides no decision at ``now`` or later needs."""
    return RideHistory(tuple(ride for ride in history.rides if now - ride.boarded <= KEPT))
