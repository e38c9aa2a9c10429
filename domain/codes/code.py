"""Kinds of scans. Classification looks at shape only: no identity is parsed here.

``untrusted_`` marks text from outside that is not proved yet.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ECardToken:
    """An opaque electronic-card token, verified only by the central service (facts 4.2)."""

    untrusted_token: str

    def __repr__(self) -> str:
        return "ECardToken(…)"


@dataclass(frozen=True, slots=True)
class SignedECard:
    """An electronic card that vouches for itself (``OC2:``), verified here by ``domain.codes``."""

    untrusted_text: str

    def __repr__(self) -> str:
        return "SignedECard(…)"


@dataclass(frozen=True, slots=True)
class RideCode:
    """A transport ride code (JT/T 1179), 332 to 364 bytes, verified here by ``domain.codes``."""

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
