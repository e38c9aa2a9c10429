"""A damaged part of a stream costs one frame and is counted (FC-18)."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.codes.mjpeg import JpegFrames


def jpeg(shade: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (64, 48), shade).save(buffer, "JPEG")
    return buffer.getvalue()


def part(content: bytes, boundary: str = "frame", length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    head = f"--{boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + content + b"\r\n"


GOOD, OTHER = jpeg(40), jpeg(200)
BAD = {
    "text": part(b"no signal"),
    "empty": part(b""),
    "wrong boundary": part(b"no signal", "other"),
    "truncated": part(GOOD[: len(GOOD) // 2]),
    "header only": part(GOOD[:20]),
    "wrong type": b"--frame\r\nContent-Type: text/plain\r\n\r\nhello\r\n",
}


def frames(stream: bytes, piece: int = 997) -> tuple[list[bytes], int]:
    parser = JpegFrames()
    pieces = (stream[start : start + piece] for start in range(0, len(stream), piece))
    return [found for each in pieces for found in parser.feed(each)], parser.damaged


@pytest.mark.parametrize("kind", sorted(BAD))
@pytest.mark.parametrize("piece", [1, 50, 100_000])
def test_a_damaged_part_costs_itself_alone(kind: str, piece: int) -> None:
    assert frames(part(GOOD) + BAD[kind] + part(OTHER), piece) == ([GOOD, OTHER], 1)


@pytest.mark.parametrize(
    "stream", [part(GOOD, "a") + part(OTHER, "b"), part(GOOD, length=7) + part(OTHER, length=0)]
)
def test_boundaries_and_lengths_are_not_believed(stream: bytes) -> None:
    assert frames(stream) == ([GOOD, OTHER], 0)


@given(st.binary(max_size=3000))
def test_after_any_garbage_the_next_pictures_come(garbage: bytes) -> None:
    found, _ = frames(part(GOOD) + garbage + b"\r\n" + part(OTHER) * 3)
    assert found[0] == GOOD
    assert found[-1] == OTHER
