"""Port of a virtual card towards its slot."""

from __future__ import annotations

from typing import Protocol


class VirtualCard(Protocol):
    """A card operating system in process: raw APDUs in, raw answers with status word out.

    It behaves as T=0 cards do (``61xx``, ``6Cxx``) when ``atr`` says T=0; the slot adds the answer
    times. ``power_on`` returns the ATR and resets the card's state; an empty ATR is a mute card.
    """

    def power_on(self) -> bytes: ...

    def power_off(self) -> None: ...

    def exchange(self, command: bytes) -> bytes: ...

    def answer_time_ms(self, command: bytes, answer: bytes) -> float: ...
