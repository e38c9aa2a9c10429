"""A camera that shows nothing is noticed within two seconds and trusted again when it sees (FC-19)."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from config.settings import CameraSettings
from drivers.codes.camera_health import CameraHealth
from drivers.codes.views import Picture
from drivers.virtual.phone import Hand, empty_counter, phone_showing

RANDOM = np.random.default_rng(1)


def grey(colour: object) -> Picture:
    return np.asarray(cv2.cvtColor(np.asarray(colour), cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def noisy(level: int, shape: tuple[int, int] = (720, 1280)) -> Picture:
    return np.clip(RANDOM.normal(level, 2, shape), 0, 255).astype(np.uint8)


PHONE = grey(phone_showing("OC1:" + "0A9Z" * 10))
WELL = {
    "empty counter": grey(empty_counter()),
    "phone": PHONE,
    "phone out of focus": grey(phone_showing("OC1:" + "0A9Z" * 10, Hand(blur=4.5))),
    "dim room": noisy(40),
}
FAULTY = {
    "camera.black": noisy(3),
    "camera.overexposed": noisy(255),
    "camera.blurred": np.asarray(cv2.GaussianBlur(PHONE, (0, 0), 20), np.uint8),
    "camera.rotated": np.ascontiguousarray(PHONE.T),
    "camera.resolution": np.asarray(cv2.resize(PHONE, (320, 180)), np.uint8),
}


def shown(health: CameraHealth, picture: Picture, start_ms: float, ms: float, *, same: bool = False) -> str:
    code = ""
    for at_ms in np.arange(start_ms, start_ms + ms, 400.0):
        health.frame(b"same" if same else str(at_ms).encode(), float(at_ms))
        code = health.look(picture, float(at_ms))
    return code


@pytest.mark.parametrize("kind", sorted(WELL))
def test_a_camera_that_sees_is_well(kind: str) -> None:
    assert shown(CameraHealth(CameraSettings(), live=True), WELL[kind], 0, 10_000) == ""


@pytest.mark.parametrize("code", sorted(FAULTY))
def test_each_fault_is_named_within_two_seconds_and_forgotten(code: str) -> None:
    health = CameraHealth(CameraSettings(), live=True)
    assert shown(health, FAULTY[code], 0, 800) == ""
    assert shown(health, FAULTY[code], 800, 1200) == code
    assert shown(health, PHONE, 2000, 400) == ""


def test_a_camera_that_repeats_its_last_frame_is_frozen() -> None:
    assert shown(CameraHealth(CameraSettings(), live=True), PHONE, 0, 2000, same=True) == "camera.frozen"
    assert shown(CameraHealth(CameraSettings(), live=False), PHONE, 0, 2000, same=True) == ""
