"""Pictures: hostile bytes until they were decoded and encoded again.

Apart from the rest, because it loads a library of pictures that a centre without photographs never needs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

import cv2
import numpy as np

from config.faults import Fault
from domain.messages.attachments import MOST_BYTES, Attachment

MOST_PIXELS = 4_000_000
QUALITIES = (85, 70, 55, 40)
BASELINE, PROGRESSIVE = 0xC0, 0xC2
WITHOUT_LENGTH = (0x01, *range(0xD0, 0xDA))


class NotAPicture(Fault):
    """The bytes are no JPEG picture of a plausible size, or do not match their hash."""

    code = "attachment.not_a_picture"


def cleaned(untrusted: Attachment) -> bytes:
    """The picture alone, in grey, encoded again: no EXIF, nothing behind its end. Raises ``NotAPicture``."""
    try:
        content = base64.b64decode(untrusted.jpeg, validate=True)
    except binascii.Error as error:
        raise NotAPicture("not base64") from error
    if len(content) > MOST_BYTES or hashlib.sha256(content).hexdigest() != untrusted.sha256:
        raise NotAPicture("not what its hash says")
    width, height = jpeg_size(content)
    if not 0 < width * height <= MOST_PIXELS:
        raise NotAPicture("too many pixels")
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise NotAPicture("cannot be decoded") from error
    if decoded is None:
        raise NotAPicture("cannot be decoded")
    for quality in QUALITIES:
        done, encoded = cv2.imencode(".jpg", decoded, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if done and encoded.size <= MOST_BYTES:
            return encoded.tobytes()
    raise NotAPicture("too large in every quality")


def jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height as the frame header claims them (ITU-T T.81, B.2.2), before anything is decoded.

    Raises ``NotAPicture``.
    """
    if content[:2] != b"\xff\xd8":
        raise NotAPicture("no JPEG")
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if BASELINE <= marker <= PROGRESSIVE:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width), int.from_bytes(height)
        if marker in WITHOUT_LENGTH:
            break
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    raise NotAPicture("no frame header")
