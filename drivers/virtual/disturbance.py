"""Faults of a card in a reader, as data for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


class Torn(Exception):
    """The card was torn out of the reader at this command."""


@dataclass
class Disturbance:
    """``torn_after`` exchanges the card is gone; ``mute`` answers a reset with nothing a reader
    understands; ``slower_ms`` is added to every answer; ``garbles`` changes each answer on its way.
    """

    torn_after: int | None = None
    mute: bool = False
    slower_ms: float = 0.0
    garbles: Callable[[bytes], bytes] | None = None
    exchanges: int = field(default=0, init=False)

    def before(self, command: bytes) -> None:
        """Counts an exchange; raises ``Torn`` when it is the one at which the card is torn out."""
        if self.torn_after is not None and self.exchanges >= self.torn_after:
            raise Torn
        self.exchanges += 1

    def garble(self, answer: bytes) -> bytes:
        return self.garbles(answer) if self.garbles else answer
