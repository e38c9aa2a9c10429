"""The camera of a counter: one thread takes frames, one looks at the newest. Nothing queues.

While nothing moves before it, few frames are unpacked and none is decoded: a camera that stares at an
empty counter all day costs next to nothing.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from config.settings import CameraSettings
from domain.codes.code import Code, UnusableCode
from drivers.codes.book_in_view import BookInView
from drivers.codes.camera_health import CameraHealth
from drivers.codes.capture import Capture, Taken
from drivers.codes.classify import classify
from drivers.codes.code_seen import CodeSeen
from drivers.codes.copies import ANY_COPY, CopyRules
from drivers.codes.decoded import DecodedCode
from drivers.codes.decoding import FrameDecoder
from drivers.codes.events import CameraChanged
from drivers.codes.faults import CameraLost, FrameDamaged
from drivers.codes.quiet_time import QuietTime, Sight
from drivers.codes.views import Picture
from drivers.events import Post
from runtime.loop import Loop
from runtime.task import Task

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 2.0
CALM_AFTER_S = 2.0
"""Without a change for this long the camera is calm …"""
CALM_SKIPS = 3
"""… and only every fourth frame is unpacked."""
CHANGE = 3.0
"""Mean difference of grey values, of 255, in the small view: light flicker stays below, a phone above."""
SILENT_MS = 1_500.0
"""Without a frame for this long the camera is blind."""
OPENING_MS = 4_000.0
"""Cameras take up to three seconds to open."""
SILENT_LOOK_S = 0.25
HEALTH_LOOK_MS = 400.0
HELD_LOOK_MS = 300.0
QUIET_END_MS = 2_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """``at_ms`` is when it was taken; ``changed`` whether anything moved since the last one looked at."""

    taken: Taken
    at_ms: float
    changed: bool


class Camera:
    """Posts ``CodeSeen`` and ``CameraChanged``. Opens its source again, for ever, when it is lost."""

    def __init__(self, settings: CameraSettings, post: Post, copies: CopyRules = ANY_COPY) -> None:
        self._settings = settings
        self._post = post
        self._copies = copies
        self._quiet = QuietTime(settings.quiet_ms)
        self._book = BookInView()
        self._decoder = FrameDecoder()
        self._newest: Frame | None = None
        self._fresh = threading.Condition()
        self._stopping = threading.Event()
        self._capture: Capture | None = None
        self._state: str | None = None
        self._damaged = 0
        self._came_ms = float("inf")
        self.tasks: tuple[Task, ...] = (
            Loop("camera frames", self._take, wake=self._wake),
            Loop("camera codes", self._look, wake=self._wake),
        )

    def start(self) -> None:
        for loop in self.tasks:
            loop.start()

    def stop(self) -> None:
        self._stopping.set()
        for loop in self.tasks:
            loop.stop()

    def _wake(self) -> None:
        if capture := self._capture:
            capture.wake()
        with self._fresh:
            self._fresh.notify_all()

    @property
    def damaged_frames(self) -> int:
        """Frames since the start that were no picture; each cost itself alone."""
        capture = self._capture
        return self._damaged + (capture.damaged if capture else 0)

    def latest(self) -> Frame | None:
        """Newest picture of the camera, for a live view."""
        return self._newest

    def forget(self) -> None:
        """A visit ended: its picture is not kept. A code that is still held there stays known, by its
        hash, so that it does not begin another visit."""
        with self._fresh:
            self._newest = None

    def _take(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                self._came_ms = _now_ms()
                self._capture = Capture(self._settings)
                self._came_ms = _now_ms()
                pause = FIRST_PAUSE_S
                self._take_from(self._capture)
            except CameraLost as fault:
                if not self._stopping.is_set():
                    log.info("camera: %s", fault)
                    self._announce(fault.code)
            except Exception:
                self._announce(CameraLost.code)
                raise
            finally:
                if capture := self._capture:
                    self._damaged += capture.damaged
                    self._capture = None
                    capture.close()
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def _take_from(self, capture: Capture) -> None:
        watch = Watch(CameraHealth(self._settings, capture.live), self._announce)
        seen: Picture | None = None
        changed_at = time.monotonic()
        while not self._stopping.is_set():
            if capture.skipping_saves and time.monotonic() - changed_at > CALM_AFTER_S:
                for _ in range(CALM_SKIPS):
                    capture.skip()
            try:
                taken = capture.take()
                glance = taken.glance()
            except FrameDamaged as fault:
                self._skip_damaged(fault)
                continue
            if seen is None or seen.shape != glance.shape or _difference(glance, seen) > CHANGE:
                seen = glance
                changed_at = time.monotonic()
            moving = time.monotonic() - changed_at <= CALM_AFTER_S
            with self._fresh:
                self._came_ms = _now_ms()
                self._newest = Frame(taken, self._came_ms, moving)
                self._fresh.notify()
            watch.frame(taken, self._came_ms)

    def _skip_damaged(self, fault: FrameDamaged) -> None:
        """One frame; after ``SILENT_MS`` without a good one the camera is blind."""
        self._damaged += 1
        log.debug("%s", fault)
        if _now_ms() - self._came_ms > SILENT_MS:
            self._announce(fault.code)

    def _watch_silence(self) -> None:
        """A device that hangs in a read, or while it is opened, gives nothing and says nothing."""
        limit_ms = SILENT_MS if self._capture else OPENING_MS
        if _now_ms() - self._came_ms > limit_ms and not self._state:
            self._announce("camera.frozen")

    def _look(self) -> None:
        """Still pictures are looked at now and then while a code is held there: it must stay known."""
        seen: Frame | None = None
        held_at = float("-inf")
        while not self._stopping.is_set():
            with self._fresh:
                while self._newest is seen and not self._stopping.is_set():
                    self._fresh.wait(SILENT_LOOK_S)
                    self._watch_silence()
                seen = self._newest
            if seen is None or not (seen.changed or 0 <= seen.at_ms - held_at - HELD_LOOK_MS < QUIET_END_MS):
                continue
            try:
                codes = self._decoder.decode(seen.taken.picture())
            except CameraLost as fault:
                log.debug("%s", fault)
                continue
            if codes:
                held_at = seen.at_ms
            self._report_all(codes, seen.at_ms)

    def _report_all(self, codes: tuple[DecodedCode, ...], at_ms: float) -> None:
        """A copy's label and another number of the same book (an ISBN), in this frame or a later one: the
        label is what was shown."""
        reports = [(code, self._classified(code)) for code in codes]
        usable = [each for each in reports if not isinstance(each[1], UnusableCode)]
        for code, classified in usable or reports:
            if not self._book.covers(classified, code.content, at_ms):
                self._report(code, classified, at_ms)

    def _classified(self, code: DecodedCode) -> Code:
        return classify(code.symbology, code.untrusted_text, code.content, self._copies)

    def _report(self, code: DecodedCode, classified: Code, at_ms: float) -> None:
        digest = hashlib.sha256(code.content).digest()
        sight = self._quiet.look((code.symbology, digest), at_ms)
        if sight is not Sight.STILL_THERE:
            self._post(CodeSeen(at_ms, "camera", code.symbology, classified, sight is Sight.TOO_SOON))

    def _announce(self, code: str) -> None:
        if code != self._state:
            self._state = code
            self._post(CameraChanged(_now_ms(), code))


class Watch:
    """Looks at the health twice a second, and says what it is whenever that changes."""

    def __init__(self, health: CameraHealth, announce: Callable[[str], None]) -> None:
        self._health = health
        self._announce = announce
        self._next_ms = 0.0

    def frame(self, taken: Taken, at_ms: float) -> None:
        self._health.frame(taken.content, at_ms)
        if at_ms < self._next_ms:
            return
        self._next_ms = at_ms + HEALTH_LOOK_MS
        try:
            self._announce(self._health.look(taken.picture(), at_ms))
        except FrameDamaged as fault:
            log.debug("%s", fault)


def _now_ms() -> float:
    return time.monotonic() * 1000


def _difference(one: Picture, other: Picture) -> float:
    """Mean difference of grey values, 0 to 255."""
    return float(np.mean(cv2.absdiff(one, other)))
