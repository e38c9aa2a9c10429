"""Faults of cameras and of images."""

from __future__ import annotations

from config.faults import Fault


class CameraLost(Fault):
    """No frame comes from the camera."""

    code = "camera.lost"


class ImageUnreadable(Fault):
    """A file that is no image or video, or cannot be opened."""

    code = "image.unreadable"


class CameraBusy(CameraLost):
    """The camera is there and another program has it."""

    code = "camera.busy"


class FrameDamaged(CameraLost):
    """One frame that is no picture. The stream goes on."""

    code = "camera.damaged"
