"""Codes as they are held before a camera: sharp or not, tilted, lit, small; and nothing where nothing is."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.codes.decoding import LADDER, LIVE, FrameDecoder, Picture, decode, look
from drivers.codes.faults import ImageUnreadable
from drivers.codes.images import decode_file, image_files
from drivers.virtual.phone import Hand, book_with, empty_counter, phone_showing

TOKEN = "OC1:" + "0A9Z" * 10


def grey(frame: object) -> Picture:
    return np.asarray(cv2.cvtColor(np.asarray(frame), cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def texts(picture: Picture) -> list[str]:
    return [code.untrusted_text for code in decode(picture)]


@pytest.mark.parametrize("seed", range(6))
def test_a_phone_in_an_unsteady_hand_is_read(seed: int) -> None:
    assert texts(grey(phone_showing(TOKEN, seed=seed))) == [TOKEN]


@pytest.mark.parametrize(
    "hand",
    [
        Hand(blur=2.2),
        Hand(glare=0.9),
        Hand(noise=25),
        Hand(tilt=0.12, turn=40),
        Hand(size=0.18, blur=0.5),
        Hand(turn=180),
        Hand(blur=4.5, size=0.5),
        Hand(moved=15, size=0.5),
        Hand(stripes=0.45),
        Hand(contrast=0.06),
    ],
    ids=[
        "out of focus",
        "glare",
        "noise",
        "tilted",
        "far",
        "upside down",
        "far out of focus",
        "moved",
        "flickering screen",
        "dark screen",
    ],
)
def test_each_way_of_holding_it_badly_is_read(hand: Hand) -> None:
    read = [texts(grey(phone_showing(TOKEN, hand, seed))) for seed in range(5)]
    assert read.count([TOKEN]) >= 4
    assert all(text == TOKEN for found in read for text in found)


@pytest.mark.parametrize("barcode", ["2371600000010", "BZ-00001"])
def test_a_book_is_read(barcode: str) -> None:
    assert texts(grey(book_with(barcode))) == [barcode]


def test_the_ladder_reads_what_its_first_rung_cannot() -> None:
    hands = [Hand(blur=blur, noise=noise, size=0.3) for blur in (2.5, 3.0) for noise in (0.0, 12.0)]
    pictures = [grey(phone_showing(TOKEN, hand, seed)) for hand in hands for seed in range(3)]
    plain = sum(bool(look(picture, LADDER[0])) for picture in pictures)
    assert sum(texts(picture) == [TOKEN] for picture in pictures) > plain


def test_an_empty_counter_and_noise_say_nothing() -> None:
    random = np.random.default_rng(1)
    noise = random.integers(0, 256, (720, 1280), np.uint8)
    assert texts(grey(empty_counter())) == []
    assert texts(np.asarray(noise, dtype=np.uint8)) == []


@pytest.mark.parametrize("hand", [Hand(stripes=0.45), Hand(contrast=0.06), Hand(blur=4.5, size=0.5)])
def test_live_frames_reach_every_rung_and_say_nothing_wrong(hand: Hand) -> None:
    """Held still before a camera, each is read within as many frames as there are rungs."""
    decoder = FrameDecoder()
    for seed in range(3):
        picture = grey(phone_showing(TOKEN, hand, seed))
        seen = {code.untrusted_text for _ in LIVE for code in decoder.decode(picture)}
        assert seen == {TOKEN}


def test_nothing_is_read_where_there_is_no_code() -> None:
    """Not even letters or a face of stripes, through every remedy there is."""
    random = np.random.default_rng(3)
    lines = np.full((720, 1280), 230, np.uint8)
    for row in range(40, 700, 22):
        cv2.putText(lines, "".join(map(chr, random.integers(33, 126, 60))), (20, row), 0, 0.7, 20, 2)
    fence = np.tile(np.repeat(random.integers(0, 2, 160), 8) * 255, (720, 1)).astype(np.uint8)
    assert [look(picture, rung) for picture in (lines, fence) for rung in LADDER] == [()] * 2 * len(LADDER)


def test_a_file_that_is_no_image_is_named(tmp_path: Path) -> None:
    for name, content in (("empty.png", b""), ("text.png", b"hello"), ("cut.png", b"\x89PNG\r\n\x1a\n")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ImageUnreadable, match=name):
            decode_file(tmp_path / name)
    with pytest.raises(ImageUnreadable, match="no such file"):
        image_files(tmp_path / "missing.png")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ImageUnreadable, match="no images"):
        image_files(tmp_path / "folder")
