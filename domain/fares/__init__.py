"""Fares: a tariff loaded from GTFS Fares v2 and ``city.toml``, and one pure function over it.

    tariff = load({name: content, ...})
    fare = rate(tariff, tap, rider, history, spent)

Terminal and centre import the same package, so that both come to the same fen. It knows nothing of the rest
of the project and does no input or output. How a fare comes about is written in ``docs/fares.md``.
"""

from domain.fares.engine import rate
from domain.fares.loading import load
from domain.fares.ride import (
    ANYONE,
    Because,
    CapState,
    Entitlement,
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

__all__ = [
    "ANYONE",
    "Because",
    "CapState",
    "Entitlement",
    "Fare",
    "FareLine",
    "Ride",
    "RideHistory",
    "Rider",
    "Standing",
    "Tap",
    "TapKind",
    "Tariff",
    "load",
    "rate",
]
