"""UUIDv7 identifiers (RFC 9562, 5.7), made once for each transaction before its first try."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

MILLISECONDS = 48
RANDOM_BYTES = 10


def uuid7(at_ms: int, randomness: bytes) -> UUID:
    """The identifier for a Unix time in ms and 10 random bytes, of which 74 bits are used."""
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"{len(randomness)} random bytes, not {RANDOM_BYTES}")
    noise = int.from_bytes(randomness, "big")
    high = noise >> 62 & 0xFFF
    low = noise & (1 << 62) - 1
    time = at_ms & (1 << MILLISECONDS) - 1
    return UUID(int=time << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


class Identifiers:
    """Identifiers of one process that only ever grow, even when the wall clock is set back."""

    def __init__(self, random_bytes: Callable[[int], bytes]) -> None:
        self._random_bytes = random_bytes
        self._latest = UUID(int=0)

    def next(self, now_ms: int) -> UUID:
        fresh = uuid7(now_ms, self._random_bytes(RANDOM_BYTES))
        self._latest = max(fresh, UUID(int=self._latest.int + 1))
        return self._latest
