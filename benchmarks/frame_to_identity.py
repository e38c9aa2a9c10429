"""From a camera frame to a classified code, beside three decoders on the same frames in the same run.

Frames are 1280×720 with a phone in an unsteady hand: ordinary ones, and hard ones (out of focus, far,
moved, striped, dim, in glare, noisy). Photographs in a folder named by ``ONECARD_PHOTOS`` are measured too
where it is set.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from benchmarks.figure import Figure, Timings, figure, timed
from domain.codes.code import ECardToken
from drivers.codes.classify import classify
from drivers.codes.decoding import FrameDecoder, Picture, decode
from drivers.codes.images import image_files
from drivers.virtual.phone import Hand, phone_showing

TOKEN = "OC1:" + "0A9Z" * 10
ORDINARY = [Hand()] * 60
HARD = [
    hand
    for hand in (
        Hand(blur=2.4, size=0.4),
        Hand(size=0.16, blur=0.6),
        Hand(glare=1.0, noise=8),
        Hand(noise=30, blur=1.2),
        Hand(tilt=0.15, turn=45, blur=1.5),
        Hand(blur=4.5, size=0.5),
        Hand(moved=15, size=0.5),
        Hand(stripes=0.45),
        Hand(contrast=0.06),
    )
    for _ in range(8)
]
Reads = Callable[[Picture], list[str]]


def run() -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for kind, hands in (("ordinary", ORDINARY), ("hard", HARD)):
        frames = [grey(phone_showing(TOKEN, hand, seed)) for seed, hand in enumerate(hands)]
        figures |= compared(f"frame to identity, {kind}", frames)
    if folder := os.environ.get("ONECARD_PHOTOS"):
        figures |= photographs(Path(folder))
    return figures


def compared(name: str, frames: list[Picture]) -> dict[str, Figure]:
    timings = {reader: Timings() for reader in ("ours", *PEERS)}
    read = dict.fromkeys(timings, 0)
    for frame in frames:
        decoder = FrameDecoder()
        found: list[str] = []
        timings["ours"].add(timed(lambda: found.extend(identities(decoder, frame))))  # noqa: B023
        read["ours"] += TOKEN in found
        for peer, reads in PEERS.items():
            seen: list[str] = []
            timings[peer].add(timed(lambda: seen.extend(reads(frame))))  # noqa: B023
            read[peer] += TOKEN in seen
    return {
        f"{name}, p50": figure(timings["ours"].at(50), "ms", {peer: timings[peer].at(50) for peer in PEERS}),
        f"{name}, p95": figure(timings["ours"].at(95), "ms", {peer: timings[peer].at(95) for peer in PEERS}),
        f"{name}, read": figure(
            100 * read["ours"] / len(frames), "%", {peer: 100 * read[peer] / len(frames) for peer in PEERS}
        ),
    }


def photographs(folder: Path) -> dict[str, Figure]:
    """Each photograph whose text stands beside it (``NAME.txt``), read by the whole ladder."""
    timings, read, wrong, count = Timings(), dict.fromkeys(("ours", *PEERS), 0), 0, 0
    for path in image_files(folder):
        told = path.with_suffix(".txt")
        if not told.exists():
            continue
        expected = told.read_bytes().decode("utf-8", "replace").strip()
        picture = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
        found: list[str] = []
        timings.add(timed(lambda: found.extend(code.untrusted_text for code in decode(picture))))  # noqa: B023
        count += 1
        read["ours"] += expected in [text.strip() for text in found]
        wrong += bool(found) and expected not in [text.strip() for text in found]
        for peer, reads in PEERS.items():
            read[peer] += expected in [text.strip() for text in reads(picture)]
    return {
        "photographs read": figure(read["ours"], f"of {count}", {peer: read[peer] for peer in PEERS}),
        "photographs read wrong": figure(wrong, f"of {count}"),
        "photograph, p50": figure(timings.at(50), "ms"),
        "photograph, p95": figure(timings.at(95), "ms"),
    }


def identities(decoder: FrameDecoder, frame: Picture) -> list[str]:
    codes = [classify(code.symbology, code.untrusted_text, code.content) for code in decoder.decode(frame)]
    return [code.untrusted_token for code in codes if isinstance(code, ECardToken)]


def by_opencv(frame: Picture) -> list[str]:
    try:
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(frame)
    except (cv2.error, UnicodeDecodeError):
        return []
    return [text] if text else []


def by_zbar(frame: Picture) -> list[str]:
    found = pyzbar.decode(frame, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data.decode("utf-8", "replace") for code in found]


def by_zxing(frame: Picture) -> list[str]:
    found = zxingcpp.read_barcodes(frame, formats=zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.QRCode,)))
    return [code.text for code in found]


PEERS: dict[str, Reads] = {"OpenCV": by_opencv, "zbar": by_zbar, "zxing-cpp alone": by_zxing}


def grey(frame: object) -> Picture:
    return np.asarray(cv2.cvtColor(np.asarray(frame), cv2.COLOR_BGR2GRAY), dtype=np.uint8)
