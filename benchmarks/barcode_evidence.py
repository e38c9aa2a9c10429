"""Presentations of linear codes: how often a wrong number is believed, and after how many frames a right one.

A presentation is one photograph seen in 24 frames by an unsteady hand (turned, scaled, moved, out of focus,
noisy). Photographs come from the folder named by ``ONECARD_BARCODE_PHOTOS``, with their text beside them;
rendered labels are always measured. A peer believes what it reads, as it has no memory of earlier frames.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from benchmarks.figure import Figure, figure
from drivers.codes.decoding import FrameDecoder
from drivers.codes.images import image_files
from drivers.codes.views import Picture
from drivers.virtual.phone import Hand, book_with

FRAMES = 24
RENDERED = 60
Reads = Callable[[Picture], list[str]]
EAN = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.EAN13,))


@dataclass(slots=True)
class Score:
    """Presentations read right, those with a wrong number, and frames until the first right one."""

    read: int = 0
    wrong: int = 0
    delays: list[int] = field(default_factory=list)

    def add(self, frames: list[set[str]], real: set[str]) -> None:
        first = next((number for number, texts in enumerate(frames) if texts & real), None)
        self.wrong += any(texts - real for texts in frames)
        if first is not None:
            self.read += 1
            self.delays.append(first)


def run() -> dict[str, Figure]:
    figures = measured("rendered labels", rendered())
    if folder := os.environ.get("ONECARD_BARCODE_PHOTOS"):
        figures |= measured("photographs", photographs(Path(folder)))
    return figures


def measured(name: str, pictures: Iterator[tuple[Iterator[Picture], set[str]]]) -> dict[str, Figure]:
    scores = {reader: Score() for reader in ("ours", *PEERS)}
    count = 0
    for frames, real in pictures:
        count += 1
        decoder = FrameDecoder()
        kept = list(frames)
        ours = [eans(decoder, frame) for frame in kept]
        scores["ours"].add(ours, real)
        for peer, reads in PEERS.items():
            scores[peer].add([set(map(gtin13, reads(frame))) for frame in kept], real)
    peers = {peer: scores[peer] for peer in PEERS}
    ours_score = scores["ours"]
    return {
        f"{name}, presentations with a wrong EAN-13": figure(
            ours_score.wrong, f"of {count}", {peer: score.wrong for peer, score in peers.items()}
        ),
        f"{name}, presentations read": figure(
            ours_score.read, f"of {count}", {peer: score.read for peer, score in peers.items()}
        ),
        f"{name}, median delay": figure(
            median(ours_score.delays or [0]),
            "frames",
            {peer: median(score.delays or [0]) for peer, score in peers.items()},
        ),
    }


def eans(decoder: FrameDecoder, frame: Picture) -> set[str]:
    return {code.untrusted_text for code in decoder.decode(frame) if code.symbology == "EAN13"}


def gtin13(text: str) -> str:
    """UPC-A as the EAN-13 it is (GS1 General Specifications, 5.2.1)."""
    return text.zfill(13)


def unsteady(picture: Picture, seed: int) -> Iterator[Picture]:
    """``FRAMES`` frames of a picture before a hand."""
    random = np.random.default_rng(seed)
    height, width = picture.shape
    for _ in range(FRAMES):
        turn = cv2.getRotationMatrix2D(
            (width / 2, height / 2), random.uniform(-2, 2), random.uniform(0.97, 1.03)
        )
        turn[:, 2] += random.uniform(-4, 4, 2)
        seen = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        seen = cv2.GaussianBlur(seen, (0, 0), random.uniform(0.3, 0.9))
        lit = seen * random.uniform(0.9, 1.1) + random.normal(0, 3, seen.shape)
        yield np.clip(lit, 0, 255).astype(np.uint8)


def photographs(folder: Path) -> Iterator[tuple[Iterator[Picture], set[str]]]:
    """EAN-13 and UPC-A photographs. A folder's other numbers are real as well: some show two labels."""
    for path in image_files(folder):
        told = path.with_suffix(".txt")
        if not told.exists() or not path.parent.name.startswith(("ean13", "upca")):
            continue
        texts = [each.read_text(errors="replace").strip() for each in path.parent.glob("*.txt")]
        real = {gtin13(text) for text in texts if text.isdigit()}
        picture = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
        yield unsteady(picture, zlib.crc32(path.name.encode())), real


def rendered() -> Iterator[tuple[Iterator[Picture], set[str]]]:
    """Labels at the edge of what can be read: small, out of focus, moved, noisy, in glare."""
    random = np.random.default_rng(2026)
    for _ in range(RENDERED):
        number = ean13(random)
        hand = Hand(
            size=random.uniform(0.3, 0.6),
            blur=random.uniform(0.6, 1.8),
            noise=random.uniform(2, 12),
            moved=int(random.choice([0, 0, 3, 5])),
            turn=4,
            tilt=random.uniform(0, 0.06),
            glare=random.uniform(0, 0.8),
        )
        seeds = [int(seed) for seed in random.integers(1 << 30, size=FRAMES)]
        yield (grey(book_with(number, hand, seed)) for seed in seeds), {number}


def ean13(random: np.random.Generator) -> str:
    digits = [int(digit) for digit in random.integers(0, 10, 12)]
    check = -(sum(digits[::2]) + 3 * sum(digits[1::2])) % 10
    return "".join(map(str, [*digits, check]))


def grey(frame: object) -> Picture:
    return np.asarray(cv2.cvtColor(np.asarray(frame), cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def by_zxing(frame: Picture) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(frame, formats=EAN)]


def by_zbar(frame: Picture) -> list[str]:
    symbols = [pyzbar.ZBarSymbol.EAN13, pyzbar.ZBarSymbol.UPCA]
    return [code.data.decode("ascii", "replace") for code in pyzbar.decode(frame, symbols=symbols)]


def by_opencv(frame: Picture) -> list[str]:
    found, texts, _, _ = cv2.barcode.BarcodeDetector().detectAndDecodeWithType(frame)
    return [text for text in texts if len(text) in (12, 13)] if found else []


PEERS: dict[str, Reads] = {"zxing-cpp": by_zxing, "zbar": by_zbar, "OpenCV": by_opencv}
