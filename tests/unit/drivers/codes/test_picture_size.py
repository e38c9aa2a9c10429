"""A picture is refused by its header, before anything is decoded (FC-20)."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode
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


def tiff(width: int, height: int, order: str) -> bytes:
    """A directory of two entries and no pixels (TIFF 6.0, section 2)."""
    entries = ((256, 4, 1, width), (257, 4, 1, height))
    head = b"II*\0" if order == "<" else b"MM\0*"
    body = b"".join(struct.pack(order + "HHII", *entry) for entry in entries)
    return head + struct.pack(order + "IH", 8, len(entries)) + body + bytes(64)


def webp(canvas: tuple[int, int], picture: tuple[int, int], flags: int = 0) -> bytes:
    """An extended header, and a lossless picture that claims its own size (RFC 9649, 2.7 and 3.4)."""
    sides = b"".join((side - 1).to_bytes(3, "little") for side in canvas)
    extended = b"VP8X" + struct.pack("<I", 10) + bytes((flags, 0, 0, 0)) + sides
    claim = (picture[0] - 1) | (picture[1] - 1) << 14
    chunk = b"VP8L" + struct.pack("<I", 64) + b"\x2f" + struct.pack("<I", claim) + bytes(59)
    content = b"WEBP" + extended + chunk
    return b"RIFF" + struct.pack("<I", len(content)) + content


@pytest.mark.parametrize(
    "content",
    [
        tiff(30000, 30000, "<"),
        tiff(30000, 30000, ">"),
        tiff(4_000_000_000, 1, "<"),
        webp((30000, 30000), (300, 200)),
        webp((1 << 24, 1 << 24), (300, 200), flags=2),
    ],
    ids=["tiff", "tiff-big-endian", "tiff-row", "webp", "webp-animation"],
)
def test_huge_claims_in_tiff_and_webp_are_refused_and_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "claim.img").write_bytes(content)
    with pytest.raises(ImageUnreadable, match=r"claim\.img: its header claims"):
        decode_file(tmp_path / "claim.img")


def test_a_webp_whose_picture_is_larger_than_its_canvas_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claim.webp").write_bytes(webp((300, 200), (16384, 16384)))
    with pytest.raises(ImageUnreadable, match=r"claim\.webp"):
        decode_file(tmp_path / "claim.webp")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_only_the_first_picture_is_unpacked(kind: str, tmp_path: Path) -> None:
    code = qrcode.make("BZ-00001").get_image().convert("L")
    blank = Image.new("L", code.size, 255)
    for first, later, found in ((blank, code, 0), (code, blank, 1)):
        path = tmp_path / f"film.{kind.lower()}"
        first.save(path, kind, save_all=True, append_images=[later] * 20)
        assert len(decode_file(path)) == found


def test_a_file_of_a_telephone_is_decoded(tmp_path: Path) -> None:
    picture = np.full((200, 300), 255, np.uint8)
    cv2.imwrite(str(tmp_path / "small.png"), picture)
    assert decode_file(tmp_path / "small.png") == ()
    assert acceptable(claiming(8160, 6120)["claim.jpg"], MOST_PIXELS)


@given(st.binary(max_size=400), st.sampled_from([saved(kind)[:60] for kind in FORMATS]))
def test_any_bytes_have_a_size_or_none(tail: bytes, head: bytes) -> None:
    for content in (tail, head + tail):
        assert acceptable(content, MOST_PIXELS) in (True, False)
