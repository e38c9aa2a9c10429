"""A Bloom filter over fingerprints: "certainly not listed" in microseconds, "perhaps listed" else.

Bloom, "Space/time trade-offs in hash coding with allowable errors" (1970); double hashing after
Kirsch and Mitzenmacher (2006): position i is h1 + i·h2, both taken from the fingerprint itself.
With at least 12 bits an entry and 8 probes about one stranger in 300 is asked exactly; at most 8 MiB
for four million entries.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FINGERPRINT_BYTES = 16
PROBES = 8
BITS_PER_ENTRY = 12
SMALLEST_BITS = 1 << 13


def bits_for(entries: int) -> int:
    """Size in bits for this many entries: the power of two that leaves at least 12 bits each."""
    wanted = max(SMALLEST_BITS, entries * BITS_PER_ENTRY)
    return 1 << (wanted - 1).bit_length()


class FingerprintFilter:
    """``fingerprint in filter`` is False only for what was never added. 16-byte fingerprints."""

    def __init__(self, bits: int) -> None:
        if bits < 8 or bits & (bits - 1):
            raise ValueError("the size in bits is a power of two, at least 8")
        self._octets = bytearray(bits // 8)
        self._mask = bits - 1

    @property
    def size_bytes(self) -> int:
        return len(self._octets)

    def add(self, fingerprint: bytes) -> None:
        first, stride = _hashes(fingerprint)
        for probe in range(PROBES):
            position = (first + probe * stride) & self._mask
            self._octets[position >> 3] |= 1 << (position & 7)

    def __contains__(self, fingerprint: bytes) -> bool:
        first, stride = _hashes(fingerprint)
        octets, mask = self._octets, self._mask
        for _ in range(PROBES):
            position = first & mask
            if not octets[position >> 3] >> (position & 7) & 1:
                return False
            first += stride
        return True

    def add_many(self, fingerprints: NDArray[np.uint8]) -> None:
        """Adds rows of 16 bytes at once, outside the interpreter: shape (n, 16)."""
        halves = np.ascontiguousarray(fingerprints).view("<u8").reshape(-1, 2)
        octets = np.frombuffer(self._octets, dtype=np.uint8)
        first, stride = halves[:, 0].copy(), halves[:, 1] | np.uint64(1)
        for _ in range(PROBES):
            position = first & np.uint64(self._mask)
            bit = np.left_shift(np.uint8(1), (position & np.uint64(7)).astype(np.uint8))
            np.bitwise_or.at(octets, position >> np.uint64(3), bit)
            first += stride


def _hashes(fingerprint: bytes) -> tuple[int, int]:
    """Two numbers from one fingerprint; the stride is odd so that every position can be reached."""
    return int.from_bytes(fingerprint[:8], "little"), int.from_bytes(fingerprint[8:], "little") | 1
