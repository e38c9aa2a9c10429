"""How one field of a message stands on the wire: of fixed length, or named by two letters (SIP2 2.00, 3).

A message class declares its fields with the functions below; ``layout_of`` reads them back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, tzinfo
from typing import Any

from central.departments.sip2.faults import Malformed, NotSendable

WIRE = "wire"
_TIME = re.compile(r"([0-9]{8})(.{4})([0-9]{6})", re.ASCII)
_NO_TIME = " " * 18
_UNIVERSAL = {"Z", "UTC", "GMT"}


@dataclass(frozen=True, slots=True)
class Fixed:
    """``width`` characters. ``write`` and ``read`` turn a value into them and back."""

    width: int
    write: Callable[[Any, tzinfo], str]
    read: Callable[[str, tzinfo], Any]


@dataclass(frozen=True, slots=True)
class Named:
    """``tag``, value, delimiter. A ``required`` one is sent even when empty; none is missed when absent,
    because systems leave out what the standard asks for."""

    tag: str
    required: bool = False
    repeated: bool = False
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    fixed: tuple[tuple[str, Fixed], ...]
    named: tuple[tuple[str, Named], ...]


_LAYOUTS: dict[type[Any], Layout] = {}


def layout_of(message: type[Any]) -> Layout:
    if message not in _LAYOUTS:
        _LAYOUTS[message] = _declared(message)
    return _LAYOUTS[message]


def _declared(message: type[Any]) -> Layout:
    wired = [(each.name, each.metadata[WIRE]) for each in fields(message)]
    return Layout(
        tuple((name, wire) for name, wire in wired if isinstance(wire, Fixed)),
        tuple((name, wire) for name, wire in wired if isinstance(wire, Named)),
    )


def flag(default: bool = False) -> Any:
    """``Y`` or ``N``. Whatever else a system writes there (``U``, blank) is not a yes."""
    return _fixed(1, lambda value, _: "Y" if value else "N", lambda text, _: text == "Y", default)


def okay(default: bool = False) -> Any:
    """``1`` or ``0``: the answer itself, so that anything else is malformed."""
    return _fixed(1, lambda value, _: "1" if value else "0", _read_okay, default)


def number(width: int, default: int | None = None) -> Any:
    """Digits, or blanks when absent (None)."""

    def write(value: int | None, _: tzinfo) -> str:
        text = " " * width if value is None else f"{value:0{width}d}"
        if len(text) != width or (value is not None and value < 0):
            raise NotSendable(f"a number does not fit into {width} digits")
        return text

    return _fixed(width, write, lambda text, _: int(text) if _digits(text) else None, default)


def moment(default: datetime | None = None) -> Any:
    """``YYYYMMDDZZZZHHMMSS``: four blanks are local time, ``   Z`` is universal time; blanks are None."""
    return _fixed(18, _write_time, read_time, default)


def text(width: int, default: str) -> Any:
    """Characters as they are."""

    def write(value: str, _: tzinfo) -> str:
        if len(value) != width:
            raise NotSendable(f"a fixed field takes {width} characters")
        return value

    return _fixed(width, write, lambda read, _: read, default)


def named(tag: str, *, required: bool = False) -> Any:
    """A text; empty when it was not there."""
    return field(default="", metadata={WIRE: Named(tag, required)})


def named_list(tag: str) -> Any:
    """A field that may stand several times."""
    return field(default=(), metadata={WIRE: Named(tag, repeated=True)})


def named_flag(tag: str) -> Any:
    """``Y`` or ``N``; None when it was not there, or is neither."""
    return field(default=None, metadata={WIRE: Named(tag, flag=True)})


def read_time(wire: str, zone: tzinfo) -> datetime | None:
    """None for what is not a time: no decision hangs on the clock of the other side."""
    found = _TIME.fullmatch(wire)
    if found is None:
        return None
    day, named_zone, clock = found.groups()
    try:
        read = datetime.strptime(day + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007 (its zone stands beside it)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC if named_zone.strip() in _UNIVERSAL else zone)


def _fixed(
    width: int, write: Callable[[Any, tzinfo], str], read: Callable[[str, tzinfo], Any], default: object
) -> Any:
    return field(default=default, metadata={WIRE: Fixed(width, write, read)})


def _write_time(value: datetime | None, zone: tzinfo) -> str:
    return value.astimezone(zone).strftime("%Y%m%d    %H%M%S") if value else _NO_TIME


def _read_okay(wire: str, _: tzinfo) -> bool:
    if wire not in ("0", "1"):
        raise Malformed("neither 0 nor 1 where the outcome stands")
    return wire == "1"


def _digits(wire: str) -> bool:
    return wire.isascii() and wire.isdigit()
