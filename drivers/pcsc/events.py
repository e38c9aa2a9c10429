"""Events of the PC/SC monitor and the reader threads."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.events import DeviceEvent


@dataclass(frozen=True, slots=True)
class ReadersChanged(DeviceEvent):
    """The readers now attached that match the settings, by their PC/SC names."""

    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReaderServiceChanged(DeviceEvent):
    """PC/SC itself was found or lost; ``code`` is empty when found, else a reader fault code."""

    code: str


@dataclass(frozen=True, slots=True)
class CardArrived(DeviceEvent):
    """A card is in the field of this reader; nothing was exchanged with it yet."""

    reader: str


@dataclass(frozen=True, slots=True)
class CardGone(DeviceEvent):
    """The card left this reader."""

    reader: str


@dataclass(frozen=True, slots=True)
class CardUnreadable(DeviceEvent):
    """A card is there but no exchange is possible; ``code`` is a reader or card fault code."""

    reader: str
    code: str
