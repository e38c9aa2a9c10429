"""Messages to bytes and back (SIP2 2.00, 3). Pure; every byte that comes in is hostile until read.

On the wire: command, fixed fields, named fields (``AB0027001|``), sequence number (``AY3``), checksum
(``AZF4AB``), CR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from central.departments.sip2.faults import ChecksumWrong, Malformed, NotSendable
from central.departments.sip2.layout import Named, layout_of
from central.departments.sip2.messages import MESSAGES, Message
from config.city.loading import load_city

END = b"\r"
DELIMITER = "|"
LONGEST = 65_536
"""Bytes of one message at the most: a reader with thousands of loans stays below."""
LONGEST_FIELD = 255
CODE_PAGES = ("utf-8", "gb18030", "latin-1", "cp850", "cp437")
"""Code pages seen in systems of this protocol; the standard itself says code page 850."""

_TRAILER = re.compile(rb"(?:AY([0-9]))?AZ([0-9A-Fa-f]{4})\|?\s*\Z")
_SEQUENCE = re.compile(rb"AY([0-9])\|?\s*\Z")
_LINE_ENDS = b"\r\n\0 "


@dataclass(frozen=True, slots=True)
class Dialect:
    """Options agreed between both sides. ``zone`` is the zone of the library's clock."""

    code_page: str = "utf-8"
    checksum: bool = True
    zone: tzinfo = field(default_factory=lambda: load_city().zone)


@dataclass(frozen=True, slots=True)
class Received:
    """``sequence`` is None when the sender leaves error detection out."""

    message: Message
    sequence: int | None


def checksum(through_tag: bytes) -> str:
    """Four hex digits over all bytes up to and with ``AZ``: added to their sum they make zero (16 bits)."""
    return f"{-sum(through_tag) & 0xFFFF:04X}"


def encode(message: Message, sequence: int, dialect: Dialect) -> bytes:
    """With its end. Raises ``NotSendable``."""
    layout = layout_of(type(message))
    parts = [message.command]
    parts += [wire.write(getattr(message, name), dialect.zone) for name, wire in layout.fixed]
    for name, wire in layout.named:
        parts += _written(wire, getattr(message, name), dialect)
    body = "".join(parts).encode(dialect.code_page)
    if not dialect.checksum:
        return body + END
    sequenced = b"" if message.command in ("96", "97") else b"AY%d" % sequence
    through_tag = body + sequenced + b"AZ"
    return through_tag + checksum(through_tag).encode() + END


def _written(wire: Named, value: Any, dialect: Dialect) -> list[str]:
    if wire.flag:
        return [] if value is None else [f"{wire.tag}{'Y' if value else 'N'}{DELIMITER}"]
    values = value if wire.repeated else ([value] if value or wire.required else [])
    for each in values:
        check_sendable(each, dialect)
    return [f"{wire.tag}{each}{DELIMITER}" for each in values]


def check_sendable(value: str, dialect: Dialect) -> None:
    """Raises ``NotSendable`` for what would end a field or a message, or is not in the code page."""
    if DELIMITER in value or not all(each.isprintable() for each in value):
        raise NotSendable("a value holds a delimiter or a control character")
    try:
        length = len(value.encode(dialect.code_page))
    except UnicodeEncodeError as error:
        raise NotSendable(f"a value is not in code page {dialect.code_page}") from error
    if length > LONGEST_FIELD:
        raise NotSendable(f"a value is longer than {LONGEST_FIELD} bytes")


def decode(untrusted_line: bytes, dialect: Dialect) -> Received:
    """One message, with or without its end, sequence number and checksum.

    Raises ``ChecksumWrong`` and ``Malformed``. Fields unknown to the standard are skipped. Bytes outside the
    code page become U+FFFD: an unreadable title does not undo a loan.
    """
    line = untrusted_line.strip(_LINE_ENDS)
    if len(line) > LONGEST:
        raise Malformed("longer than any message")
    body, sequence = _without_trailer(line)
    # Read as text before it is cut: a second byte of GB 18030 may be the delimiter's.
    content = body.decode(dialect.code_page, errors="replace")
    kind = MESSAGES.get(content[:2])
    if kind is None:
        raise Malformed("no message of this number")
    layout = layout_of(kind)
    values: dict[str, Any] = {}
    at = 2
    for name, fixed in layout.fixed:
        piece = content[at : at + fixed.width]
        if len(piece) < fixed.width:
            raise Malformed(f"message {kind.command} ends in its fixed part")
        values[name] = fixed.read(piece, dialect.zone)
        at += fixed.width
    pieces = [(piece[:2], piece[2:]) for piece in content[at:].split(DELIMITER) if len(piece) >= 2]
    for name, wire in layout.named:
        values[name] = _read(wire, [value for tag, value in pieces if tag == wire.tag])
    return Received(kind(**values), sequence)


def _without_trailer(line: bytes) -> tuple[bytes, int | None]:
    trailer = _TRAILER.search(line)
    if trailer is None:
        alone = _SEQUENCE.search(line)
        return (line[: alone.start()], int(alone[1])) if alone else (line, None)
    if checksum(line[: trailer.start(2)]) != trailer[2].decode().upper():
        raise ChecksumWrong("the checksum does not fit")
    return line[: trailer.start()], int(trailer[1]) if trailer[1] else None


def _read(wire: Named, values: list[str]) -> Any:
    """Of a field that stands twice where it should once, the first counts."""
    if wire.repeated:
        return tuple(values)
    if wire.flag:
        return {"Y": True, "N": False}.get(values[0]) if values else None
    return values[0] if values else ""


def split(untrusted_bytes: bytes) -> tuple[list[bytes], bytes]:
    """The complete messages in what arrived so far, and the rest. Ends are CR, LF or both.

    Raises ``Malformed`` when the rest is already longer than any message.
    """
    *lines, rest = re.split(rb"[\r\n]", untrusted_bytes)
    if len(rest) > LONGEST:
        raise Malformed("a message without an end")
    return [line for line in lines if line.strip(_LINE_ENDS)], rest
