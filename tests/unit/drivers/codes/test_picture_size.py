"""A picture is refused by its header, before anything is decoded (FC-20)."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.codes.faults import ImageUnreadable
from drivers.codes.images import decode_file
from drivers.codes.picture_size import MOST_PIXELS, acceptable, picture_size

FORMATS = ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "PPM"]


def saved(kind: str, size: tuple[int, int] = (300, 200), **how: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind, **how)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_the_size_is_the_one_another_library_wrote(kind: str) -> None:
    assert picture_size(saved(kind)) == (300, 200)
    assert picture_size(saved(kind, (1, 517))) == (1, 517)


def test_other_kinds_of_webp_and_jpeg() -> None:
    assert picture_size(saved("WEBP", lossless=True)) == (300, 200)
    assert picture_size(saved("JPEG", progressive=True)) == (300, 200)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_header_that_is_cut_off_is_no_picture(kind: str) -> None:
    assert not any(acceptable(saved(kind)[:length], MOST_PIXELS) for length in range(10))


def claiming(width: int, height: int) -> dict[str, bytes]:
    jpeg = bytearray(saved("JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", min(height, 65535), min(width, 65535))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    check = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    gif = bytearray(saved("GIF"))
    gif[6:10] = struct.pack("<HH", min(width, 65535), min(height, 65535))
    bmp = bytearray(saved("BMP"))
    bmp[18:26] = struct.pack("<ii", width, -height)
    return {
        "claim.jpg": bytes(jpeg),
        "claim.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + header + check + saved("PNG")[33:],
        "claim.gif": bytes(gif),
        "claim.bmp": bytes(bmp),
        "claim.ppm": b"P6\n# made here\n%d %d\n255\n" % (width, height),
    }


@pytest.mark.parametrize("size", [(30000, 30000), (65000, 1100), (0, 200), (40000, 4)])
def test_a_huge_or_empty_claim_is_refused_and_named(size: tuple[int, int], tmp_path: Path) -> None:
    for name, content in claiming(*size).items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ImageUnreadable, match=name):
            decode_file(tmp_path / name)


def test_a_file_of_a_telephone_is_decoded(tmp_path: Path) -> None:
    picture = np.full((200, 300), 255, np.uint8)
    cv2.imwrite(str(tmp_path / "small.png"), picture)
    assert decode_file(tmp_path / "small.png") == ()
    assert acceptable(claiming(8160, 6120)["claim.jpg"], MOST_PIXELS)


@given(st.binary(max_size=400), st.sampled_from([saved(kind)[:60] for kind in FORMATS]))
def test_any_bytes_have_a_size_or_none(tail: bytes, head: bytes) -> None:
    for content in (tail, head + tail):
        assert acceptable(content, MOST_PIXELS) in (True, False)
