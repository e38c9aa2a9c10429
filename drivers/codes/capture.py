"""Frames from OpenCV: a device, a video file or a URL.

A network camera sends each frame as a JPEG picture. It is taken undecoded, glanced at in an eighth of its
size, and decoded in full only when somebody wants to look at it: a calm counter costs next to nothing.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from config.settings import CameraSettings
from drivers.codes.faults import CameraLost
from drivers.codes.views import Picture

# A live stream is taken as it comes: nothing is collected before the first frame is given out.
os.environ.setdefault(
    "OPENCV_FFMPEG_CAPTURE_OPTIONS", "fflags;nobuffer|flags;low_delay|analyzeduration;0|probesize;32768"
)
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

JPEG = b"\xff\xd8\xff"
MOTION_JPEG = cv2.VideoWriter.fourcc(*"MJPG")
UNDECODED = (cv2.CAP_PROP_FORMAT, -1)
SMALL = (160, 90)


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One frame as the source gave it: grey values, or a JPEG picture still to be decoded."""

    content: Any
    encoded: bool

    def glance(self) -> Picture:
        """A small view, enough to see whether anything moved. Raises ``CameraLost`` for a damaged one."""
        if self.encoded:
            return _decoded(self.content, cv2.IMREAD_REDUCED_GRAYSCALE_8)
        return np.asarray(cv2.resize(self.content, SMALL, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    def picture(self) -> Picture:
        """The whole frame in grey. Raises ``CameraLost`` for a damaged one."""
        return _decoded(self.content, cv2.IMREAD_GRAYSCALE) if self.encoded else self.content


class Capture:
    """One opened source. ``live`` sources give what is now; a file is given at its own speed."""

    def __init__(self, settings: CameraSettings) -> None:
        source = settings.source
        device = source.isdecimal() or source.startswith("/dev/")
        self.live = device or "://" in source
        self._encoded = False
        if not self.live and not Path(source).is_file():
            raise CameraLost(f"{source}: no such file")
        self._capture = _device(settings) if device else cv2.VideoCapture(source, cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraLost(f"{source}: cannot be opened")
        if self.live and not device and int(self._capture.get(cv2.CAP_PROP_FOURCC)) == MOTION_JPEG:
            self._encoded = self._capture.set(*UNDECODED)
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self._interval_s = 1 / rate if 0 < rate <= 120 else 1 / settings.frames_per_second
        self._pause = threading.Event()

    @property
    def skipping_saves(self) -> bool:
        """True where a frame let go by was never decoded."""
        return self.live and not self._encoded

    def skip(self) -> None:
        """Lets one frame go by without looking at it. Raises ``CameraLost``."""
        if not self._capture.grab():
            raise CameraLost("no more frames")
        self._keep_pace()

    def take(self, *, paced: bool = True) -> Taken:
        """The next frame; ``paced`` gives a file at its own speed. Raises ``CameraLost``."""
        taken, frame = self._capture.read()
        if not taken:
            raise CameraLost("no more frames")
        if paced:
            self._keep_pace()
        if self._encoded and bytes(frame.flat[: len(JPEG)]) == JPEG:
            return Taken(frame, encoded=True)
        return Taken(np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), dtype=np.uint8), encoded=False)

    def picture(self, *, paced: bool = True) -> Picture:
        """The next frame in grey. Raises ``CameraLost``."""
        return self.take(paced=paced).picture()

    def _keep_pace(self) -> None:
        if not self.live:
            self._pause.wait(self._interval_s)

    def wake(self) -> None:
        self._pause.set()

    def close(self) -> None:
        self._capture.release()


def _device(settings: CameraSettings) -> cv2.VideoCapture:
    """A camera of this machine, asked for JPEG pictures: grabbing one costs nothing until it is wanted."""
    source = settings.source
    capture = cv2.VideoCapture(int(source) if source.isdecimal() else source, cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_FOURCC, MOTION_JPEG)
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height)
    capture.set(cv2.CAP_PROP_FPS, settings.frames_per_second)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


def _decoded(untrusted_jpeg: Any, how: int) -> Picture:
    try:
        picture = cv2.imdecode(untrusted_jpeg, how)
    except cv2.error as error:
        raise CameraLost("a damaged frame") from error
    if picture is None:
        raise CameraLost("a damaged frame")
    return np.asarray(picture, dtype=np.uint8)
