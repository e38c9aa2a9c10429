"""A hand scanner in serial mode: lines of bytes from a device, framed by its profile."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

import serial

from config.settings import ScannerSettings
from drivers.codes.copies import ANY_COPY, CopyRules
from drivers.codes.events import ScannerChanged
from drivers.events import Post
from drivers.scanners.framing import Lines
from drivers.scanners.scan_sight import ScanSight
from runtime.loop import Loop

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 2.0
LOST = "scanner.lost"


class SerialScanner:
    """Posts ``CodeSeen`` and ``ScannerChanged``; opens its device again when it is lost."""

    def __init__(self, settings: ScannerSettings, post: Post, copies: CopyRules = ANY_COPY) -> None:
        self._settings = settings
        self._post = post
        self._sight = ScanSight(settings.quiet_ms, post, copies)
        self._stopping = threading.Event()
        self._port: serial.Serial | None = None
        self._state: str | None = None
        self._loop = Loop("serial scanner", self._run, wake=self._wake)

    def start(self) -> None:
        self._loop.start()

    def stop(self) -> None:
        self._stopping.set()
        self._loop.stop()

    def _wake(self) -> None:
        if port := self._port:
            with suppress(OSError, serial.SerialException):
                port.cancel_read()

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                with self._opened() as port:
                    self._port = port
                    self._announce("")
                    pause = FIRST_PAUSE_S
                    self._read(port)
            except (serial.SerialException, OSError) as error:
                if not self._stopping.is_set():
                    log.info("scanner: %s", type(error).__name__)
                    self._announce(LOST)
            finally:
                self._port = None
            self._stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def _opened(self) -> serial.Serial:
        """A read returns after a gap at the latest."""
        settings = self._settings
        return serial.Serial(settings.serial_device, settings.baud, timeout=settings.gap_ms / 1000)

    def _read(self, port: serial.Serial) -> None:
        settings = self._settings
        lines = Lines(settings.framing, settings.prefix.encode(), settings.gap_ms)
        while not self._stopping.is_set():
            octets = port.read(max(1, port.in_waiting))
            broken = lines.broken
            scans = [lines.pause(_now_ms()), *(lines.take(octet, _now_ms()) for octet in octets)]
            for scan in filter(None, scans):
                self._sight.scanned(scan)
            if lines.broken > broken:
                self._sight.broken()

    def _announce(self, code: str) -> None:
        if code != self._state:
            self._state = code
            self._post(ScannerChanged(_now_ms(), code))


def _now_ms() -> float:
    return time.monotonic() * 1000
