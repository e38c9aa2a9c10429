"""Outcome of a slip."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.events import DeviceEvent


@dataclass(frozen=True, slots=True)
class Printed(DeviceEvent):
    """``slip`` was sent to the printer; ``told`` is False when the printer cannot confirm the printing."""

    slip: str
    told: bool


@dataclass(frozen=True, slots=True)
class NotPrinted(DeviceEvent):
    """``slip`` did not come out; ``code`` is the fault code."""

    slip: str
    code: str
