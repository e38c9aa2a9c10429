"""A card in process behind the port that readers fulfil, with every exchange counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drivers.cards.connection import Response
from drivers.virtual.card import VirtualCard


class DirectConnection:
    """``Connection`` straight into a virtual card. ``commands`` holds what the application sent."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self.atr = card.power_on()
        self.commands: list[bytes] = []

    def transmit(self, command: bytes) -> Response:
        self.commands.append(command)
        data, status = self._once(command)
        if status >> 8 == 0x6C:
            data, status = self._once(command[:4] + bytes((status & 0xFF,)))
        while status >> 8 == 0x61:
            more, status = self._once(bytes((0x00, 0xC0, 0x00, 0x00, status & 0xFF)))
            data += more
        return Response(data, status)

    def _once(self, command: bytes) -> tuple[bytes, int]:
        answer = self._card.exchange(command)
        return answer[:-2], int.from_bytes(answer[-2:], "big")


@pytest.fixture
def connect() -> Callable[[VirtualCard], DirectConnection]:
    return DirectConnection
