"""Live picture of the camera for the operator: small, grey, a few times a second, never stored."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from drivers.codes.camera import Frame
from drivers.codes.faults import CameraLost
from runtime.loop import Loop
from terminal.staff.events import PictureTaken

EVERY_S = 0.15
LARGEST = 960
FRESH_MS = 2_000.0


class Looking(Protocol):
    """The part of a camera that is needed here."""

    def latest(self) -> Frame | None: ...


class LivePicture(QQuickImageProvider):
    """``image://camera/SERIAL``. ``show`` and ``hide`` belong to Qt's thread; a thread of its own decodes
    while it is shown, and posts ``PictureTaken``."""

    def __init__(
        self,
        camera: Looking | None,
        post: Callable[[PictureTaken], None],
        monotonic_ms: Callable[[], float],
    ) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._camera = camera
        self._post = post
        self._monotonic_ms = monotonic_ms
        self._turn = threading.Lock()
        self._picture: tuple[int, int, bytes] | None = None
        self._hidden: threading.Event | None = None
        self._loop: Loop | None = None

    def show(self) -> None:
        if self._hidden is None and self._camera:
            camera, hidden = self._camera, threading.Event()
            self._hidden = hidden
            self._loop = Loop("live picture", lambda: self._look(camera, hidden))
            self._loop.start()

    def hide(self) -> None:
        """The last picture is forgotten when this returns."""
        if self._hidden and self._loop:
            self._hidden.set()
            self._loop.stop()
        self._hidden = self._loop = None
        with self._turn:
            self._picture = None

    def requestImage(self, id: str, size: QSize, wanted: QSize) -> QImage:
        with self._turn:
            if self._picture is None:
                return QImage(1, 1, QImage.Format.Format_Grayscale8)
            width, height, grey = self._picture
            return QImage(grey, width, height, width, QImage.Format.Format_Grayscale8).copy()

    def _look(self, camera: Looking, hidden: threading.Event) -> None:
        serial, seen_ms = 0, -1.0
        while not hidden.wait(EVERY_S):
            frame = camera.latest()
            if frame is None:
                continue
            if self._monotonic_ms() - frame.at_ms > FRESH_MS:
                self._post(PictureTaken(0))
                continue
            if frame.at_ms == seen_ms:
                continue
            seen_ms = frame.at_ms
            try:
                small = _small(frame)
            except CameraLost:
                continue
            with self._turn:
                if not hidden.is_set():
                    self._picture = small
            serial += 1
            self._post(PictureTaken(serial))


def _small(frame: Frame) -> tuple[int, int, bytes]:
    """Width, height and grey values. Raises ``CameraLost`` for a damaged frame."""
    picture = frame.taken.picture()
    height, width = picture.shape
    scale = min(1.0, LARGEST / width)
    size = (round(width * scale), round(height * scale))
    shrunk = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    return size[0], size[1], np.ascontiguousarray(shrunk).tobytes()
