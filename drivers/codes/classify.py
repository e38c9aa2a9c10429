"""Classification of a scan by its shape alone. Pure; no identity is parsed here, and nothing is unpacked.

Order matters: content that must not be examined is refused first.
"""

from __future__ import annotations

import binascii
import re

from drivers.codes.code import Code, CopyBarcode, ECardToken, RideCode, SignedECard, UnusableCode
from drivers.codes.signed import ride_code

LONGEST = 1024
"""Bytes. The largest code of this city, a ride code, has 364 and in base64 488."""

PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"x\x9c", b"x\xda", b"Rar!")
ADDRESS = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]{1,20}:)?//|^\s*(?:www\.|mailto:|tel:|javascript:|data:)", re.I)
TOKEN = re.compile(r"OC1:[0-9A-Z]{40}")
SIGNED = re.compile(r"OC2:[0-9A-Z $%*+\-./:]{1,414}")
"""As long as ``e_card.LONGEST`` bytes are in base45."""
BASE64 = re.compile(r"[0-9A-Za-z+/]{442,486}={0,2}")
"""A ride code as scanners and phones pass it on that know text alone: the length of 332 to 364 bytes."""
COPY = re.compile(r"[0-9A-Za-z][0-9A-Za-z .\-/+$%]{1,30}[0-9A-Za-z]")
QR = "QRCode"


def classify(symbology: str, untrusted_text: str, content: bytes) -> Code:
    """``symbology`` as decoders and scanners name it; empty for a scanner that does not say."""
    if len(content) > LONGEST or len(untrusted_text) > LONGEST:
        return UnusableCode("code.too_long")
    if content.startswith(PACKED):
        return UnusableCode("code.compressed")
    if symbology in (QR, "") and (ride := ride_code_in(untrusted_text, content)):
        return RideCode(ride)
    if not untrusted_text.isprintable() or not untrusted_text:
        return UnusableCode("code.binary")
    if ADDRESS.match(untrusted_text):
        return UnusableCode("code.url")
    if symbology in (QR, "") and TOKEN.fullmatch(untrusted_text):
        return ECardToken(untrusted_text)
    if symbology in (QR, "") and SIGNED.fullmatch(untrusted_text):
        return SignedECard(untrusted_text)
    if symbology != QR and COPY.fullmatch(untrusted_text):
        return CopyBarcode(barcode_of(symbology, untrusted_text))
    return UnusableCode("code.unknown")


def ride_code_in(untrusted_text: str, content: bytes) -> bytes:
    """The bytes of a ride code, which come as they are or in base64; empty where there is none."""
    if ride_code.has_shape(content):
        return content
    if BASE64.fullmatch(untrusted_text):
        try:
            unpacked = binascii.a2b_base64(untrusted_text, strict_mode=True)
        except binascii.Error:
            return b""
        return unpacked if ride_code.has_shape(unpacked) else b""
    return b""


def barcode_of(symbology: str, text: str) -> str:
    """Codabar's start and stop letters belong to the print, not to the number (EN 798)."""
    if symbology == "Codabar" and len(text) > 4 and text[0] in "ABCDabcd" and text[-1] in "ABCDabcd":
        return text[1:-1]
    return text
