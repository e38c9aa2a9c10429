"""PC/SC calls of libpcsclite, with names of readers as the bytes they are.

pyscard decodes names and fails on a name that is none of its encodings, for all readers at once; a name
here is shown as text and kept as bytes. Results are numbers of PC/SC part 5, unsigned;
``drivers.pcsc.results`` gives them meaning. All calls release the GIL.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from ctypes import (
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_long,
    c_ubyte,
    c_ulong,
    c_void_p,
    create_string_buffer,
)
from functools import cache
from typing import Any

LIBRARY = "libpcsclite.so.1"
SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"
"""Names a PC/SC service other than the machine's own; read by the library at its first call."""
SCOPE_USER = 0
SHARE_SHARED = 2
ANY_PROTOCOL = 3
"""T=0 and T=1."""
NO_SERVICE = 0x8010001D
INSUFFICIENT_BUFFER = 0x80100008
ATR_BYTES = 33
NAME_BYTES = 4096
ANSWER_BYTES = 65_548
"""MAX_BUFFER_SIZE_EXTENDED of pcsclite.h."""

_raw_names: dict[str, bytes] = {}
"""Bytes of every name that was listed and is not plain UTF-8, by the text that stands for it."""


class _ReaderState(Structure):
    _fields_ = (
        ("reader", c_char_p),
        ("user_data", c_void_p),
        ("current", c_ulong),
        ("event", c_ulong),
        ("atr_size", c_ulong),
        ("atr", c_ubyte * ATR_BYTES),
    )


class _IoRequest(Structure):
    _fields_ = (("protocol", c_ulong), ("size", c_ulong))


@cache
def _library() -> Any:
    """Raises ``OSError`` where PC/SC is not installed."""
    library = ctypes.CDLL(os.environ.get("LIBPCSCLITE_NAME", LIBRARY))
    for name in dir_of_calls():
        getattr(library, name).restype = c_long
    library.SCardEstablishContext.argtypes = (c_ulong, c_void_p, c_void_p, POINTER(c_long))
    library.SCardReleaseContext.argtypes = (c_long,)
    library.SCardCancel.argtypes = (c_long,)
    library.SCardListReaders.argtypes = (c_long, c_char_p, c_void_p, POINTER(c_ulong))
    library.SCardGetStatusChange.argtypes = (c_long, c_ulong, POINTER(_ReaderState), c_ulong)
    library.SCardConnect.argtypes = (c_long, c_char_p, c_ulong, c_ulong, POINTER(c_long), POINTER(c_ulong))
    library.SCardDisconnect.argtypes = (c_long, c_ulong)
    library.SCardBeginTransaction.argtypes = (c_long,)
    library.SCardEndTransaction.argtypes = (c_long, c_ulong)
    library.SCardStatus.argtypes = (c_long, c_void_p, *[POINTER(c_ulong)] * 3, c_void_p, POINTER(c_ulong))
    library.SCardTransmit.argtypes = (
        c_long, POINTER(_IoRequest), c_char_p, c_ulong, c_void_p, c_void_p, POINTER(c_ulong),
    )  # fmt: skip
    return library


def dir_of_calls() -> tuple[str, ...]:
    names = "EstablishContext ReleaseContext Cancel ListReaders GetStatusChange Connect Disconnect"
    more = "BeginTransaction EndTransaction Status Transmit"
    return tuple(f"SCard{name}" for name in f"{names} {more}".split())


