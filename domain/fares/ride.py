"""Input and output of the engine: taps, riders, earlier rides, fares. Money is integer fen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Self


class TapKind(StrEnum):
    BOARD = "board"
    ALIGHT = "alight"


@dataclass(frozen=True, slots=True)
class Tap:
    """One presentation of a card or code at a validator.

    ``id`` is the transaction's: rating the same tap again, with its ride already in the history, gives the
    same fare. ``at`` is aware. ``to_stop_id`` is the destination where rider or driver said it; where a tap
    off tells, it is not believed. ``riders`` ride on this one card; ``one_more`` says that a second tap
    within the pass-back time is meant.
    """

    id: str
    at: datetime
    validator: str
    route_id: str
    fare_media_id: str
    stop_id: str = ""
    to_stop_id: str = ""
    kind: TapKind = TapKind.BOARD
    riders: int = 1
    one_more: bool = False


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A status the centre vouches for (``"student"``, ``"disabled"``, ``"veteran"``), to its last day."""

    kind: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Rider:
    """Holder's properties that a fare may depend on; never shown or logged."""

    birth_date: date | None = field(default=None, repr=False)
    entitlements: tuple[Entitlement, ...] = field(default=(), repr=False)


ANYONE = Rider()
"""A holder of whom nothing is known: the full fare's rider."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The transfers one leg continues: which rule's pair of groups, how many, and when the first leg was."""

    from_leg_group_id: str
    to_leg_group_id: str
    transfers: int
    boarded: datetime
    alighted: datetime | None


@dataclass(frozen=True, slots=True)
class Ride:
    """A rated ride, as later decisions need it: plain values, to be kept by the caller for eight days.

    Times are in UTC, so that a span between two of them is true when clocks change.

    ``leg_fen`` is the rider's price of the leg by itself, ``holder_fen`` what the holder paid (caps count
    it), ``fen`` what was paid in all. ``origin_stop_id`` and ``leg_boarded`` are where and when the leg
    began, which joined legs share. A ride that is ``open`` waits for its tap off; ``fen`` is then held.
    ``with_holder`` is false where only companions boarded.
    """

    id: str
    boarded: datetime
    fare_day: date
    validator: str
    route_id: str
    network_id: str
    fare_media_id: str
    stop_id: str
    origin_stop_id: str
    leg_boarded: datetime
    fare_product_id: str
    leg_group_id: str
    leg_fen: int
    holder_fen: int
    fen: int
    riders: int = 1
    with_holder: bool = True
    open: bool = False
    alighted: datetime | None = None
    alighted_stop_id: str = ""
    alighted_validator: str = ""
    alight_tap_id: str = ""
    held_fen: int = 0
    concession_id: str = ""
    promotion_id: str = ""
    promotion_fen: int = 0
    chain: Chain | None = None


@dataclass(frozen=True, slots=True)
class RideHistory:
    """The earlier rides of one holder, in whatever order they became known."""

    rides: tuple[Ride, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.rides, key=lambda ride: (ride.boarded, ride.id)))
        object.__setattr__(self, "rides", ordered)

    def after(self, fare: Fare) -> Self:
        """With the fare's ride in it; a tap off takes the place of its tap on."""
        return type(self)((*self.without(fare.ride.id).rides, fare.ride))

    def without(self, id: str) -> Self:
        rest = tuple([ride for ride in self.rides if ride.id != id])
        return self if len(rest) == len(self.rides) else type(self)(rest)


class Standing(StrEnum):
    """Kind of a fare: charged for good, held until the tap off, or nothing new."""

    CHARGED = "charged"
    HELD = "held"
    SAME_RIDE = "same_ride"


class Because(StrEnum):
    """Why a line stands in a fare. The first three add, the others take away."""

    FARE = "fare"
    FULL_LENGTH = "full_length"
    COMPANIONS = "companions"
    CATEGORY = "category"
    MONTHLY = "monthly"
    JOINED = "joined"
    TRANSFER = "transfer"
    CONCESSION = "concession"
    CAP = "cap"
    PROMOTION = "promotion"
    NOT_ABOVE_HELD = "not_above_held"
    AS_TOLD = "as_told"


@dataclass(frozen=True, slots=True)
class FareLine:
    """One line of the reckoning. ``rule`` is where it is written; who ``funder`` is pays a saving."""

    because: Because
    rule: str
    fen: int
    funder: str = ""


@dataclass(frozen=True, slots=True)
class CapState:
    """How far a cap is used up, this ride counted."""

    id: str
    spent_fen: int
    cap_fen: int


@dataclass(frozen=True, slots=True)
class Fare:
    """The answer. ``lines`` add up to ``fen``; their positive ones to ``full_fen``.

    ``held_fen`` is what was held when this ride began: on a tap off ``refund_fen`` of it goes back. A
    boarding at or before ``transfer_until`` (local time) may count as a transfer.
    """

    fen: int
    full_fen: int
    lines: tuple[FareLine, ...]
    standing: Standing
    ride: Ride
    held_fen: int = 0
    transfer_until: datetime | None = None
    caps: tuple[CapState, ...] = ()

    @property
    def fare_product_id(self) -> str:
        return self.ride.fare_product_id

    @property
    def refund_fen(self) -> int:
        return max(0, self.held_fen - self.fen)

    @property
    def saving_by_funder(self) -> dict[str, int]:
        """Fen each funder takes over; the operator's own savings stand under an empty name."""
        savings: dict[str, int] = {}
        for line in self.lines:
            if line.fen < 0:
                savings[line.funder] = savings.get(line.funder, 0) - line.fen
        return savings
