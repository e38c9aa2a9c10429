"""Use of an old hotlist: data, and one decision over it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from config.faults import Fault
from config.settings import HotlistSettings
from domain.messages.contract import TrustLevel
from terminal.identification.hotlist.store import HotlistState


class HotlistTooOld(Fault):
    """A service that needs a proved card also needs to know that the card is not blocked."""

    code = "hotlist.too_old"


class HotlistBlocked(Fault):
    """The centre blocked this card or code: it is refused, online and offline."""

    code = "hotlist.blocked"


class Freshness(StrEnum):
    FRESH = "fresh"
    AGEING = "ageing"
    """Staff should know; everything goes on."""
    TOO_OLD = "too_old"


def freshness(state: HotlistState, now: datetime, limits: HotlistSettings) -> Freshness:
    """How far the list may be relied on; one that was never fetched is too old."""
    if state.stale(now, timedelta(hours=limits.refuse_after_hours)):
        return Freshness.TOO_OLD
    if state.stale(now, timedelta(hours=limits.warn_after_hours)):
        return Freshness.AGEING
    return Freshness.FRESH


def refusal(standing: Freshness, needed: TrustLevel) -> HotlistTooOld | None:
    """Why a service that needs this much trust may not be given while the centre cannot be asked."""
    if standing is Freshness.TOO_OLD and needed.reaches(TrustLevel.VERIFIED):
        return HotlistTooOld()
    return None
