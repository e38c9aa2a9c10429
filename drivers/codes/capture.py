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
from drivers.codes.faults import CameraBusy, CameraLost, FrameDamaged
from drivers.codes.mjpeg import MjpegStream
from drivers.codes.picture_size import MOST_CAMERA_PIXELS, acceptable
from drivers.codes.views import Picture

# A live stream is taken as it comes: nothing is collected before the first frame is given out.
os.environ.setdefault(
    "OPENCV_FFMPEG_CAPTURE_OPTIONS", "fflags;nobuffer|flags;low_delay|analyzeduration;0|probesize;32768"
)
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

MOTION_JPEG = cv2.VideoWriter.fourcc(*"MJPG")
TIMEOUTS = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 2_000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 1_500)
SMALL = (160, 90)


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One frame as the source gave it: grey values, or a JPEG picture still to be decoded."""

    content: Any
    encoded: bool

    def glance(self) -> Picture:
        """A small view, enough to see whether anything moved. Raises ``FrameDamaged``."""
        if self.encoded:
            return _decoded(self.content, cv2.IMREAD_REDUCED_GRAYSCALE_8)
        return np.asarray(cv2.resize(self.content, SMALL, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    def picture(self) -> Picture:
        """The whole frame in grey. Raises ``FrameDamaged``."""
        return _decoded(self.content, cv2.IMREAD_GRAYSCALE) if self.encoded else self.content


class Capture:
    """One opened source. ``live`` sources give the present; a file is given at its own speed."""

    def __init__(self, settings: CameraSettings) -> None:
        """Raises ``CameraLost`` or ``CameraBusy``."""
        source = settings.source
        device = source.isdecimal() or source.startswith("/dev/")
        self.live = device or "://" in source
        if not self.live and not Path(source).is_file():
            raise CameraLost(f"{source}: no such file")
        self._stream = _stream(source)
        self._capture = None if self._stream else _opened(settings, device=device)
        self._interval_s = 1 / settings.frames_per_second
        if self._capture and 0 < (rate := self._capture.get(cv2.CAP_PROP_FPS)) <= 120:
            self._interval_s = 1 / rate
        self._pause = threading.Event()

    @property
    def skipping_saves(self) -> bool:
        """True where a frame let go by was never decoded."""
        return self.live and not self._stream

    @property
    def damaged(self) -> int:
        """Parts of the stream that were no picture, so far."""
        return self._stream.damaged if self._stream else 0

    def skip(self) -> None:
        """Lets one frame go by without looking at it. Raises ``CameraLost``."""
        if self._stream:
            self._stream.take()
        elif self._capture and not self._capture.grab():
            raise CameraLost("no more frames")
        self._keep_pace()

    def take(self, *, paced: bool = True) -> Taken:
        """The next frame; ``paced``: a file at its own speed. Raises ``CameraLost``, ``FrameDamaged``."""
        taken = self._from_stream(self._stream) if self._stream else self._from_opencv()
        if paced:
            self._keep_pace()
        return taken

    def _from_stream(self, stream: MjpegStream) -> Taken:
        jpeg = stream.take()
        if not acceptable(jpeg, MOST_CAMERA_PIXELS):
            raise FrameDamaged("a picture of no size, or too large")
        return Taken(np.frombuffer(jpeg, np.uint8), encoded=True)

    def _from_opencv(self) -> Taken:
        assert self._capture is not None  # noqa: S101 (one of the two is there)
        try:
            taken, frame = self._capture.read()
        except cv2.error as error:
            raise FrameDamaged("a frame that cannot be decoded") from error
        if not taken:
            raise CameraLost("no more frames")
        if frame is None or frame.size == 0 or frame.ndim not in (2, 3):
            raise FrameDamaged("an empty frame")
        grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) if frame.ndim == 3 else frame
        return Taken(np.asarray(grey, dtype=np.uint8), encoded=False)

    def picture(self, *, paced: bool = True) -> Picture:
        """The next frame in grey. Raises ``CameraLost``, ``FrameDamaged``."""
        return self.take(paced=paced).picture()

    def _keep_pace(self) -> None:
        if not self.live:
            self._pause.wait(self._interval_s)

    def wake(self) -> None:
        self._pause.set()

    def close(self) -> None:
        if self._stream:
            self._stream.close()
        if self._capture:
            self._capture.release()


def _stream(source: str) -> MjpegStream | None:
    """Motion JPEG over HTTP; other streams are OpenCV's. Raises ``CameraBusy``, ``CameraLost``."""
    if not source.startswith(("http://", "https://")):
        return None
    try:
        return MjpegStream(source)
    except CameraBusy:
        raise
    except CameraLost as fault:
        if "no motion JPEG (200)" in str(fault):
            return None
        raise


def _opened(settings: CameraSettings, *, device: bool) -> cv2.VideoCapture:
    source = settings.source
    capture = _device(settings) if device else cv2.VideoCapture(source, cv2.CAP_FFMPEG, list(TIMEOUTS))
    if not capture.isOpened():
        capture.release()
        if device and Path(source if source.startswith("/dev/") else f"/dev/video{source}").exists():
            raise CameraBusy(f"{source}: another program has it")
        raise CameraLost(f"{source}: cannot be opened")
    if capture.get(cv2.CAP_PROP_FRAME_WIDTH) * capture.get(cv2.CAP_PROP_FRAME_HEIGHT) > MOST_CAMERA_PIXELS:
        capture.release()
        raise CameraLost(f"{source}: its pictures are too large")
    return capture


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
        raise FrameDamaged("a damaged frame") from error
    if picture is None:
        raise FrameDamaged("a damaged frame")
    return np.asarray(picture, dtype=np.uint8)
