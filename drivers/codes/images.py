"""Codes in files: single images with the whole ladder, videos and streams frame by frame."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from config.settings import CameraSettings
from drivers.codes.capture import Capture
from drivers.codes.decoded import DecodedCode
from drivers.codes.decoding import FrameDecoder, decode
from drivers.codes.faults import CameraLost, FrameDamaged, ImageUnreadable
from drivers.codes.picture_size import MOST_PIXELS, acceptable, picture_size

IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".pgm", ".ppm"}
VIDEOS = {".mp4", ".avi", ".mkv", ".mov", ".webm", ".mjpg", ".mjpeg"}
FILE_LIMIT = 64 * 1024 * 1024


def is_video(path: Path) -> bool:
    return path.suffix.lower() in VIDEOS and path.is_file()


def image_files(path: Path) -> list[Path]:
    """The image itself, or every image under a folder, sorted. Raises ``ImageUnreadable``."""
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.suffix.lower() in IMAGES and each.is_file())
        if not found:
            raise ImageUnreadable(f"{path}: no images in this folder")
        return found
    if not path.is_file():
        raise ImageUnreadable(f"{path}: no such file")
    return [path]


def decode_file(path: Path) -> tuple[DecodedCode, ...]:
    """All codes in one image. Raises ``ImageUnreadable``."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise ImageUnreadable(f"{path}: larger than {FILE_LIMIT >> 20} MiB")
        octets = path.read_bytes()
    except OSError as error:
        raise ImageUnreadable(f"{path}: {error.strerror}") from error
    if picture_size(octets) is None:
        raise ImageUnreadable(f"{path}: no image this program can read")
    if not acceptable(octets, MOST_PIXELS):
        raise ImageUnreadable(f"{path}: its header claims more than {MOST_PIXELS >> 20} megapixels, or none")
    content = np.frombuffer(octets, np.uint8)
    try:
        picture = cv2.imdecode(content, cv2.IMREAD_GRAYSCALE) if content.size else None
    except cv2.error as error:
        raise ImageUnreadable(f"{path}: no image") from error
    if picture is None:
        raise ImageUnreadable(f"{path}: no image this program can read")
    return decode(np.asarray(picture, dtype=np.uint8))


def watch(settings: CameraSettings, limit_s: float) -> Iterator[tuple[int, tuple[DecodedCode, ...], float]]:
    """Frame number, codes and ms of each frame that shows something new, of a video to its end, of a
    live source until the first one. Raises ``CameraLost`` when nothing can be had from it at all."""
    capture = Capture(settings)
    decoder = FrameDecoder()
    known: set[DecodedCode] = set()
    deadline = time.monotonic() + limit_s
    number = 0
    try:
        while time.monotonic() < deadline:
            try:
                picture = capture.picture(paced=False)
            except FrameDamaged:
                continue
            except CameraLost:
                if number == 0:
                    raise
                return
            number += 1
            began = time.monotonic()
            codes = decoder.decode(picture)
            fresh = tuple(code for code in codes if code not in known)
            if fresh:
                known.update(fresh)
                yield number, fresh, (time.monotonic() - began) * 1000
                if capture.live:
                    return
    finally:
        capture.close()
