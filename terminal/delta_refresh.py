"""Keeping a list as new as the centre's: its changes are fetched, proved, and applied in order.

The age of a list is that of the time signed by the centre, never the time of arrival: a replayed answer
makes no list younger.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from cryptography.x509 import Certificate

from config.faults import Fault
from terminal.periodic import Periodic

BUDGET_MS = 20_000
SOON_S = 1.0
SKEW = timedelta(seconds=60)
"""Clocks of one centre's machines differ by less than this."""


class Told(Protocol):
    """Signed answer of the centre: the changes up to ``version``, and its ``newest`` version."""

    @property
    def version(self) -> int: ...
    @property
    def newest(self) -> int: ...
    @property
    def issued_at(self) -> datetime: ...


class Kept(Protocol):
    """The list here: ``checked_at`` is when the centre last said that this version is its newest."""

    @property
    def version(self) -> int: ...
    @property
    def checked_at(self) -> datetime | None: ...


class DeltaRefresh(Periodic, ABC):
    """``authority`` gives whom documents are proved by; None while the centre has not said so yet.
    ``every_s``: between two rounds."""

    def __init__(
        self,
        name: str,
        authority: Callable[[], Certificate | None],
        now: Callable[[], datetime],
        random: Callable[[], float],
        every_s: float,
    ) -> None:
        super().__init__(name, self.step)
        self._authority = authority
        self._now = now
        self._random = random
        self._every_s = every_s

    def step(self) -> float:
        """One round; gives the seconds until the next. A fleet's rounds are spread over time."""
        authority = self._authority()
        if authority is None:
            return SOON_S
        self.catch_up(authority)
        return self._every_s * (0.5 + self._random())

    @abstractmethod
    def catch_up(self, authority: Certificate) -> None:
        """Asks until the list is the centre's newest. What goes wrong is logged: the list stays as it is."""

    def newest_as_of(
        self, said: Told, kept: Kept, replayed: type[Fault], unfit: type[Fault]
    ) -> datetime | None:
        """How new the list is with this answer; None where more has to be asked for.

        Raises ``replayed`` for one signed before what is here, ``unfit`` for versions out of order.
        """
        if kept.checked_at and said.issued_at < kept.checked_at - SKEW:
            raise replayed(f"signed {said.issued_at:%Y-%m-%d %H:%M:%S}, before what is here")
        complete = said.version == said.newest
        if said.version > said.newest or (not complete and said.version <= kept.version):
            raise unfit(f"version {said.version} of {said.newest}, while at {kept.version}")
        return min(said.issued_at, self._now()) if complete else None
