"""Views of a picture for the decoder: the plain picture first, then one remedy a rung.

The plain picture decodes nearly everything and is the only rung most frames need. What it misses is out of
focus, moved, striped by a flickering screen, low in contrast, small or half in the light: each further rung
is one remedy, first the one that helps most often.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Grey values, height by width."""

LONGEST_SIDE = 4096
AROUND = 25
"""Pixels, a few modules of a code that fills half the picture."""


class Binarizer(Enum):
    LOCAL = zxingcpp.Binarizer.LocalAverage
    GLOBAL = zxingcpp.Binarizer.GlobalHistogram


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
