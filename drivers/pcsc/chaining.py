"""T=0 answers in pieces, put together in one place (ISO/IEC 7816-3, 10.3; 7816-4, 5.3.4).

``6Cxx``: the same command again with Le = xx. ``61xx``: GET RESPONSE fetches xx more bytes.
A card that never comes to an end is cut off.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.cards.faults import CardDataInvalid
from drivers.cards.connection import Response

MOST_BYTES = 65_536
MOST_EXCHANGES = 300
"""More than 65,536 bytes in pieces of 256 need."""

Exchange = Callable[[bytes], bytes]


def split(answer: bytes) -> Response:
    """Data and status word of a raw answer. Raises ``CardDataInvalid`` when there is no status word."""
    if len(answer) < 2:
        raise CardDataInvalid("an answer without a status word")
    return Response(answer[:-2], int.from_bytes(answer[-2:], "big"))


def without_le(command: bytes) -> bytes:
    """T=0 cannot carry Lc and Le together (case 4): the answer is announced by ``61xx`` instead."""
    return command[:-1] if len(command) > 5 and len(command) == 6 + command[4] else command


def transmit(exchange: Exchange, command: bytes) -> Response:
    """One command to its whole answer. Raises ``CardDataInvalid`` for an answer without end."""
    response = split(exchange(command))
    collected = b""
    for _ in range(MOST_EXCHANGES):
        high, low = response.status >> 8, response.status & 0xFF
        if high == 0x6C:
            command = _with_le(command, low)
        elif high == 0x61:
            collected += response.data
            command = bytes((0x00, 0xC0, 0x00, 0x00, low))
        else:
            data = collected + response.data
            if len(data) > MOST_BYTES:
                break
            return Response(data, response.status)
        if len(collected) > MOST_BYTES:
            break
        response = split(exchange(command))
    raise CardDataInvalid("an answer without end")


def _with_le(command: bytes, le: int) -> bytes:
    """The same command asking for ``le`` bytes; one that carried data keeps it."""
    if len(command) <= 5:
        return command[:4] + bytes((le,))
    return without_le(command) + bytes((le,))
