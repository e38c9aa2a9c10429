"""A printed sheet before the virtual camera of a counter."""

from __future__ import annotations

import cv2
import numpy as np

from drivers.virtual.phone import STEADY, Colour, Hand, held

PIXELS = (720, 1000)
"""Width and height: upright, nearly as an A4 sheet is."""
INK, SHEET = (40, 30, 30), 248


def sheet_with(heading: str, lines: tuple[str, ...], hand: Hand = STEADY, seed: int = 0) -> Colour:
    """A frame with a sheet that says this; ``heading`` and ``lines`` are of Latin letters and digits."""
    width, height = PIXELS
    sheet = np.full((height, width, 3), SHEET, np.uint8)
    cv2.rectangle(sheet, (24, 24), (width - 24, height - 24), INK, 3)
    cv2.putText(sheet, heading, (60, 110), cv2.FONT_HERSHEY_DUPLEX, 1.5, INK, 3, cv2.LINE_AA)
    for number, line in enumerate(lines):
        cv2.putText(sheet, line, (60, 200 + 80 * number), cv2.FONT_HERSHEY_SIMPLEX, 1.2, INK, 2, cv2.LINE_AA)
    return held(np.asarray(sheet, dtype=np.uint8), hand, seed)
