"""CBOR (RFC 8949), as much as a signed code needs and no more, in the one deterministic form of section 4.2.

Encoding is cbor2's. Decoding is done here: a general decoder knows dozens of tags (regular expressions,
decimals, shared references) that are a risk in untrusted bytes. This one accepts

integers, byte and text strings, arrays, maps and booleans; definite lengths; shortest forms; keys in
order, so that none comes twice; few levels; nothing after the end.
"""

from __future__ import annotations

from typing import Any

import cbor2

from domain.codes.faults import Damaged

DEEPEST = 5
FALSE, TRUE = 0xF4, 0xF5
ARGUMENT_BYTES = {24: 1, 25: 2, 26: 4, 27: 8}
SMALLEST = {1: 24, 2: 1 << 8, 4: 1 << 16, 8: 1 << 32}
"""The least number that deserves this many bytes."""

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, _TAG, SIMPLE = range(8)

Value = Any
"""int, bytes, str, bool, list or dict of such."""


def encode(value: Value) -> bytes:
    return cbor2.dumps(value, canonical=True)


def decode(untrusted: bytes) -> Value:
    """The one item that ``untrusted`` is. Raises ``Damaged``."""
    value, end = _item(untrusted, 0, DEEPEST)
    if end != len(untrusted):
        raise Damaged("bytes after the end")
    return value


def _item(untrusted: bytes, at: int, levels: int) -> tuple[Value, int]:
    major, argument, at = _head(untrusted, at)
    if major == UNSIGNED:
        return argument, at
    if major == NEGATIVE:
        return -1 - argument, at
    if major in (BYTES, TEXT):
        return _string(untrusted, at, argument, major)
    if major == SIMPLE:
        return argument == TRUE, at
    if not levels:
        raise Damaged("nested too deeply")
    if major == ARRAY:
        return _array(untrusted, at, argument, levels - 1)
    return _map(untrusted, at, argument, levels - 1)


def _head(untrusted: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument, and where the content begins; a boolean's argument is its whole byte."""
    if at >= len(untrusted):
        raise Damaged("cut off")
    first = untrusted[at]
    major, low = first >> 5, first & 31
    at += 1
    if major == SIMPLE and first in (FALSE, TRUE):
        return major, first, at
    if major not in (UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP):
        raise Damaged("a kind of item that no code has")
    if low < 24:
        return major, low, at
    size = ARGUMENT_BYTES.get(low)
    if size is None or at + size > len(untrusted):
        raise Damaged("cut off, or of indefinite length")
    argument = int.from_bytes(untrusted[at : at + size])
    if argument < SMALLEST[size]:
        raise Damaged("not the shortest form")
    return major, argument, at + size


def _string(untrusted: bytes, at: int, length: int, major: int) -> tuple[Value, int]:
    if length > len(untrusted) - at:
        raise Damaged("cut off")
    content = untrusted[at : at + length]
    if major == BYTES:
        return content, at + length
    try:
        return content.decode(), at + length
    except UnicodeDecodeError:
        raise Damaged("no text") from None


def _array(untrusted: bytes, at: int, count: int, levels: int) -> tuple[Value, int]:
    if count > len(untrusted) - at:
        raise Damaged("cut off")
    items = []
    for _ in range(count):
        item, at = _item(untrusted, at, levels)
        items.append(item)
    return items, at


def _map(untrusted: bytes, at: int, count: int, levels: int) -> tuple[Value, int]:
    if count > (len(untrusted) - at) // 2:
        raise Damaged("cut off")
    items = {}
    previous = b""
    for _ in range(count):
        key, end = _item(untrusted, at, 0)
        if isinstance(key, bool) or not isinstance(key, int | str):
            raise Damaged("a key that no code has")
        if (encoded := untrusted[at:end]) <= previous:
            raise Damaged("keys out of order or twice")
        previous = encoded
        items[key], at = _item(untrusted, end, levels)
    return items, at
