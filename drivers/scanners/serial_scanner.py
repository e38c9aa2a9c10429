"""A hand scanner in serial mode: lines of bytes from a device, one line a scan."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from contextlib import suppress

import serial

from config.settings import ScannerSettings
from drivers.codes.classify import LONGEST, classify
from drivers.codes.code import CodeSeen
from drivers.codes.copies import ANY_COPY, CopyRules
from drivers.codes.events import ScannerChanged
from drivers.codes.quiet_time import QuietTime, Sight
from drivers.codes.signed import ride_code
from drivers.events import Post

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 2.0
ENDS = b"\r\n"
LOST = "scanner.lost"


class ScanSight:
    """Quiet times of one hand scanner, whichever way it speaks. What was scanned is kept as a hash only."""

    def __init__(self, quiet_ms: float, post: Post, copies: CopyRules = ANY_COPY) -> None:
        self._quiet = QuietTime(quiet_ms)
        self._copies = copies
        self._post = post

    def scanned(self, untrusted: bytes) -> None:
        """Posts ``CodeSeen``. A hand scanner is triggered by hand: each scan is a presentation."""
        at_ms = time.monotonic() * 1000
        sight = self._quiet.look(hashlib.sha256(untrusted).digest(), at_ms)
        text = untrusted.decode("utf-8", "replace")
        code = classify("", text, untrusted, self._copies)
        self._post(CodeSeen(at_ms, "scanner", "", code, sight is not Sight.NEW))


class Lines:
    """Puts scans together from the bytes of a line. One that never ends is cut off and refused, not
    collected. A ride code says its own length, and line ends inside that length are part of it."""

    def __init__(self) -> None:
        self._line = bytearray()

    def take(self, octet: int) -> bytes:
        """The scan that ``octet`` ends, else nothing."""
        line = self._line
        if octet in ENDS and len(line) >= ride_code.says_length(line):
            scan = bytes(line)
            line.clear()
            return scan
        if len(line) <= LONGEST:
            line.append(octet)
        return b""


class SerialScanner:
    """Posts ``CodeSeen`` and ``ScannerChanged``; opens its device again when it is lost."""

    def __init__(self, settings: ScannerSettings, post: Post, copies: CopyRules = ANY_COPY) -> None:
        self._settings = settings
        self._post = post
        self._sight = ScanSight(settings.quiet_ms, post, copies)
        self._stopping = threading.Event()
        self._port: serial.Serial | None = None
        self._state: str | None = None
        self._thread = threading.Thread(target=self._run, name="serial scanner", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if port := self._port:
            with suppress(OSError, serial.SerialException):
                port.cancel_read()
        if self._thread.is_alive():
            self._thread.join(1)

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                with serial.Serial(self._settings.serial_device, self._settings.baud) as port:
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

    def _read(self, port: serial.Serial) -> None:
        lines = Lines()
        while not self._stopping.is_set():
            for octet in port.read(max(1, port.in_waiting)):
                if line := lines.take(octet):
                    self._sight.scanned(line)

    def _announce(self, code: str) -> None:
        if code != self._state:
            self._state = code
            self._post(ScannerChanged(time.monotonic() * 1000, code))
