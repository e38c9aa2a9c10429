"""Keeping the hotlist as new as the centre's: changes are fetched, proved, and applied in order.

How old the list is, is told by the time the centre signed, never by when something arrived: an answer that
is played again makes no list younger.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.x509 import Certificate

from drivers.central.client import CentralClient
from drivers.central.configuration import ConfigurationFault, HotlistDelta, apart, opened
from drivers.central.faults import CentralFault
from terminal.hotlist.store import Delta, Hotlist, HotlistFault, HotlistState
from terminal.periodic import Periodic

log = logging.getLogger(__name__)

BUDGET_MS = 20_000
SOON_S = 1.0
SKEW = timedelta(seconds=60)
"""Clocks of one centre's machines differ by less than this."""


class HotlistReplayed(HotlistFault):
    """An answer signed before the newest one that is already here."""

    code = "hotlist.replayed"


class HotlistRefresh(Periodic):
    """``authority`` gives whom documents are proved by; None while the centre has not said so yet.

    ``told`` hears how the list stands after each round. ``every_s``: between two rounds.
    """

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
        super().__init__("hotlist", self.step)
        self._hotlist = hotlist
        self._central = central
        self._authority = authority
        self._now = now
        self._random = random
        self._told = told
        self._every_s = every_s

    def step(self) -> float:
        """One round; gives the seconds until the next. A fleet's rounds are spread over time."""
        authority = self._authority()
        if authority is None:
            return SOON_S
        try:
            while not self._one_answer(authority):
                pass
        except (CentralFault, ConfigurationFault, HotlistFault) as fault:
            log.warning("the hotlist stays at version %d: %s", self._hotlist.state.version, fault)
        self._told(self._hotlist.state)
        return self._every_s * (0.5 + self._random())

    def _one_answer(self, authority: Certificate) -> bool:
        """Asks for what is next. True when the list is the centre's newest."""
        before = self._hotlist.state
        document = self._central.hotlist(before.version, BUDGET_MS)
        said = opened(document, HotlistDelta, authority)
        if before.checked_at and said.issued_at < before.checked_at - SKEW:
            raise HotlistReplayed(f"signed {said.issued_at:%Y-%m-%d %H:%M:%S}")
        complete = said.version == said.newest
        if said.version > said.newest or (not complete and said.version <= before.version):
            raise HotlistFault(f"version {said.version} of {said.newest}, while at {before.version}")
        delta = Delta(said.base, said.version, apart(said.added), apart(said.removed))
        self._hotlist.apply(delta, min(said.issued_at, self._now()) if complete else None)
        if delta.added or delta.removed:
            log.info("hotlist at version %d of %d", said.version, said.newest)
        return complete
