"""Bounds of every message, whatever it means: values that a database and a JSON reader can keep.

Every value that passes can be stored and given back unchanged by SQLite and by PostgreSQL.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime

from pydantic import JsonValue

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""A terminal's clock may be years off and its transactions still arrive; beyond this it tells no time."""
BODY_BYTES = 64 * 1024
BODY_DEPTH = 8
EXACT = 2**53


def plain_text(text: str) -> str:
    """Raises ``ValueError`` for control characters and for halves of characters."""
    if any(ord(character) < 0x20 or ord(character) == 0x7F for character in text):
        raise ValueError("control characters are not allowed")
    text.encode()
    return text


def bounded_time(moment: datetime) -> datetime:
    """Raises ``ValueError`` for a time no counter can be at."""
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("not a plausible time")
    return moment


def bounded_body(body: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Raises ``ValueError`` for a body that is too long, too deep, or that a database cannot keep."""
    _check(body, BODY_DEPTH)
    if len(json.dumps(body, ensure_ascii=False).encode()) > BODY_BYTES:
        raise ValueError("the body is too long")
    return body


def _check(value: JsonValue, depth: int) -> None:
    if depth < 0:
        raise ValueError("nested too deeply")
    match value:
        case str():
            _check_text(value)
        case bool() | None:
            pass
        case int() if abs(value) >= EXACT:
            raise ValueError("the number is too large")
        case float() if not math.isfinite(value):
            raise ValueError("not a number")
        case dict():
            for name, part in value.items():
                _check_text(name)
                _check(part, depth - 1)
        case list():
            for part in value:
                _check(part, depth - 1)


def _check_text(text: str) -> None:
    """Line breaks are text; NUL is not (PostgreSQL keeps none), nor is half a character."""
    if "\0" in text:
        raise ValueError("NUL is not allowed")
    text.encode()
