"""What a scan is, by its shape alone. Pure; no identity is parsed here, and nothing is unpacked.

Order matters: what must not be looked at any closer is refused first.
"""

from __future__ import annotations

import re

from drivers.codes.code import Code, CopyBarcode, ECardToken, UnusableCode

LONGEST = 1024
"""Bytes. The largest code of this city, a ride code, has 360 and in base64 480."""

PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"x\x9c", b"x\xda", b"Rar!")
ADDRESS = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]{1,20}:)?//|^\s*(?:www\.|mailto:|tel:|javascript:|data:)", re.I)
TOKEN = re.compile(r"OC1:[0-9A-Z]{40}")
COPY = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-/+$%]{1,30}[0-9A-Za-z]")
QR = "QRCode"


def classify(symbology: str, untrusted_text: str, content: bytes) -> Code:
    """``symbology`` as decoders and scanners name it; empty for a scanner that does not say."""
    if len(content) > LONGEST or len(untrusted_text) > LONGEST:
        return UnusableCode("code.too_long")
    if content.startswith(PACKED):
        return UnusableCode("code.compressed")
    if not untrusted_text.isprintable() or not untrusted_text:
        return UnusableCode("code.binary")
    if ADDRESS.match(untrusted_text):
        return UnusableCode("code.url")
    if symbology in (QR, "") and TOKEN.fullmatch(untrusted_text):
        return ECardToken(untrusted_text)
    if symbology != QR and COPY.fullmatch(untrusted_text):
        return CopyBarcode(barcode_of(symbology, untrusted_text))
    return UnusableCode("code.unknown")


def barcode_of(symbology: str, text: str) -> str:
    """Codabar's start and stop letters belong to the print, not to the number (EN 798)."""
    if symbology == "Codabar" and len(text) > 4 and text[0] in "ABCDabcd" and text[-1] in "ABCDabcd":
        return text[1:-1]
    return text
