"""Fleet parts of a terminal: the hotlist, its settings, its certificate, its decommissioning.

A part that the way to the centre cannot have (a centre without an authority proves nothing) is left out.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.faults import Fault
from config.settings import HotlistSettings, Settings
from domain.messages.contract import TrustLevel
from domain.messages.signed_documents import Configuration
from drivers.central.client import CentralClient
from runtime.periodic import PeriodicTask
from terminal.identification.hotlist.freshness import (
    Freshness,
    HotlistBlocked,
    HotlistTooOld,
    freshness,
    refusal,
)
from terminal.identification.hotlist.refresh import HotlistRefresh
from terminal.identification.hotlist.store import Hotlist, HotlistState
from terminal.provisioning.access import CentralAccess
from terminal.provisioning.configuration import ConfigurationRefresh
from terminal.provisioning.enrolment import Membership
from terminal.provisioning.published_settings import PublishedSettings, published_as

log = logging.getLogger(__name__)

CONFIGURATION_EVERY_S = 600.0
HOTLIST = Path("hotlist") / "hotlist.db"


class CardControl:
    """Whether what was presented may be served here: the hotlist, and how far it may be relied on.

    Any thread may ask. Raises ``OSError`` where the list cannot be kept.
    """

    def __init__(self, data: Path, limits: HotlistSettings, now: Callable[[], datetime]) -> None:
        path = data / HOTLIST
        self.hotlist = Hotlist(path)
        self._limits = limits
        self._now = now
        self._warned = Freshness.FRESH

    def refuse_blocked(self, subject_key: str) -> None:
        """Raises ``HotlistBlocked``."""
        if self.hotlist.blocked(subject_key):
            raise HotlistBlocked

    def too_old(self, needed: TrustLevel) -> HotlistTooOld | None:
        """Why business that needs this much trust may not be promised without the centre."""
        return refusal(self.standing, needed)

    @property
    def standing(self) -> Freshness:
        return freshness(self.hotlist.state, self._now(), self._limits)

    def told(self, state: HotlistState) -> None:
        """After each round of refreshing: a change of standing is logged once."""
        standing = self.standing
        if standing is not self._warned:
            log.warning("the hotlist at version %d is %s", state.version, standing.value)
            self._warned = standing

    def close(self) -> None:
        self.hotlist.close()


def fleet_parts(
    settings: Settings,
    data: Path,
    access: CentralAccess,
    client: CentralClient,
    control: CardControl,
    now: Callable[[], datetime],
    revoked: Callable[[], None],
    published: Callable[[Configuration], None],
) -> list[PeriodicTask]:
    """Threads of the fleet parts; each asks over ``client``. ``published`` receives newer settings."""
    every_s = float(settings.hotlist.every_s)
    parts: list[PeriodicTask] = [
        HotlistRefresh(control.hotlist, client, access.authority, now, random.random, control.told, every_s)
    ]
    if access.identity and access.files:
        files, identity = access.files, access.identity
        parts.append(Membership(files, identity, client, now, random.random, revoked))
        copy = PublishedSettings(settings, data, access).newest
        parts.append(
            ConfigurationRefresh(
                copy,
                published_as(settings),
                client,
                random.random,
                published,
                CONFIGURATION_EVERY_S,
            )
        )
    return parts


def end(access: CentralAccess) -> None:
    """After a revoked terminal forgot the people it served: its key goes last."""
    if access.files:
        try:
            access.files.forget()
        except (OSError, Fault) as fault:
            log.warning("the key of a revoked terminal could not be deleted: %s", fault)
