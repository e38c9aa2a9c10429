"""Trust anchors of a terminal, its place, and its knowledge of the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class ECardIssuer:
    """Signs credentials of electronic cards. ``public_key`` is a compressed point of P-256."""

    key_id: bytes
    public_key: bytes
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class RideCodeAuthority:
    """Certifies issuers of ride codes. ``public_key`` is a point of SM2, compressed or whole."""

    index: int
    public_key: bytes


@dataclass(frozen=True, slots=True)
class TrustAnchors:
    """Made by ``anchors``. An issuer is withdrawn by leaving it out."""

    e_card_issuers: dict[bytes, ECardIssuer] = field(default_factory=dict)
    ride_code_authorities: dict[int, RideCodeAuthority] = field(default_factory=dict)


def anchors(
    e_card_issuers: Iterable[ECardIssuer] = (), ride_code_authorities: Iterable[RideCodeAuthority] = ()
) -> TrustAnchors:
    """Raises ``ValueError`` where two answer to one name: a code must never choose between keys."""
    issuers, authorities = list(e_card_issuers), list(ride_code_authorities)
    by_id = {issuer.key_id: issuer for issuer in issuers}
    by_index = {authority.index: authority for authority in authorities}
    if len(by_id) < len(issuers) or len(by_index) < len(authorities):
        raise ValueError("two trust anchors of one name")
    return TrustAnchors(by_id, by_index)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """``time`` is aware. ``trusted`` where it comes from the centre, or from synchronisation that works."""

    time: datetime
    trusted: bool


@dataclass(frozen=True, slots=True)
class Here:
    """The counter that takes a code. ``audience`` is its service, as credentials name it; ``fare_fen`` the
    most that this ride may cost; ride codes are taken where rides are sold, nowhere else."""

    audience: str
    takes_ride_codes: bool = False
    fare_fen: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """``life`` of a presented electronic card; ``longest_ride_life`` whatever a ride code says of itself;
    ``tolerance`` between two clocks, each way."""

    life: timedelta = timedelta(seconds=30)
    longest_ride_life: timedelta = timedelta(seconds=120)
    tolerance: timedelta = timedelta(seconds=10)


LIMITS = Limits()
