"""From an image to the texts of the codes in it: zxing-cpp on a ladder of views of the image.

The plain image decodes nearly everything and is the only rung most frames see. What it misses is out of
focus, moved, striped by a flickering screen, low in contrast, small or half in the light: each further rung
is one remedy, first the one that helps most often.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Grey values, height by width."""

QR = zxingcpp.BarcodeFormat.QRCode
LINEAR = (
    zxingcpp.BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.Codabar,
)
UNCHECKED = {"Code39", "Codabar"}
"""Formats without a check digit: believed only when two looks agree."""
LONGEST_SIDE = 4096
AROUND = 25
"""Pixels, a few modules of a code that fills half the picture."""


class Binarizer(Enum):
    LOCAL = zxingcpp.Binarizer.LocalAverage
    GLOBAL = zxingcpp.Binarizer.GlobalHistogram


@dataclass(frozen=True, slots=True)
class DecodedCode:
    """``symbology`` is ``QRCode``, ``EAN13``, ``Code128``, ``Code39`` or ``Codabar``; ``content`` the raw
    bytes; ``untrusted_text`` what they say in the character set the code names or seems to use."""

    symbology: str
    untrusted_text: str
    content: bytes

    def __repr__(self) -> str:
        return f"DecodedCode({self.symbology}, {len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class Rung:
    """One view of the image and how it is made black and white."""

    name: str
    view: Callable[[Picture], Picture]
    binarizer: Binarizer


def as_it_is(picture: Picture) -> Picture:
    return picture


