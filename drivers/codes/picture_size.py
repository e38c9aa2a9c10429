"""Width and height of a picture from its header, before anything is decoded. Pure.

A JPEG of 378 bytes may claim 30000 × 30000 pixels; decoding it takes gigabytes. Formats: JPEG (ITU-T T.81,
B.2), PNG, GIF, BMP, WebP (RFC 9649), TIFF 6.0, PNM.
"""

from __future__ import annotations

import re
import struct

MOST_PIXELS = 64 * 1024 * 1024
"""For files: a photograph of a telephone has 50 million."""
MOST_CAMERA_PIXELS = 4096 * 4096
LONGEST_SIDE = 32_768

_FRAME_HEADERS = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_TIFF_SIZES = {256, 257, 322, 323}
"""Width, height, width and height of a tile."""
_PNM = re.compile(rb"P[1-6](?:\s|#[^\n]*\n)+(\d{1,9})(?:\s|#[^\n]*\n)+(\d{1,9})\s")


def picture_size(untrusted: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for an unknown format or a header that is cut off."""
    try:
        return _size(untrusted)
    except (struct.error, IndexError, ValueError):
        return None


def acceptable(untrusted: bytes, most_pixels: int) -> bool:
    """Whether the header promises a picture that may be decoded."""
    size = picture_size(untrusted)
    if size is None:
        return False
    width, height = size
    return 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= most_pixels


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" else None
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _gif(data)
    if data.startswith(b"BM"):
        return _bmp(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return _tiff(data)
    pnm = _PNM.match(data[:1024])
    return (int(pnm[1]), int(pnm[2])) if pnm else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """The largest frame header before the first scan: a decoder may take any of several."""
    place, found = 2, None
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _STANDALONE:
            place += 2
            continue
        if marker in (0xDA, 0xD9):
            return found
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        if marker in _FRAME_HEADERS:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            if found is None or width * height > found[0] * found[1]:
                found = (width, height)
        if length < 2:
            return None
        place += 2 + length
    return None


def _gif(data: bytes) -> tuple[int, int] | None:
    """The screen, or the first picture where that is larger."""
    width, height, flags = struct.unpack("<HHB", data[6:11])
    place = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    while place < len(data) and data[place] == 0x21:
        place += 2
        while data[place]:
            place += 1 + data[place]
        place += 1
    if place >= len(data) or data[place] != 0x2C:
        return None
    left, top, wide, high = struct.unpack("<HHHH", data[place + 1 : place + 9])
    return max(width, left + wide), max(height, top + high)


def _bmp(data: bytes) -> tuple[int, int] | None:
    (header,) = struct.unpack("<I", data[14:18])
    if header == 12:
        return struct.unpack("<HH", data[18:22])
    width, height = struct.unpack("<ii", data[18:26])
    return abs(width), abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return _three(data[24:27]) + 1, _three(data[27:30]) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and data[20] == 0x2F:
        (bits,) = struct.unpack("<I", data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _three(octets: bytes) -> int:
    if len(octets) != 3:
        raise ValueError("cut off")
    return int.from_bytes(octets, "little")


def _tiff(data: bytes) -> tuple[int, int] | None:
    """The first directory; a tile may be larger than the picture."""
    order = "<" if data[:2] == b"II" else ">"
    (place,) = struct.unpack(order + "I", data[4:8])
    (count,) = struct.unpack(order + "H", data[place : place + 2])
    sizes: dict[int, int] = {}
    for entry in range(min(count, 512)):
        at = place + 2 + 12 * entry
        tag, kind = struct.unpack(order + "HH", data[at : at + 4])
        if tag in _TIFF_SIZES:
            form = "H" if kind == 3 else "I"
            (sizes[tag],) = struct.unpack_from(order + form, data, at + 8)
    if 256 not in sizes or 257 not in sizes:
        return None
    return max(sizes[256], sizes.get(322, 0)), max(sizes[257], sizes.get(323, 0))
