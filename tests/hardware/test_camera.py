"""The real capture code on a stream and on a video file."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import pytest

from config.settings import CameraSettings, ScannerSettings
from domain.codes.code import CopyBarcode, ECardToken
from drivers.codes.camera import Camera
from drivers.codes.code_seen import CodeSeen
from drivers.codes.events import CameraChanged, ScannerChanged
from drivers.codes.faults import CameraLost
from drivers.scanners.serial_scanner import SerialScanner
from drivers.virtual.camera_feed import CameraFeed
from drivers.virtual.phone import HEIGHT, WIDTH, book_with, empty_counter, phone_showing
from tests.hardware.events import EventLog

TOKEN = "OC1:" + "0A9Z" * 10


@pytest.fixture
def feed() -> Iterator[CameraFeed]:
    feed = CameraFeed()
    feed.start()
    yield feed
    feed.stop()


def watching(source: str, log: EventLog) -> Camera:
    camera = Camera(CameraSettings(source=source), log.post)
    camera.start()
    return camera


def test_a_phone_held_before_the_camera_is_one_presentation(feed: CameraFeed) -> None:
    log = EventLog()
    camera = watching(feed.url, log)
    log.wait_for(CameraChanged, lambda event: event.code == "")
    feed.show(*(phone_showing(TOKEN, seed=seed) for seed in range(4)))
    assert log.wait_for(CodeSeen).code == ECardToken(TOKEN)
    feed.show(book_with("BZ-00001"))
    assert log.wait_for(CodeSeen, lambda event: not event.repeated).code == CopyBarcode("BZ-00001")
    camera.stop()
    codes = [event for event in log.events if isinstance(event, CodeSeen) and not event.repeated]
    assert len(codes) == 2


def test_a_camera_that_goes_away_is_named_and_found_again(feed: CameraFeed) -> None:
    log = EventLog()
    camera = watching(feed.url, log)
    log.wait_for(CameraChanged, lambda event: event.code == "")
    feed.stop()
    log.wait_for(CameraChanged, lambda event: event.code == "camera.lost")
    camera.stop()


def test_a_camera_that_is_not_there_is_named(tmp_path: Path) -> None:
    log = EventLog()
    camera = watching(str(tmp_path / "nothing.avi"), log)
    assert log.wait_for(CameraChanged).code == "camera.lost"
    camera.stop()


def test_a_video_file_is_watched_at_its_own_speed(tmp_path: Path) -> None:
    path = tmp_path / "counter.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (WIDTH, HEIGHT))
    for _ in range(5):
        writer.write(empty_counter())
    for seed in range(5):
        writer.write(phone_showing(TOKEN, seed=seed))
    writer.release()
    log = EventLog()
    camera = watching(str(path), log)
    assert log.wait_for(CodeSeen).code == ECardToken(TOKEN)
    camera.stop()


def test_a_serial_scanner_is_read_line_by_line_and_found_again() -> None:
    log = EventLog()
    controller, device = pty.openpty()
    scanner = SerialScanner(ScannerSettings(serial_device=os.ttyname(device)), log.post)
    scanner.start()
    log.wait_for(ScannerChanged, lambda event: event.code == "")
    os.write(controller, b"BZ-0")
    os.write(controller, b"0001\r\nBZ-00001\r\n")
    first, second = log.wait_for(CodeSeen), log.wait_for(CodeSeen)
    assert (first.code, first.repeated) == (CopyBarcode("BZ-00001"), False)
    assert second.repeated
    os.close(controller)
    os.close(device)
    log.wait_for(ScannerChanged, lambda event: event.code == "scanner.lost")
    scanner.stop()


def test_damaged_parts_of_a_stream_cost_one_frame_each(feed: CameraFeed) -> None:
    """FC-18, FC-20: no picture, a cut-off one, and one that claims 30000 by 30000 pixels."""
    _, encoded = cv2.imencode(".jpg", phone_showing(TOKEN))
    good = encoded.tobytes()
    frame = good.index(b"\xff\xc0")
    huge = good[: frame + 5] + (30000).to_bytes(2) * 2 + good[frame + 9 :]
    log = EventLog()
    camera = watching(feed.url, log)
    log.wait_for(CameraChanged, lambda event: event.code == "")
    feed._hold((b"no signal", good[: len(good) // 2], huge, good))
    assert log.wait_for(CodeSeen).code == ECardToken(TOKEN)
    assert camera.damaged_frames > 0
    camera.stop()
    assert [event.code for event in log.events if isinstance(event, CameraChanged)] == [""]


def test_a_black_picture_is_named_and_forgotten(feed: CameraFeed) -> None:
    """FC-19."""
    log = EventLog()
    camera = watching(feed.url, log)
    log.wait_for(CameraChanged, lambda event: event.code == "")
    feed.show(empty_counter() * 0)
    log.wait_for(CameraChanged, lambda event: event.code == "camera.black")
    feed.clear()
    log.wait_for(CameraChanged, lambda event: event.code == "")
    camera.stop()


class Hanging:
    """A device that hangs: while it is opened, or in its first read, until it is woken."""

    skipping_saves = live = False
    damaged = 0
    released = threading.Event()

    def __init__(self, _settings: CameraSettings, *, opening: bool) -> None:
        if opening:
            self.released.wait(30)

    def take(self) -> None:
        self.released.wait(30)
        raise CameraLost("woken")

    def wake(self) -> None:
        self.released.set()

    close = wake


@pytest.mark.parametrize("opening", [False, True])
def test_a_device_that_hangs_without_an_error_is_named(
    opening: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FC-19: nothing comes, and nothing is raised."""
    Hanging.released.clear()
    monkeypatch.setattr("drivers.codes.camera.Capture", partial(Hanging, opening=opening))
    log = EventLog()
    camera = watching("/dev/video9", log)
    assert log.wait_for(CameraChanged).code == "camera.frozen"
    Hanging.released.set()
    camera.stop()
