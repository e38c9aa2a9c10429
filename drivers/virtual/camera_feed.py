"""A virtual camera: motion JPEG over loopback, opened by the real capture code like any network camera."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2

from drivers.virtual.phone import Colour, empty_counter
from runtime.one_shot import OneShot

FRAMES_PER_SECOND = 15
BOUNDARY = "frame"
QUALITY = 88
HEAD = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {{size}}\r\n\r\n"


class CameraFeed:
    """``show`` holds something before the camera, ``clear`` takes it away. ``url`` is the camera's source."""

    def __init__(self) -> None:
        self._nothing = (_jpeg(empty_counter()),)
        self._frames: tuple[bytes, ...] = self._nothing
        self._changed = threading.Condition()
        self._stopping = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._viewer())
        self._server.daemon_threads = True
        self._serving: OneShot[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/camera.mjpg"

    def start(self) -> None:
        self._serving = OneShot("camera feed", self._server.serve_forever)

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        if self._serving:
            with suppress(TimeoutError):
                self._serving.result(1)

    def show(self, *frames: Colour) -> None:
        """From now on the camera sees these frames in turn, 15 a second."""
        self._hold(tuple(map(_jpeg, frames)))

    def clear(self) -> None:
        self._hold(self._nothing)

    def _hold(self, encoded: tuple[bytes, ...]) -> None:
        with self._changed:
            self._frames = encoded
            self._changed.notify_all()

    def _next(self, number: int) -> bytes | None:
        with self._changed:
            self._changed.wait(1 / FRAMES_PER_SECOND)
            return None if self._stopping else _numbered(self._frames[number % len(self._frames)], number)

    def _viewer(self) -> type[BaseHTTPRequestHandler]:
        following: Callable[[int], bytes | None] = self._next

        class Viewer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
                self.end_headers()
                number = 0
                try:
                    while (frame := following(number)) is not None:
                        self.wfile.write(HEAD.format(size=len(frame)).encode() + frame + b"\r\n")
                        self.wfile.flush()
                        number += 1
                except OSError:
                    return

            def log_message(self, format: str, *values: object) -> None:
                """A viewer that comes or goes is no news."""

        return Viewer


def _jpeg(frame: Colour) -> bytes:
    _, encoded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return encoded.tobytes()


def _numbered(jpeg: bytes, number: int) -> bytes:
    """The picture with its number in a comment (ITU-T T.81, B.2.4.5): no lens gives the same bytes twice."""
    return jpeg[:2] + b"\xff\xfe\x00\x06" + (number % 2**32).to_bytes(4) + jpeg[2:]
