"""One place for one card: the contact and the contactless slot of a device see the same dual-interface card.

While the card of a place lies in one slot, its appearance in the other slot of the device is not another
card. A card that shows up in the other slot much later is another one: somebody forgot the first.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from drivers.events import DeviceEvent, Post
from drivers.pcsc.events import CardArrived, CardGone, CardUnreadable, ReadersChanged, ReaderServiceChanged
from drivers.pcsc.roles import partners_of

TOGETHER_MS = 3_000.0
"""A card on its way into the contact slot passes the antenna within this time, or is seen by it again."""


@dataclass(slots=True)
class _Card:
    """The card of one place. ``reader`` is the slot that announced it, ``slots`` those that see it now."""

    reader: str
    at_ms: float
    slots: list[str]


class Places:
    """Passes events of readers on to ``post``, without the second sight of a card. Any thread may call."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._partners: dict[str, str] = {}
        self._cards: list[_Card] = []

    def slot_with_card(self, reader: str) -> str:
        """The slot by which the card that ``reader`` announced can be had now."""
        with self._lock:
            for card in self._cards:
                if card.reader == reader and card.slots and reader not in card.slots:
                    return card.slots[0]
        return reader

    def on_event(self, event: DeviceEvent) -> None:
        with self._lock:
            passed = self._passed(event)
        if passed is not None:
            self._post(passed)

    def _passed(self, event: DeviceEvent) -> DeviceEvent | None:
        match event:
            case ReadersChanged(readers=readers):
                self._partners = partners_of(readers)
            case ReaderServiceChanged(code=code) if code:
                self._cards = []
            case CardArrived(reader=reader):
                return self._arrived(event, reader)
            case CardUnreadable(reader=reader) if self._beside(reader, event.at_ms):
                return None
            case CardGone(reader=reader):
                return self._gone(event, reader)
        return event

    def _beside(self, reader: str, at_ms: float) -> _Card | None:
        """The card that the partner slot announced a moment ago, or that this slot saw already."""
        partner = self._partners.get(reader)
        for card in self._cards:
            recent = card.reader == partner and at_ms - card.at_ms <= TOGETHER_MS
            if recent or (reader in card.slots and card.reader != reader):
                return card
        return None

    def _arrived(self, event: CardArrived, reader: str) -> CardArrived | None:
        card = self._beside(reader, event.at_ms)
        if card is not None:
            if reader not in card.slots:
                card.slots.append(reader)
            return None
        self._cards = [other for other in self._cards if other.reader != reader]
        self._cards.append(_Card(reader, event.at_ms, [reader]))
        return event

    def _gone(self, event: CardGone, reader: str) -> CardGone | None:
        for card in self._cards:
            if reader in card.slots:
                card.slots.remove(reader)
                if card.slots:
                    return None
                self._cards.remove(card)
                return CardGone(event.at_ms, card.reader)
        return event
