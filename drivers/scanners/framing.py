"""Scans from the bytes of a serial line, by the scanner's framing. Pure: each byte has its time, in ms.

``any``: STX … ETX, CR, LF, CR LF or TAB end a scan; a pause before the end means that the rest is missing and
the half is discarded. ``gap``: the scanner sends no end, a pause is the end.
"""

from __future__ import annotations

from config.settings import Framing
from domain.codes import ride_code
from drivers.codes.classify import LONGEST

STX = 0x02
ENDS = b"\r\n\t\x03"
REST_MS = 5_000.0
"""For so long the rest of a broken scan is not taken for a scan of its own."""
AIM_BYTES = 3


class Lines:
    """Puts scans together. One that never ends is cut off and refused, not collected. A ride code announces
    its own length, and ends inside that length are part of it. ``broken`` counts discarded halves."""

    def __init__(self, framing: Framing = "any", prefix: bytes = b"", gap_ms: float = 300.0) -> None:
        self._framing = framing
        self._prefix = prefix
        self._gap_ms = gap_ms
        self._line = bytearray()
        self._at_ms = 0.0
        self._lost = b""
        self._lost_at_ms = 0.0
        self.broken = 0

    def take(self, octet: int, at_ms: float = 0.0) -> bytes:
        """The scan that ``octet`` ends, else nothing. Call ``pause`` first where time has passed."""
        self._at_ms = at_ms
        line = self._line
        if len(line) < _announced(line):
            line.append(octet)
            return b""
        if octet == STX:
            self._discard(at_ms)
            return b""
        if octet in ENDS:
            return self._ended(at_ms)
        if len(line) <= LONGEST:
            line.append(octet)
        return b""

    def pause(self, at_ms: float) -> bytes:
        """The scan that a pause ends, else nothing."""
        if not self._line or at_ms - self._at_ms < self._gap_ms:
            return b""
        if self._framing == "gap":
            return self._ended(at_ms)
        self._discard(self._at_ms)
        return b""

    def _ended(self, at_ms: float) -> bytes:
        scan = bytes(self._line)
        self._line.clear()
        lost, self._lost = self._lost, self._lost if not scan else b""
        if not scan:
            return b""
        is_rest = lost and at_ms - self._lost_at_ms <= REST_MS and not scan.startswith(lost)
        if is_rest or not scan.startswith(self._prefix):
            self.broken += 1
            return b""
        return scan.removeprefix(self._prefix)

    def _discard(self, at_ms: float) -> None:
        """The half of a scan is nothing; its rest, when it comes, is nothing either."""
        if self._line:
            self.broken += 1
            self._lost, self._lost_at_ms = bytes(self._line), at_ms
            self._line.clear()


def _announced(line: bytearray) -> int:
    """Bytes of the scan where it says so itself, an AIM identifier before it included; else 0."""
    aim = AIM_BYTES if line[:1] == b"]" else 0
    length = ride_code.says_length(line[aim : aim + 8])
    return aim + length if length else 0
