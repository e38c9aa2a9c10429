"""How long virtual cards take to answer, after the figures of real ones.

A contact card on T=0 moves each character in 12 etu (ISO/IEC 7816-3, 10.2): at the ATR's own speed,
372 clocks an etu, that is 9,600 baud and 1.25 ms a byte; many readers raise it to 38,400 baud. A
contactless card (ISO/IEC 14443-3 type A, 106 kbit/s) moves a byte in 9 bits, 0.085 ms. The card's own
work comes on top: 2 ms a command, 3 ms over the field, where power is short.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """``command_ms`` for each command, ``byte_ms`` for each byte of command and answer."""

    command_ms: float
    byte_ms: float
    overhead_bytes: int = 0
    """Bytes on the line that the APDU does not show: procedure byte, or frame and checksum."""

    def of(self, command: bytes, answer: bytes) -> float:
        return self.command_ms + self.byte_ms * (len(command) + len(answer) + self.overhead_bytes)


INSTANT = AnswerTimes(0.0, 0.0)
CONTACT_9600 = AnswerTimes(2.0, 1.25, overhead_bytes=1)
CONTACT_38400 = AnswerTimes(2.0, 0.3125, overhead_bytes=1)
CONTACTLESS = AnswerTimes(3.0, 0.085, overhead_bytes=8)
