"""A card that answers every command with success, or as it is told: enough to try a reader."""

from __future__ import annotations

import threading
from collections.abc import Callable

ATR = bytes.fromhex("3B6D00000081000000866037160000A1B2")
SELECT = bytes.fromhex("00A4040000")


class ScriptedCard:
    def __init__(self, answer: Callable[[bytes], bytes] = lambda _: b"\x90\x00") -> None:
        self._answer = answer
        self.commands: list[bytes] = []
        self.asked = threading.Event()

    def power_on(self) -> bytes:
        return ATR

    def power_off(self) -> None:
        pass

    def exchange(self, command: bytes) -> bytes:
        self.commands.append(command)
        self.asked.set()
        return self._answer(command)

    def answer_time_ms(self, command: bytes, answer: bytes) -> float:
        return 0.0
