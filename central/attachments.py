"""Papers photographed at a counter: hostile bytes until they were decoded and encoded anew, then the
picture of one person's paper, waiting for the application that names it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import cv2
import numpy as np
from sqlalchemy import Connection, Delete, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from central.departments.tables import application, attachment
from central.holders import KNOWN_FOR, holder_known_to
from config.faults import Fault
from drivers.central.attachments import MOST_BYTES, Attachment

UNNAMED_FOR = timedelta(days=1)
"""A picture no application names by then goes: its person went away."""
MOST_WAITING = 24
"""Pictures of one person that no application names yet."""
MOST_PIXELS = 4_000_000
QUALITIES = (85, 70, 55, 40)
BASELINE, PROGRESSIVE = 0xC0, 0xC2
WITHOUT_LENGTH = (0x01, *range(0xD0, 0xDA))


class NotAPicture(Fault):
    """What was sent is no JPEG picture of a plausible size, or not what its hash says."""

    code = "attachment.not_a_picture"


class TooManyWaiting(Fault):
    code = "attachment.too_many"


def keep(connection: Connection, untrusted: Attachment, picture: bytes, now: datetime) -> None:
    """Keeps ``picture``, the one that ``cleaned`` made; a second time changes nothing.

    Raises ``Unidentified`` where this terminal has not identified the holder, ``TooManyWaiting``.
    """
    subject = holder_known_to(connection, untrusted.subject, untrusted.terminal, now - KNOWN_FOR)
    of_person = attachment.c.subject == subject
    same = (
        of_person,
        attachment.c.service == untrusted.service,
        attachment.c.paper == untrusted.paper,
        attachment.c.sha256 == untrusted.sha256,
        attachment.c.application == "",
    )
    if connection.execute(select(attachment.c.id).where(*same)).first():
        return
    unnamed = select(func.count()).where(of_person, attachment.c.application == "")
    if connection.execute(unnamed).scalar_one() >= MOST_WAITING:
        raise TooManyWaiting
    values = {
        "subject": subject,
        "service": untrusted.service,
        "paper": untrusted.paper,
        "sha256": untrusted.sha256,
        "picture": picture,
        "terminal": untrusted.terminal,
        "at": now,
    }
    # Sent twice at the same moment, the other one keeps it.
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(attachment).values(**values))


def cleaned(untrusted: Attachment) -> bytes:
    """The picture alone, in grey, encoded anew: no EXIF, nothing behind its end. Raises ``NotAPicture``."""
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


def name_all(
    connection: Connection, number: str, subject: str, service: str, named: Mapping[str, str]
) -> None:
    """From now on these pictures (hash by paper) belong to the application with this number."""
    for paper, sha256 in named.items():
        connection.execute(
            update(attachment)
            .where(
                attachment.c.subject == subject,
                attachment.c.service == service,
                attachment.c.paper == paper,
                attachment.c.sha256 == sha256,
                attachment.c.application == "",
            )
            .values(application=number)
        )


def all_here(connection: Connection, subject: str, service: str, named: Mapping[str, str]) -> bool:
    """Whether each of these pictures is this person's, for this service, and no other application's."""
    mine = select(attachment.c.paper, attachment.c.sha256).where(
        attachment.c.subject == subject, attachment.c.service == service, attachment.c.application == ""
    )
    here = {(row.paper, row.sha256) for row in connection.execute(mine)}
    return set(named.items()) <= here


def throw_away(connection: Connection, number: str) -> None:
    """The application was undone."""
    connection.execute(delete(attachment).where(attachment.c.application == number))


def outlived(now: datetime, before: datetime) -> Delete:
    """Deletes what nobody named within a day, and what belongs to applications answered before ``before``."""
    answered = select(application.c.number).where(application.c.decided_at < before)
    unnamed = (attachment.c.application == "") & (attachment.c.at < now - UNNAMED_FOR)
    return delete(attachment).where(or_(unnamed, attachment.c.application.in_(answered)))