def enlarged(picture: Picture) -> Picture:
    """For small or far codes."""
    if max(picture.shape) * 2 > LONGEST_SIDE:
        return picture
    return _picture(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def reduced(picture: Picture) -> Picture:
    """For large codes out of focus, and codes drawn in dots."""
    return _picture(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def evened(picture: Picture) -> Picture:
    """For glare and shadow: contrast limited, tile by tile."""
    return _picture(cv2.createCLAHE(2.0, (8, 8)).apply(picture))


def sharpened(picture: Picture) -> Picture:
    """For motion and lenses out of focus."""
    return _picture(cv2.addWeighted(picture, 2.0, cv2.GaussianBlur(picture, (0, 0), 2.0), -1.0, 0))


def strengthened(picture: Picture) -> Picture:
    """For codes far out of focus, and ones hardly lighter or darker than what they lie on."""
    return _picture(cv2.addWeighted(picture, 4.0, cv2.GaussianBlur(picture, (0, 0), 4.0), -3.0, 0))


def unstriped(picture: Picture) -> Picture:
    """For the stripes a camera sees on a screen that flickers: every row as light as the others."""
    rows = np.maximum(np.median(picture[:, ::4], axis=1), 8.0)
    return _picture(np.clip(picture * (128.0 / rows)[:, None].astype(np.float32), 0, 255))


def levelled(picture: Picture) -> Picture:
    """For reflections and lamps in the glass: the darkest black and white round each place become all black
    and white."""
    smooth = cv2.GaussianBlur(picture, (0, 0), 1.0)
    square = np.ones((AROUND, AROUND), np.uint8)
    dark, light = (
        cv2.blur(extreme(smooth, square).astype(np.float32), (AROUND, AROUND))
        for extreme in (cv2.erode, cv2.dilate)
    )
    return _picture(np.clip((smooth - dark) * (255.0 / np.maximum(light - dark, 10.0)), 0, 255))


def smoothed(picture: Picture) -> Picture:
    """For noise of dark rooms, and the lattice of a screen."""
    return _picture(cv2.GaussianBlur(picture, (0, 0), 1.2))


def thresholded(picture: Picture) -> Picture:
    """For uneven light over a large code."""
    return _picture(
        cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 51, 5)
    )


def joined(picture: Picture) -> Picture:
    """For modules that do not touch: dark dots grow together."""
    return _picture(cv2.morphologyEx(picture, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))


def _picture(image: object) -> Picture:
    return np.asarray(image, dtype=np.uint8)


LIVE = (
    Rung("plain", as_it_is, Binarizer.LOCAL),
    Rung("strengthened", strengthened, Binarizer.LOCAL),
    Rung("unstriped", unstriped, Binarizer.LOCAL),
    Rung("sharpened", sharpened, Binarizer.LOCAL),
    Rung("levelled", levelled, Binarizer.LOCAL),
    Rung("enlarged", enlarged, Binarizer.GLOBAL),
    Rung("evened", evened, Binarizer.LOCAL),
    Rung("thresholded", thresholded, Binarizer.LOCAL),
    Rung("reduced", reduced, Binarizer.LOCAL),
)
"""Rungs for frames of a camera: so few that a code held still meets all of them in half a second."""
LADDER = (
    *LIVE,
    Rung("global", as_it_is, Binarizer.GLOBAL),
    Rung("smoothed", smoothed, Binarizer.LOCAL),
    Rung("joined", joined, Binarizer.LOCAL),
    Rung("enlarged, local", enlarged, Binarizer.LOCAL),
    Rung("strengthened, reduced", lambda picture: strengthened(reduced(picture)), Binarizer.LOCAL),
)


def look(picture: Picture, rung: Rung) -> tuple[DecodedCode, ...]:
    """Codes found by one rung: codes of people with every decoder option, barcodes without the options that
    take half its time and read no more of them (white on black, and smaller copies: the ladder has its own).
    """
    view = rung.view(picture)
    return (*_read(view, rung, (QR,), thorough=True), *_read(view, rung, LINEAR, thorough=False))


def _read(
    view: Picture, rung: Rung, formats: tuple[zxingcpp.BarcodeFormat, ...], *, thorough: bool
) -> tuple[DecodedCode, ...]:
    return tuple(
        DecodedCode(found.format.name, found.text, bytes(found.bytes))
        for found in zxingcpp.read_barcodes(
            view,
            formats=zxingcpp.BarcodeFormats(formats),
            binarizer=rung.binarizer.value,
            text_mode=zxingcpp.TextMode.Plain,
            try_downscale=thorough,
            try_invert=thorough,
        )
        if found.valid
    )


def decode(picture: Picture, budget_ms: float = float("inf")) -> tuple[DecodedCode, ...]:
    """All codes in a still image, each once; rungs are climbed until one decodes or time is up.

    A code of a format without a check digit counts when a second rung sees it too.
    """
    began = time.monotonic()
    doubtful: set[DecodedCode] = set()
    for rung in LADDER:
        seen = look(picture, rung)
        sure = [code for code in seen if code.symbology not in UNCHECKED or code in doubtful]
        if sure:
            return tuple(dict.fromkeys(sure))
        doubtful.update(seen)
        if (time.monotonic() - began) * 1000 > budget_ms:
            break
    return ()


FRAME_BUDGET_MS = 8.0


class FrameDecoder:
    """Live frames: the plain look at each, and while nothing is seen further rungs in turn, one at least
    and as many as fit into the budget. A code held still meets every remedy within as many frames, on the
    slowest machine too.

    Not for use by two threads.
    """

    def __init__(self) -> None:
        self._next = 1
        self._doubtful: frozenset[DecodedCode] = frozenset()

    def decode(self, picture: Picture) -> tuple[DecodedCode, ...]:
        began = time.monotonic()
        seen = look(picture, LIVE[0])
        for tried in range(len(LIVE) - 1):
            if seen or (tried and (time.monotonic() - began) * 1000 > FRAME_BUDGET_MS):
                break
            seen = look(picture, LIVE[self._next])
            self._next = self._next % (len(LIVE) - 1) + 1
        sure = tuple(code for code in seen if code.symbology not in UNCHECKED or code in self._doubtful)
        if seen:
            self._doubtful = frozenset(seen)
        return tuple(dict.fromkeys(sure))
