"""A sheet of paper before the camera, as a small JPEG picture in grey: legible, and never above a bound."""

from __future__ import annotations

import cv2
import numpy as np

from drivers.codes.views import Picture

LONGEST_SIDES = (1600, 1280, 960, 640)
"""Pixels. 1600 on the long side of A4 are 137 to the inch: print of 8 points is read."""
QUALITIES = (85, 70, 55, 40)


def bounded_jpeg(picture: Picture, most_bytes: int) -> bytes | None:
    """The largest and best of these that is at most so long; None where none is. It says nothing but the
    picture: no time, no place, no device."""
    for side in LONGEST_SIDES:
        small = _within(picture, side)
        for quality in QUALITIES:
            done, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if done and encoded.size <= most_bytes:
                return encoded.tobytes()
    return None


def _within(picture: Picture, side: int) -> Picture:
    height, width = picture.shape
    scale = min(1.0, side / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
