"""Keeping the list of entitled cards as new as the centre's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from cryptography.x509 import Certificate

from domain.messages.entitlements import EntitlementDelta, apart
from domain.messages.signed_documents import opened
from drivers.central.client import CentralClient
from drivers.central.faults import Final
from terminal.runtime.delta_refresh import BUDGET_MS, DeltaRefresh
from terminal.ticketing.entitlements.store import EntitlementFault, EntitlementList

log = logging.getLogger(__name__)


class EntitlementRefresh(DeltaRefresh):
    """A centre that tells no entitlements is asked again as any other."""

    def __init__(
        self,
        entitlements: EntitlementList,
        central: CentralClient,
        authority: Callable[[], Certificate | None],
        now: Callable[[], datetime],
        random: Callable[[], float],
        every_s: float,
    ) -> None:
        super().__init__("entitlements", authority, now, random, every_s)
        self._list = entitlements
        self._central = central

    def catch_up(self, authority: Certificate) -> None:
        try:
            while not self._one_answer(authority):
                pass
        except Final:
            log.debug("this centre tells no entitlements")

    def _one_answer(self, authority: Certificate) -> bool:
        """Asks for what is next. True when the list is the centre's newest."""
        before = self._list.state
        said = opened(self._central.entitlements(before.version, BUDGET_MS), EntitlementDelta, authority)
        newest_at = self.newest_as_of(said, before, EntitlementFault, EntitlementFault)
        entries = apart(said.entries)
        self._list.apply(said.base, said.version, entries, newest_at)
        if entries:
            log.info("entitlements at version %d of %d, %d changes", said.version, said.newest, len(entries))
        return newest_at is not None
