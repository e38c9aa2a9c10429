"""Faults of the fare engine.

FareFault
  TariffUnusable   the tariff's files hold mistakes; all of them are named, none is guessed around
  FareUnknown      no rule prices this ride
  RouteUnknown     the tap names a route the tariff does not know
  StopUnknown      the tap names a stop the tariff does not know, or one its line does not serve
  MediaRefused     rules price this ride, for other fare media only
  RidersRefused    too many riders, or none, on one card
  TapOffNotUsed    this line has no tap off; nothing is owed
"""

from __future__ import annotations

from typing import ClassVar

from config.faults import Fault
from domain.fares.mistakes import Mistake


class FareFault(Fault):
    code = "fare.fault"


class TariffUnusable(FareFault):
    """``mistakes`` holds every one, in the order of file and line."""

    code: ClassVar[str] = "fare.tariff_unusable"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class FareUnknown(FareFault):
    code = "fare.unknown"


class RouteUnknown(FareFault):
    code = "fare.route_unknown"


class StopUnknown(FareFault):
    code = "fare.stop_unknown"


class MediaRefused(FareFault):
    code = "fare.media_refused"


class RidersRefused(FareFault):
    code = "fare.riders_refused"


class TapOffNotUsed(FareFault):
    code = "fare.tap_off_not_used"
