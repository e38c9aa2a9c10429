"""Classification of a scan by its shape alone. Pure; no identity is parsed here, and nothing is unpacked.

Order matters: content that must not be examined is refused first.
"""

from __future__ import annotations

import binascii
import re

from domain.codes import ride_code
from domain.codes.code import Code, CopyBarcode, ECardToken, RideCode, SignedECard, UnusableCode
from drivers.codes.copies import ANY_COPY, CopyRules
from drivers.codes.foreign import foreign_kind
from drivers.codes.normal_form import Scan, barcodes, without_aim, without_transport

LONGEST = 1024
"""Bytes. The largest code of this city, a ride code, has 364 and in base64 488."""

PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"x\x9c", b"x\xda", b"Rar!")
ADDRESS = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]{1,20}:)?//|^\s*(?:www\.|mailto:|tel:|javascript:|data:)", re.I)
TOKEN = re.compile(r"OC1:[0-9A-Z]{40}")
SIGNED = re.compile(r"OC2:[0-9A-Z $%*+\-./:]{1,414}")
"""As long as ``e_card.LONGEST`` bytes are in base45."""
BASE64 = re.compile(r"[0-9A-Za-z+/]{442,486}={0,2}")
"""A ride code as scanners and phones pass it on that know text alone: the length of 332 to 364 bytes."""
QR = "QRCode"


def classify(symbology: str, untrusted_text: str, content: bytes, copies: CopyRules = ANY_COPY) -> Code:
    """``symbology`` as decoders and scanners name it; empty for a scanner that does not say. ``copies``: the
    barcodes of this library's copies."""
    if len(content) > LONGEST or len(untrusted_text) > LONGEST:
        return UnusableCode("code.too_long")
    if content.startswith(PACKED):
        return UnusableCode("code.compressed")
    if symbology in (QR, "") and (ride := ride_code_in(untrusted_text, without_aim(content))):
        return RideCode(ride)
    return _of_text(without_transport(Scan(symbology, untrusted_text, content)), copies)


def _of_text(scan: Scan, copies: CopyRules) -> Code:
    symbology, text = scan.symbology, scan.untrusted_text
    if symbology in (QR, "") and (ride := ride_code_in(text, scan.content)):
        return RideCode(ride)
    if not text.isprintable() or not text:
        return UnusableCode("code.binary")
    if ADDRESS.match(text):
        return UnusableCode("code.url")
    if symbology in (QR, "") and TOKEN.fullmatch(text):
        return ECardToken(text)
    if symbology in (QR, "") and SIGNED.fullmatch(text):
        return SignedECard(text)
    return _barcode_or_foreign(scan, copies)


def _barcode_or_foreign(scan: Scan, copies: CopyRules) -> Code:
    """A copy's barcode by the library's patterns; else what other systems use, by its name."""
    readings = barcodes(scan)
    foreign = next((kind for reading in readings if (kind := foreign_kind(reading))), None)
    if foreign and (foreign.personal or not copies.rules):
        return UnusableCode(foreign.code)
    if scan.symbology != QR and (barcode := copies.barcode(readings)):
        return CopyBarcode(barcode)
    if foreign:
        return UnusableCode(foreign.code)
    unknown = scan.symbology == QR or not copies.rules or not ANY_COPY.barcode(readings)
    return UnusableCode("code.unknown" if unknown else "code.not_a_copy")


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
