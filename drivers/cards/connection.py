"""The floor between card applications and readers: one method, bytes in, bytes and a status word out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to a command APDU.

    ``data`` is the answer without its status word (0 to 65,536 bytes); ``status`` is SW1 SW2 as one
    number, 0x0000 to 0xFFFF (ISO/IEC 7816-4, 5.3.4).
    """

    data: bytes
    status: int

    @property
    def ok(self) -> bool:
        return self.status == 0x9000

    def __repr__(self) -> str:
        return f"Response({len(self.data)} bytes, {self.status:04X})"


class Connection(Protocol):
    """A powered card, for the length of one exclusive transaction.

    ``61xx`` and ``6Cxx`` are dealt with below this line: the caller never sees them.
    Raises ``CardFault`` when the card is gone or mute, ``ReaderFault`` when the reader or PC/SC is.
    """

    @property
    def atr(self) -> bytes: ...

    def transmit(self, command: bytes) -> Response: ...
