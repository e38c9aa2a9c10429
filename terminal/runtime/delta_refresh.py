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
from runtime.periodic import PeriodicTask

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


class DeltaRefresh(PeriodicTask, ABC):
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
        super().__init__(name, every_s, random)
        self._authority = authority
        self._now = now

    def work(self) -> float | None:
        """One round; sooner where it is not known yet by whom changes are proved."""
        authority = self._authority()
        if authority is None:
            return SOON_S
        self.catch_up(authority)
        return None

    @abstractmethod
    def catch_up(self, authority: Certificate) -> None:
        """Ask until the list is the centre's newest. Raises anything: the list stays as it is."""

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
