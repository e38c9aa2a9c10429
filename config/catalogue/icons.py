"""The pictures a catalogue may name: the icon family the screens draw (``ui/qml/Onecard/Icons.qml``)."""

from __future__ import annotations

ICONS = frozenset(
    (
        *("back", "bank", "bed", "bill", "book", "borrow", "bus", "card", "clock", "cloud", "cross"),
        *("elder", "erase", "form", "gate", "globe", "grain", "heart", "home", "house", "key", "leave"),
        *("lock", "medical", "money", "more", "offline", "online", "people", "person", "phone", "plus"),
        *("printer", "reader", "renew", "return", "scan", "school", "search", "shield", "staff", "take"),
        *("tick", "ticket", "window", "work"),
    )
)