def text_of(raw: bytes) -> str:
    """A reader's name as printable text: UTF-8, else GB 18030, else with ``\\xNN`` for odd bytes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable():
            break
    else:
        text = "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02X}" for byte in raw)
    if text.encode() != raw:
        _raw_names[text] = raw
    return text


def raw_of(name: str) -> bytes:
    """The bytes of a name that ``text_of`` gave."""
    return _raw_names.get(name) or name.encode("utf-8", "backslashreplace").replace(b"\0", b"")


def establish() -> tuple[int, int]:
    """Result and context."""
    context = c_long()
    try:
        library = _library()
    except OSError:
        return NO_SERVICE, 0
    return _unsigned(library.SCardEstablishContext(SCOPE_USER, None, None, byref(context))), context.value


def release(context: int) -> int:
    return _unsigned(_library().SCardReleaseContext(context))


def cancel(context: int) -> int:
    return _unsigned(_library().SCardCancel(context))


def list_readers(context: int) -> tuple[int, tuple[str, ...]]:
    """Result and names; an empty name cannot be asked for and is left out, and so is a repeated one."""
    size = c_ulong(0)
    for _ in range(3):
        result = _unsigned(_library().SCardListReaders(context, None, None, byref(size)))
        if result:
            return result, ()
        names = create_string_buffer(max(size.value, 2))
        result = _unsigned(_library().SCardListReaders(context, None, names, byref(size)))
        # A reader may have been plugged in between both calls.
        if result != INSUFFICIENT_BUFFER:
            break
    if result:
        return result, ()
    listed = [text_of(raw) for raw in names.raw[: size.value].split(b"\0") if raw]
    return result, tuple(dict.fromkeys(listed))


def get_status_change(
    context: int, timeout_ms: int, states: Iterable[tuple[str, int]]
) -> tuple[int, list[tuple[str, int]]]:
    """Result, and each reader's event state; waits for a state that differs from the given one."""
    waiting = list(states)
    array = (_ReaderState * len(waiting))()
    for each, (name, event) in zip(array, waiting, strict=True):
        each.reader, each.current = raw_of(name), event
    result = _unsigned(_library().SCardGetStatusChange(context, timeout_ms, array, len(waiting)))
    return result, [(name, each.event) for each, (name, _) in zip(array, waiting, strict=True)]


def connect(context: int, reader: str, share: int = SHARE_SHARED) -> tuple[int, int, int]:
    """Result, handle and protocol."""
    handle, protocol = c_long(), c_ulong()
    result = _library().SCardConnect(
        context, raw_of(reader), share, ANY_PROTOCOL, byref(handle), byref(protocol)
    )
    return _unsigned(result), handle.value, protocol.value


def disconnect(handle: int, farewell: int) -> int:
    return _unsigned(_library().SCardDisconnect(handle, farewell))


def begin_transaction(handle: int) -> int:
    return _unsigned(_library().SCardBeginTransaction(handle))


def end_transaction(handle: int, farewell: int) -> int:
    return _unsigned(_library().SCardEndTransaction(handle, farewell))


def answer_to_reset(handle: int) -> tuple[int, bytes]:
    """Result and ATR of the card behind a handle."""
    name, atr = create_string_buffer(NAME_BYTES), create_string_buffer(ATR_BYTES)
    name_size, state, protocol, atr_size = c_ulong(NAME_BYTES), c_ulong(), c_ulong(), c_ulong(ATR_BYTES)
    result = _library().SCardStatus(
        handle, name, byref(name_size), byref(state), byref(protocol), atr, byref(atr_size)
    )
    return _unsigned(result), atr.raw[: atr_size.value]


class Line:
    """The line to one connected card; keeps its buffer from command to command."""

    def __init__(self, handle: int, protocol: int) -> None:
        self._handle = handle
        self._request = _IoRequest(protocol, ctypes.sizeof(_IoRequest))
        self._answer = create_string_buffer(ANSWER_BYTES)
        self._transmit = _library().SCardTransmit

    def transmit(self, command: bytes) -> tuple[int, bytes]:
        """Result and answer."""
        size = c_ulong(ANSWER_BYTES)
        result = self._transmit(
            self._handle, byref(self._request), command, len(command), None, self._answer, byref(size)
        )
        return _unsigned(result), ctypes.string_at(self._answer, size.value) if result == 0 else b""


def _unsigned(result: int) -> int:
    return result & 0xFFFFFFFF
