"""Keeping the hotlist as new as the centre's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from cryptography.x509 import Certificate

from domain.messages.signed_documents import HotlistDelta, apart, opened
from drivers.central.client import CentralClient
from terminal.identification.hotlist.store import Delta, Hotlist, HotlistFault, HotlistState
from terminal.runtime.delta_refresh import BUDGET_MS, DeltaRefresh

log = logging.getLogger(__name__)


class HotlistReplayed(HotlistFault):
    """An answer signed before the newest one that is already here."""

    code = "hotlist.replayed"


class HotlistRefresh(DeltaRefresh):
    """``told`` receives the state of the list after each round."""

    def __init__(
        self,
        hotlist: Hotlist,
        central: CentralClient,
        authority: Callable[[], Certificate | None],
        now: Callable[[], datetime],
        random: Callable[[], float],
        told: Callable[[HotlistState], None],
        every_s: float,
    ) -> None:
        super().__init__("hotlist", authority, now, random, every_s)
        self._hotlist = hotlist
        self._central = central
        self._told = told

    def catch_up(self, authority: Certificate) -> None:
        try:
            while not self._one_answer(authority):
                pass
        finally:
            self._told(self._hotlist.state)

    def _one_answer(self, authority: Certificate) -> bool:
        """Asks for what is next. True when the list is the centre's newest."""
        before = self._hotlist.state
        said = opened(self._central.hotlist(before.version, BUDGET_MS), HotlistDelta, authority)
        newest_at = self.newest_as_of(said, before, HotlistReplayed, HotlistFault)
        delta = Delta(said.base, said.version, apart(said.added), apart(said.removed))
        self._hotlist.apply(delta, newest_at)
        if delta.added or delta.removed:
            log.info("hotlist at version %d of %d", said.version, said.newest)
        return newest_at is not None
