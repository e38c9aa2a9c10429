"""Reports of a camera or a hand scanner beside the codes."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.events import DeviceEvent


@dataclass(frozen=True, slots=True)
class CameraChanged(DeviceEvent):
    """The camera was found (empty ``code``) or lost (``camera.lost``)."""

    code: str


@dataclass(frozen=True, slots=True)
class ScannerChanged(DeviceEvent):
    """The serial scanner was found (empty ``code``) or lost, or types in another layout."""

    code: str
