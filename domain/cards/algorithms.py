"""Ciphers of the keys in social-security cards."""

from __future__ import annotations

from enum import Enum


class Algorithm(Enum):
    """Which cipher the card's keys are for. ``UNKNOWN`` cards can be read, not authenticated."""

    TRIPLE_DES = "3DES"
    SSF33 = "SSF33"
    SM4 = "SM4"
    UNKNOWN = "unknown"
