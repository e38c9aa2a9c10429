"""How much the journal still owes and is owed: what the screen, the centre and the offline limits ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from domain.transaction_state import RELEASED, Standing


@dataclass(frozen=True, slots=True)
class Backlog:
    """``pending`` transactions the centre has not answered, the oldest of ``oldest_at``; ``inbox`` items
    wait for a clerk; ``held`` of them the centre does not have."""

    pending: int = 0
    oldest_at: datetime | None = None
    inbox: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Exposure:
    """Unconfirmed promises for one kind of business."""

    count: int = 0
    amount_fen: int = 0
    count_of_card: int = 0
    oldest_at: datetime | None = None


@dataclass(slots=True)
class Tally:
    """Counts kept beside the database, so that no rows are counted while a person waits."""

    standings: Counter[Standing] = field(default_factory=Counter)
    promised: Counter[tuple[str, str]] = field(default_factory=Counter)
    promised_fen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def moved(self, before: Standing | None, after: Standing, kind: tuple[str, str], amount_fen: int) -> None:
        if before:
            self._count(before, kind, -1, -amount_fen)
        self._count(after, kind, 1, amount_fen)

    def loaded(self, standing: Standing, kind: tuple[str, str], count: int, amount_fen: int) -> None:
        self._count(standing, kind, count, amount_fen)

    def _count(self, standing: Standing, kind: tuple[str, str], count: int, amount_fen: int) -> None:
        self.standings[standing] += count
        if standing is Standing.PROMISED:
            self.promised[kind] += count
            self.promised_fen[kind] += amount_fen

    @property
    def pending(self) -> int:
        return sum(count for standing, count in self.standings.items() if standing.undecided)

    @property
    def inbox(self) -> int:
        return sum(count for standing, count in self.standings.items() if standing.needs_clerk)

    @property
    def held(self) -> int:
        return sum(self.standings[standing] for standing in RELEASED)
