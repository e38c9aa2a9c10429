"""Masking for public screens: enough to recognise oneself, too little for a neighbour."""

from __future__ import annotations

SHOWN = 4
"""Characters left at each end of a long number."""


def mask_name(name: str) -> str:
    """刘志勇 → 刘*勇, 杨颖 → 杨*; a name of one character is hidden whole."""
    if len(name) < 2:
        return "*" * len(name)
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_number(number: str) -> str:
    """372301198504170016 → 3723**********0016; short numbers keep their last quarter only."""
    if len(number) >= 4 * SHOWN:
        return number[:SHOWN] + "*" * (len(number) - 2 * SHOWN) + number[-SHOWN:]
    shown = len(number) // 4
    return "*" * (len(number) - shown) + number[len(number) - shown :]
