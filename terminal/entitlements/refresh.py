"""Keeping the list of entitled cards as new as the centre's: fetched, proved, applied in order.

As of the hotlist: how old it is, is told by the time the centre signed.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime

from cryptography.x509 import Certificate

from drivers.central.client import CentralClient
from drivers.central.configuration import ConfigurationFault, opened
from drivers.central.entitlements import EntitlementDelta, apart
from drivers.central.faults import CentralFault, Final
from terminal.entitlements.store import EntitlementFault, EntitlementList
from terminal.hotlist.refresh import BUDGET_MS, SKEW, SOON_S
from terminal.periodic import Periodic

log = logging.getLogger(__name__)


class EntitlementRefresh(Periodic):
    """``authority``: whom documents are proved by, None while unknown. ``every_s``: between two rounds."""

    def __init__(
        self,
        entitlements: EntitlementList,
        central: CentralClient,
        authority: Callable[[], Certificate | None],
        now: Callable[[], datetime],
        random: Callable[[], float],
        every_s: float,
    ) -> None:
        super().__init__("entitlements", self.step)
        self._list = entitlements
        self._central = central
        self._authority = authority
        self._now = now
        self._random = random
        self._every_s = every_s

    def step(self) -> float:
        """One round; gives the seconds until the next. A fleet's rounds are spread over time."""
        authority = self._authority()
        if authority is None:
            return SOON_S
        try:
            while not self._one_answer(authority):
                pass
        except Final:
            log.debug("this centre tells no entitlements")
        except (CentralFault, ConfigurationFault, EntitlementFault, sqlite3.Error) as fault:
            log.warning("the entitlements stay at version %d: %s", self._list.state.version, fault)
        return self._every_s * (0.5 + self._random())

    def _one_answer(self, authority: Certificate) -> bool:
        """Asks for what is next. True when the list is the centre's newest."""
        before = self._list.state
        said = opened(self._central.entitlements(before.version, BUDGET_MS), EntitlementDelta, authority)
        if before.checked_at and said.issued_at < before.checked_at - SKEW:
            raise EntitlementFault(f"signed {said.issued_at:%Y-%m-%d %H:%M:%S}, before what is here")
        complete = said.version == said.newest
        if said.version > said.newest or (not complete and said.version <= before.version):
            raise EntitlementFault(f"version {said.version} of {said.newest}, while at {before.version}")
        entries = apart(said.entries)
        self._list.apply(
            said.base, said.version, entries, min(said.issued_at, self._now()) if complete else None
        )
        if entries:
            log.info("entitlements at version %d of %d, %d changes", said.version, said.newest, len(entries))
        return complete
