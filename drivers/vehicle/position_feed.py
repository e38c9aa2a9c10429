"""Line and stop of a vehicle, from its on-board computer: lines of JSON from a serial port or over TCP.

    {"route_id": "1", "stop_id": "railway"}

Names as in GTFS and GTFS-realtime's VehiclePosition. An invalid line is skipped and counted in the
log; the last position is valid until it is too old.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import serial

from runtime.loop import Loop
from runtime.task import Task

log = logging.getLogger(__name__)

READ_S = 1.0
PAUSE_S = 2.0
LONGEST_LINE = 512
LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class VehiclePosition:
    """Ids of the tariff; ``stop_id`` is empty between two stops whose fare knows no stop."""

    route_id: str
    stop_id: str = ""


def parse_position(untrusted_line: bytes) -> VehiclePosition | None:
    """None for what is no position: too long, no JSON object, an id that is no short text."""
    if len(untrusted_line) > LONGEST_LINE:
        return None
    try:
        told = json.loads(untrusted_line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    route, stop = told.get("route_id"), told.get("stop_id", "")
    if not (_is_id(route) and route) or not _is_id(stop):
        return None
    return VehiclePosition(route, stop)


def _is_id(told: object) -> bool:
    return isinstance(told, str) and len(told) <= LONGEST_ID and told.isprintable()


class PositionFeed:
    """``source``: ``/dev/ttyS1`` or ``socket://host:port``, opened again whenever it is lost.

    ``position`` is the last one received, None before that and once it is older than ``good_s``. Any thread
    may ask.
    """

    def __init__(
        self, source: str, good_s: float, monotonic: Callable[[], float] = time.monotonic, baud: int = 9600
    ) -> None:
        self._source = source
        self._good_s = good_s
        self._monotonic = monotonic
        self._baud = baud
        self._told: tuple[float, VehiclePosition] | None = None
        self._heard = threading.Event()
        self._stopping = threading.Event()
        self._loop = Loop("position", self._run)
        self.tasks: tuple[Task, ...] = (self._loop,)

    @property
    def position(self) -> VehiclePosition | None:
        told = self._told
        return told[1] if told and self._monotonic() - told[0] <= self._good_s else None

    def wait(self, timeout_s: float) -> bool:
        """Wait for a position; False when none came in time."""
        return self._heard.wait(timeout_s)

    def start(self) -> None:
        self._loop.start()

    def stop(self) -> None:
        self._stopping.set()
        self._loop.stop(READ_S + 1)

    def _run(self) -> None:
        lost = False
        while not self._stopping.is_set():
            try:
                with serial.serial_for_url(self._source, self._baud, timeout=READ_S) as port:
                    lost = False
                    self._listen(port)
            except (serial.SerialException, OSError) as error:
                if not lost and not self._stopping.is_set():
                    log.warning("no position from the vehicle: %s", type(error).__name__)
                lost = True
            self._stopping.wait(PAUSE_S)

    def _listen(self, port: serial.SerialBase) -> None:
        line = bytearray()
        while not self._stopping.is_set():
            octet = port.read(1)
            if octet == b"\n":
                self._take(bytes(line))
                line.clear()
            elif len(line) <= LONGEST_LINE:
                line += octet

    def _take(self, untrusted_line: bytes) -> None:
        position = parse_position(untrusted_line)
        if position is None:
            log.info("%d bytes that are no position", len(untrusted_line))
            return
        self._told = (self._monotonic(), position)
        self._heard.set()
