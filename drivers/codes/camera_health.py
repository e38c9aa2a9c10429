"""Health of a camera from its frames: frozen, black, overexposed, blurred, too small, rotated. Pure.

Each condition must hold for ``HOLDS_MS`` before it is reported, so that a hand before the lens is none.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import cv2
import numpy as np

from config.settings import CameraSettings
from drivers.codes.views import Picture

HOLDS_MS = 1_200.0
"""With a look twice a second this is reported within 2 s."""
DARK, DARK_SPREAD = 16.0, 8.0
"""Grey values of a covered lens: mean and standard deviation at most."""
BRIGHT = 250
BRIGHT_SHARE = 0.9
CONTRAST = 50.0
"""Grey values between the darkest and lightest hundredth: less says nothing about focus."""
SHARP = 0.14
"""Steepest edge as a share of the contrast, ``FOCUS_WIDTH`` pixels wide; out of focus it stays below."""
FOCUS_WIDTH = 640


def condition(picture: Picture, settings: CameraSettings) -> str:
    """Fault code of what one picture shows; empty for a usable one."""
    if float(picture.mean()) < DARK and float(picture.std()) < DARK_SPREAD:
        return "camera.black"
    if float(np.mean(picture >= BRIGHT)) > BRIGHT_SHARE:
        return "camera.overexposed"
    if _blurred(picture):
        return "camera.blurred"
    height, width = picture.shape
    if (height > width) != (settings.height > settings.width) and height != width:
        return "camera.rotated"
    if width * 2 < settings.width and height * 2 < settings.height:
        return "camera.resolution"
    return ""


def _blurred(picture: Picture) -> bool:
    scale = FOCUS_WIDTH / picture.shape[1]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(small, (3, 3), 0)
    darkest, lightest = np.percentile(smooth, (1, 99))
    contrast = float(lightest - darkest)
    if contrast < CONTRAST:
        return False
    steepest = np.percentile(np.abs(cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=0.25)), 99.8)
    upright = np.percentile(np.abs(cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=0.25)), 99.8)
    return float(max(steepest, upright)) < SHARP * contrast


@dataclass(slots=True)
class CameraHealth:
    """Conditions over time. ``live``: a source that gives the present and never repeats itself to the bit."""

    settings: CameraSettings
    live: bool
    _content: int = 0
    _changed_ms: float = float("-inf")
    _since: dict[str, float] = field(default_factory=dict)

    def frame(self, content: object, at_ms: float) -> None:
        """Each frame as it came: a camera that hangs repeats its last one byte for byte."""
        digest = zlib.crc32(np.ascontiguousarray(content).data)
        if digest != self._content:
            self._content, self._changed_ms = digest, at_ms

    def look(self, picture: Picture, at_ms: float) -> str:
        """Fault code of what the newest ``picture`` and those of ``HOLDS_MS`` before show; empty: well."""
        frozen = self.live and at_ms - self._changed_ms >= HOLDS_MS
        found = condition(picture, self.settings)
        self._since = {code: since for code, since in self._since.items() if code == found}
        if frozen:
            return "camera.frozen"
        since = self._since.setdefault(found, at_ms)
        return found if at_ms - since >= HOLDS_MS else ""
