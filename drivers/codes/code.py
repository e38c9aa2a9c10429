"""Kinds of scans. Classification looks at shape only: no identity is parsed here.

``untrusted_`` marks text from outside that is not proved yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drivers.events import DeviceEvent

Source = Literal["camera", "scanner"]


@dataclass(frozen=True, slots=True)
class ECardToken:
    """An opaque electronic-card token, verified only by the central service (facts 4.2)."""

    untrusted_token: str

    def __repr__(self) -> str:
        return "ECardToken(…)"


@dataclass(frozen=True, slots=True)
class SignedECard:
    """An electronic card that vouches for itself (``OC2:``), verified here by ``drivers.codes.signed``."""

    untrusted_text: str

    def __repr__(self) -> str:
        return "SignedECard(…)"


@dataclass(frozen=True, slots=True)
class RideCode:
    """A transport ride code (JT/T 1179), 332 to 364 bytes, verified here by ``drivers.codes.signed``."""

    untrusted_content: bytes

    def __repr__(self) -> str:
        return "RideCode(…)"


@dataclass(frozen=True, slots=True)
class CopyBarcode:
    """A barcode on a book copy: EAN-13, Code 128, Code 39 or Codabar, 3 to 32 characters."""

    barcode: str


@dataclass(frozen=True, slots=True)
class UnusableCode:
    """A scan that is not examined further; ``code`` gives the reason (``code.too_long``, ``code.url`` …)."""

    code: str


Code = ECardToken | SignedECard | RideCode | CopyBarcode | UnusableCode


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
