"""Data of a card that look odd and are no reason to refuse its holder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class CardWarning:
    """One odd value. ``field`` names it as ``social_security_files`` does, ``reason`` says what is odd,
    ``raw`` holds the bytes as the card gave them (empty where it gave none). ``raw`` never prints: it can be
    personal.
    """

    field: str
    reason: str
    raw: bytes = b""

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"

    __repr__ = __str__
