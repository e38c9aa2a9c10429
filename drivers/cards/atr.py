"""The answer to reset says how a card is spoken to, never what it is."""

from __future__ import annotations


def is_contactless(atr: bytes) -> bool:
    """Whether PC/SC made this ATR up for a contactless card (PC/SC part 3, 3.1.3.2.3: 3B 8n 80 01 …).

    Such a card is spoken to by T=1: an answer to a command with data comes in the same exchange.
    """
    return len(atr) >= 4 and atr[0] == 0x3B and atr[1] >> 4 == 0x8 and atr[2:4] == b"\x80\x01"
