"""What became of a slip."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.events import DeviceEvent


@dataclass(frozen=True, slots=True)
class Printed(DeviceEvent):
    """``slip`` left for the paper; ``told`` is False when the printer cannot say that it is out."""

    slip: str
    told: bool


@dataclass(frozen=True, slots=True)
class NotPrinted(DeviceEvent):
    """``slip`` did not come out; ``code`` is the fault code."""

    slip: str
    code: str
