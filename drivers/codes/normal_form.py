"""One normal form of a scan, whether a camera, a keyboard wedge or a serial scanner delivered it. Pure.

What transport adds is taken off: byte-order mark, line ends, STX and ETX, AIM identifier, group separators,
start and stop characters. What an input method or Caps Lock changed is changed back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from drivers.codes.check_digits import gtin

AIM = re.compile(rb"\](?P<symbology>[A-Za-z])(?P<modifier>[0-9A-Za-z])")
"""ISO/IEC 15424: the symbology a scanner read, set before the data."""
AIM_SYMBOLOGY = {
    "E": "EAN13",
    "C": "Code128",
    "A": "Code39",
    "F": "Codabar",
    "Q": "QRCode",
    "G": "Code93",
    "I": "ITF",
}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GROUP_SEPARATORS = re.compile("\x1d|\u241d|<GS>|\\{GS\\}|\\^\\]", re.I)
"""FNC1 as it is, and as scanners write it that type text."""
AROUND = "".join(map(chr, range(0x21))) + "\x7f\ufeff\u200b\u200e\u200f\u00a0\u3000"
WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
CODABAR = re.compile(r"[A-D](?=.*[0-9])([0-9\-$:/.+]{3,})[A-D]")
CODABAR_OLD = re.compile(r"[A-DTN*E]([0-9\-$:/.+]{2,})[A-DTN*E]")
"""With the start and stop characters of before EN 798."""
QR = "QRCode"
UPC = {"", "EAN13", "UPCA"}


@dataclass(frozen=True, slots=True)
class Scan:
    """``symbology``: the decoder's name or the one an AIM identifier told; empty where unknown."""

    symbology: str
    untrusted_text: str
    content: bytes


def without_aim(content: bytes) -> bytes:
    """The bytes behind an AIM identifier, which may be any."""
    aim = AIM.match(content)
    return content[aim.end() :] if aim else content


def without_transport(scan: Scan) -> Scan:
    """The scan as the label has it. A QR code from a camera comes without transport and stays as it is."""
    if scan.symbology == QR:
        return scan
    content = scan.content.strip(b"\x00\x02\x03\r\n\t ").removeprefix(BYTE_ORDER_MARK)
    symbology = scan.symbology
    if aim := AIM.match(content):
        symbology = symbology or AIM_SYMBOLOGY.get(aim["symbology"].decode(), "")
        content = content[aim.end() :]
    text = GROUP_SEPARATORS.sub("", _text(content)).translate(WIDE).strip(AROUND)
    return Scan(symbology, text, content)


def _text(content: bytes) -> str:
    """UTF-8; digits of other scripts as ASCII."""
    text = content.decode("utf-8", "replace")
    return "".join(
        str(unicodedata.digit(each)) if not each.isascii() and each.isdecimal() else each for each in text
    )


def barcodes(scan: Scan) -> tuple[str, ...]:
    """The readings of a linear code, most likely first: normal form, then the text as it is printed.

    UPC-A is an EAN-13 with a leading zero (GS1 General Specifications, 5.2.1); start and stop letters of
    Codabar (EN 798) and asterisks of Code 39 belong to the print; letters are upper case.
    """
    upper = scan.untrusted_text.upper()
    readings = [_printed(scan.symbology, upper), upper, scan.untrusted_text]
    if scan.symbology in UPC and len(upper) == 12 and gtin(upper):
        readings.insert(0, "0" + upper)
    if len(upper) == 13 and upper.startswith("0") and gtin(upper):
        readings.append(upper[1:])
    return tuple(dict.fromkeys(readings))


def _printed(symbology: str, upper: str) -> str:
    if symbology == "Codabar" and (old := CODABAR_OLD.fullmatch(upper)):
        return old[1]
    if symbology == "" and (codabar := CODABAR.fullmatch(upper)):
        return codabar[1]
    if symbology in ("", "Code39") and len(upper) > 4 and upper[0] == upper[-1] == "*":
        return upper[1:-1]
    return upper
