"""A card in process behind the port that readers fulfil, with every exchange counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drivers.cards.atr import is_contactless
from drivers.cards.connection import Response
from drivers.pcsc import chaining
from drivers.virtual.card import VirtualCard


class DirectConnection:
    """``Connection`` straight into a virtual card. ``commands`` holds what the application sent."""

    def __init__(self, card: VirtualCard) -> None:
        self._card = card
        self.atr = card.power_on()
        self.commands: list[bytes] = []

    def transmit(self, command: bytes) -> Response:
        self.commands.append(command)
        sent = command if is_contactless(self.atr) else chaining.without_le(command)
        return chaining.transmit(self._card.exchange, sent)


@pytest.fixture
def connect() -> Callable[[VirtualCard], DirectConnection]:
    return DirectConnection
