"""Frames from OpenCV: a device, a video file or a URL."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import cv2
import numpy as np

from config.settings import CameraSettings
from drivers.codes.decoding import Picture
from drivers.codes.faults import CameraLost

# A live stream is taken as it comes: nothing is collected before the first frame is given out.
os.environ.setdefault(
    "OPENCV_FFMPEG_CAPTURE_OPTIONS", "fflags;nobuffer|flags;low_delay|analyzeduration;0|probesize;32768"
)
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


class Capture:
    """One opened source. ``live`` sources give what is now; a file is given at its own speed."""

    def __init__(self, settings: CameraSettings) -> None:
        source = settings.source
        self.live = source.isdigit() or source.startswith("/dev/") or "://" in source
        if source.isdigit() or source.startswith("/dev/"):
            device: int | str = int(source) if source.isdigit() else source
            self._capture = cv2.VideoCapture(device, cv2.CAP_V4L2)
            self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width)
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height)
            self._capture.set(cv2.CAP_PROP_FPS, settings.frames_per_second)
            self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        else:
            if not self.live and not Path(source).is_file():
                raise CameraLost(f"{source}: no such file")
            self._capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraLost(f"{source}: cannot be opened")
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self._interval_s = 1 / rate if 0 < rate <= 120 else 1 / settings.frames_per_second
        self._pause = threading.Event()

    def skip(self) -> None:
        """Lets one frame go by without decoding it. Raises ``CameraLost``."""
        if not self._capture.grab():
            raise CameraLost("no more frames")
        self._keep_pace()

    def picture(self, *, paced: bool = True) -> Picture:
        """The next frame in grey; ``paced`` gives a file at its own speed. Raises ``CameraLost``."""
        taken, frame = self._capture.read()
        if not taken:
            raise CameraLost("no more frames")
        if paced:
            self._keep_pace()
        return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), dtype=np.uint8)

    def _keep_pace(self) -> None:
        if not self.live:
            self._pause.wait(self._interval_s)

    def wake(self) -> None:
        self._pause.set()

    def close(self) -> None:
        self._capture.release()
