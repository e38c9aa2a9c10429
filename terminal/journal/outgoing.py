"""Which batch goes next. While one is on its way the following one is already opened and checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

from runtime.one_shot import OneShot
from terminal.journal.database import connect_for_reading, told_as_faults
from terminal.journal.faults import JournalFault
from terminal.journal.store import Journal
from terminal.journal.waiting import Place, Waiting, choose, places, waiting

WINDOW = 1_000
WINDOWS = 20
"""So many places are looked at for a batch: enough to get past whatever has to wait."""

MayGo = Callable[[int], bool]


class Outgoing:
    """Reads beside the writer, never in its way. Belongs to the forwarder's thread."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._ahead: list[Waiting] = []
        self._looking: OneShot[list[Waiting]] | None = None

    def take(self, may_go: MayGo, limit: int) -> list[Waiting]:
        """The next batch, at most ``limit``; empty when nothing may go. Raises ``JournalFault``."""
        self._looked()
        ahead, self._ahead = self._ahead, []
        if not self._journal.backlog.pending:
            return []
        return ahead[:limit] or self._batch(may_go, limit)

    def look_ahead(self, batch: list[Waiting], may_go: MayGo, limit: int) -> None:
        """Begins to open what can follow ``batch``, which is about to be sent."""
        if self._journal.backlog.pending <= len(batch):
            return
        sent = {each.record.sequence for each in batch}

        def look() -> list[Waiting]:
            return self._batch(lambda sequence: sequence not in sent and may_go(sequence), limit)

        self._looking = OneShot("forwarding-ahead", look)

    def forget(self) -> None:
        """The batch did not arrive: the following one is chosen again."""
        self._looked()
        self._ahead = []

    def _looked(self) -> None:
        if self._looking:
            looking, self._looking = self._looking, None
            # Met again, and handled, when the batch itself is asked for.
            with suppress(JournalFault):
                self._ahead = looking.result()

    def _batch(self, may_go: MayGo, limit: int) -> list[Waiting]:
        directory = self._journal.directory
        with told_as_faults(directory), closing(connect_for_reading(directory)) as database:
            chosen = choose(_all_places(database), may_go, limit)
            opened = (waiting(database, self._journal.ring, sequence) for sequence in chosen)
            return [each for each in opened if each]


def _all_places(database: sqlite3.Connection) -> Iterator[Place]:
    after = 0
    for _ in range(WINDOWS):
        window = places(database, after, WINDOW)
        yield from window
        if len(window) < WINDOW:
            return
        after = window[-1].sequence
