"""The answer to reset says how a card is spoken to, never what it is."""

from __future__ import annotations

from domain.cards.faults import CardDataInvalid


def is_contactless(atr: bytes) -> bool:
    """Whether PC/SC made this ATR up for a contactless card (PC/SC part 3, 3.1.3.2.3: 3B 8n 80 01 …).

    Such a card is spoken to by T=1: an answer to a command with data comes in the same exchange.
    """
    return len(atr) >= 4 and atr[0] == 0x3B and atr[1] >> 4 == 0x8 and atr[2:4] == b"\x80\x01"


def historical_bytes(atr: bytes) -> bytes:
    """The historical bytes of an ATR (ISO/IEC 7816-3, 8.2), 0 to 15 of them.

    Raises ``CardDataInvalid`` when the ATR ends before them.
    """
    if len(atr) < 2:
        raise CardDataInvalid("an ATR of less than two bytes")
    at, interface = 2, atr[1] >> 4
    while interface:
        at += (interface & 0b0111).bit_count()
        if not interface & 0b1000:
            break
        if at >= len(atr):
            raise CardDataInvalid("an ATR that ends in its interface bytes")
        interface, at = atr[at] >> 4, at + 1
    history = atr[at : at + (atr[1] & 0x0F)]
    if len(history) != atr[1] & 0x0F:
        raise CardDataInvalid("an ATR that ends in its historical bytes")
    return history
