"""How fast the backlog may go: batch size, waits after failures, items that are left alone for a while.

A batch that fails is halved until the one item that does it stands alone; that one is put off while the
others go on. Waits grow exponentially with full jitter, and are never shorter than the centre asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.messages.contract import BATCH_LIMIT
from terminal.runtime.backoff import WAITS, Waits


def backoff_ms(failures: int, first_ms: float, longest_ms: float, chance: float) -> float:
    """Full jitter: anywhere up to the exponential bound. ``chance`` in [0, 1)."""
    return min(longest_ms, first_ms * 2.0 ** min(failures - 1, 30)) * chance


@dataclass(slots=True)
class PutOff:
    """An item that has to wait on its own account."""

    failures: int
    until_ms: float
    accepted_before: int
    """How many items the centre had taken when this one failed first."""


@dataclass(slots=True)
class Pace:
    """Belongs to the forwarder's thread. ``chance`` gives numbers in [0, 1)."""

    chance: Callable[[], float]
    waits: Waits = WAITS
    limit: int = BATCH_LIMIT
    failures: int = 0
    not_before_ms: float = 0.0
    asked_until_ms: float = 0.0
    accepted: int = 0
    put_off: dict[int, PutOff] = field(default_factory=dict)

    def may_go(self, sequence: int, now_ms: float) -> bool:
        waits = self.put_off.get(sequence)
        return waits is None or waits.until_ms <= now_ms

    def wait_ms(self, now_ms: float) -> float:
        """Until anything may be sent at all."""
        return max(0.0, self.not_before_ms - now_ms)

    def next_item_ms(self, now_ms: float) -> float | None:
        """Until the first item that was put off may go; None when there is none."""
        return min((max(0.0, each.until_ms - now_ms) for each in self.put_off.values()), default=None)

    def succeeded(self, sequences: list[int]) -> None:
        self.accepted += len(sequences)
        self.failures = 0
        self.limit = min(BATCH_LIMIT, self.limit * 2)
        for sequence in sequences:
            self.put_off.pop(sequence, None)

    def smaller(self, sent: int) -> None:
        """Somewhere in the batch is one that the centre will not have."""
        self.limit = max(1, sent // 2)

    def pause(self, now_ms: float, asked_ms: int | None = None) -> None:
        """Nothing goes for a while: at least as long as asked."""
        self.failures += 1
        wait = backoff_ms(
            self.failures, self.waits.first_batch_ms, self.waits.longest_batch_ms, self.chance()
        )
        self.asked_until_ms = now_ms + (asked_ms or 0)
        self.not_before_ms = self.asked_until_ms + wait

    def hurry(self) -> None:
        """Waits of our own making are over; what the centre asked for still holds."""
        self.not_before_ms = self.asked_until_ms
        for each in self.put_off.values():
            each.until_ms = self.asked_until_ms

    def put_off_item(self, sequence: int, now_ms: float, asked_ms: int | None = None) -> None:
        before = self.put_off.get(sequence)
        failures = before.failures + 1 if before else 1
        wait = backoff_ms(failures, self.waits.first_item_ms, self.waits.longest_item_ms, self.chance())
        accepted = before.accepted_before if before else self.accepted
        self.put_off[sequence] = PutOff(failures, now_ms + (asked_ms or 0) + wait, accepted)

    def others_went(self, sequence: int) -> bool:
        """True when the centre took others since this item failed first: the fault is in the item."""
        waits = self.put_off.get(sequence)
        return waits is not None and self.accepted > waits.accepted_before
