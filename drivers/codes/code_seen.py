"""The event of a code that the camera or the scanner saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.codes.code import Code
from drivers.events import DeviceEvent

Source = Literal["camera", "scanner"]


@dataclass(frozen=True, slots=True)
class CodeSeen(DeviceEvent):
    """A code in front of the camera or under the scanner, after its quiet time was applied.

    ``repeated`` is true when it fell within the quiet time of the same code: a soft sign, never a
    second transaction. ``symbology`` is the decoder's name, e.g. ``QRCode``, ``EAN13``.
    """

    source: Source
    symbology: str
    code: Code
    repeated: bool = False
