"""Motion JPEG over HTTP: whole JPEG pictures out of a stream of parts, whatever stands between them.

Boundaries and lengths of parts are not believed: cameras send wrong ones. A picture is found by its own
markers (ITU-T T.81, B.1). Everything else (a part of text, a cut-off picture) is skipped and counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import requests

from drivers.codes.faults import CameraBusy, CameraLost

START = b"\xff\xd8\xff"
LONGEST_FRAME = 8 * 1024 * 1024
CHUNK = 64 * 1024
OPEN_S = 2.0
SILENCE_S = 1.5
"""A camera that sends nothing for so long is lost."""
BUSY = {409, 423, 429, 503}
HEADER_END = b"\r\n\r\n"


class JpegFrames:
    """Pictures from pieces of a stream. ``damaged`` counts parts and pictures that were none. Pure."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.damaged = 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        self._buffer += piece
        while (found := self._next()) is not None:
            if found:
                yield found

    def _next(self) -> bytes | None:
        """A picture; empty after a damaged one was skipped; None where more has to come."""
        buffer = self._buffer
        start = buffer.find(START)
        if start < 0:
            if len(buffer) > CHUNK:
                self._count_parts(len(buffer) - len(HEADER_END))
            return None
        if start:
            self._count_parts(start, behind=True)
        end = picture_end(buffer)
        if end > 0:
            picture = bytes(buffer[:end])
            del buffer[:end]
            return picture
        if end == 0 and len(buffer) <= LONGEST_FRAME:
            return None
        self.damaged += 1
        following = buffer.find(START, len(START))
        del buffer[: following if following > 0 else len(buffer)]
        return b""

    def _count_parts(self, size: int, *, behind: bool = False) -> None:
        """Drops what is no picture; every head of a part in it, but the one before a picture, is a damage."""
        heads = self._buffer[:size].count(HEADER_END)
        self.damaged += max(0, heads - behind)
        del self._buffer[:size]


def picture_end(buffer: bytearray) -> int:
    """Length of the JPEG at the start of ``buffer``; 0 while its end has not come, -1 where it is damaged."""
    place = 2
    while place + 4 <= len(buffer):
        if buffer[place] != 0xFF:
            return -1
        marker = buffer[place + 1]
        if marker == 0xD9:
            return place + 2
        if marker == 0xFF:
            place += 1
        elif marker in (0x00, 0x01, 0xD8):
            return -1
        else:
            place += 2 + int.from_bytes(buffer[place + 2 : place + 4])
            if marker == 0xDA:
                place = _scan_end(buffer, place)
                if place <= 0:
                    return place
    if place + 2 <= len(buffer) and buffer[place : place + 2] == b"\xff\xd9":
        return place + 2
    return 0


def _scan_end(buffer: bytearray, place: int) -> int:
    """The marker that ends the compressed data: no stuffed zero, no restart. 0 and -1 as ``picture_end``."""
    while (place := buffer.find(b"\xff", place)) >= 0 and place + 1 < len(buffer):
        marker = buffer[place + 1]
        if marker == 0xD8:
            return -1
        if marker != 0x00 and marker != 0xFF and not 0xD0 <= marker <= 0xD7:
            return place
        place += 1 if marker == 0xFF else 2
    return 0


class MjpegStream:
    """An opened stream. Raises ``CameraLost`` or ``CameraBusy`` where it cannot be opened."""

    def __init__(self, url: str) -> None:
        self._frames = JpegFrames()
        try:
            self._response = requests.get(url, stream=True, timeout=(OPEN_S, SILENCE_S))
        except requests.RequestException as error:
            raise CameraLost(f"{url}: {type(error).__name__}") from error
        kind = self._response.headers.get("Content-Type", "")
        if self._response.status_code in BUSY:
            self.close()
            raise CameraBusy(f"{url}: {self._response.status_code}")
        if self._response.status_code != requests.codes.ok or "multipart" not in kind:
            self.close()
            raise CameraLost(f"{url}: no motion JPEG ({self._response.status_code})")
        self._pictures = self._read()

    @property
    def damaged(self) -> int:
        return self._frames.damaged

    def take(self) -> bytes:
        """The next picture. Raises ``CameraLost`` when the stream ends or is silent."""
        try:
            return next(self._pictures)
        except StopIteration:
            raise CameraLost("no more frames") from None
        except (requests.RequestException, OSError, ValueError) as error:
            raise CameraLost(type(error).__name__) from error

    def _read(self) -> Iterator[bytes]:
        raw = self._response.raw
        while piece := raw.read1(CHUNK):
            yield from self._frames.feed(piece)

    def close(self) -> None:
        self._response.close()
