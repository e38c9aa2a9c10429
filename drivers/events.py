"""Events of devices. Every event is frozen and crosses threads by value.

A driver is given ``post: Callable[[DeviceEvent], None]`` and does not know its receiver.
Times are ``time.monotonic()`` in milliseconds, taken where the event was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """Base of everything a device can report."""

    at_ms: float


Post = Callable[[DeviceEvent], None]
