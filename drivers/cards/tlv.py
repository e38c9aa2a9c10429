"""Strict TLV: BER for file control information, one byte each for tag and length in records.

Every byte given here comes from a card and is hostile until it is parsed; what does not fit exactly
is refused with ``CardDataInvalid``.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.cards.faults import CardDataInvalid

CONSTRUCTED = 0x20
DEPTH_LIMIT = 4
"""Nesting of an FCI is 6F, A5, BF0C at the most; one more is kept as margin."""


def parse_ber(untrusted: bytes) -> tuple[tuple[int, bytes], ...]:
    """The data objects of one level, (tag, value), in their order (ISO/IEC 8825-1, 8.1; lengths to 65,535).

    Filler bytes 00 and FF before, between and after objects are skipped (ISO/IEC 7816-4, 5.2.2.1).
    """
    return tuple(_objects(untrusted))


def _objects(untrusted: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(untrusted):
        if untrusted[at] in (0x00, 0xFF):
            at += 1
            continue
        tag, at = _tag(untrusted, at)
        length, at = _length(untrusted, at)
        if at + length > len(untrusted):
            raise CardDataInvalid(f"object {tag:X} says {length} bytes, {len(untrusted) - at} are there")
        yield tag, untrusted[at : at + length]
        at += length


def _tag(untrusted: bytes, at: int) -> tuple[int, int]:
    tag = untrusted[at]
    if tag & 0x1F != 0x1F:
        return tag, at + 1
    if at + 1 >= len(untrusted) or untrusted[at + 1] & 0x80:
        raise CardDataInvalid(f"tag {tag:02X} is cut short or longer than two bytes")
    return tag << 8 | untrusted[at + 1], at + 2


def _length(untrusted: bytes, at: int) -> tuple[int, int]:
    if at >= len(untrusted):
        raise CardDataInvalid("an object ends before its length")
    first = untrusted[at]
    if first < 0x80:
        return first, at + 1
    size = first - 0x80
    if size not in (1, 2) or at + 1 + size > len(untrusted):
        raise CardDataInvalid(f"length field {first:02X} is not of one to three bytes")
    return int.from_bytes(untrusted[at + 1 : at + 1 + size], "big"), at + 1 + size


def find_leniently(untrusted: bytes, tag: int) -> bytes | None:
    """The value of the first object with this tag on one level, whatever follows it; None when absent."""
    try:
        return next((value for found, value in _objects(untrusted) if found == tag), None)
    except CardDataInvalid:
        return None


def find(untrusted: bytes, tag: int, depth: int = DEPTH_LIMIT) -> bytes | None:
    """The value of the first object with this tag, searched through constructed objects; None when absent."""
    for found, value in parse_ber(untrusted):
        if found == tag:
            return value
        if depth and _is_constructed(found):
            inner = find(value, tag, depth - 1)
            if inner is not None:
                return inner
    return None


def _is_constructed(tag: int) -> bool:
    first = tag >> 8 if tag > 0xFF else tag
    return bool(first & CONSTRUCTED)


def encode_ber(tag: int, value: bytes) -> bytes:
    """One data object; the inverse of ``parse_ber``."""
    tag_bytes = tag.to_bytes(2 if tag > 0xFF else 1, "big")
    size = len(value)
    if size < 0x80:
        return tag_bytes + bytes((size,)) + value
    if size < 0x100:
        return tag_bytes + bytes((0x81, size)) + value
    return tag_bytes + b"\x82" + size.to_bytes(2, "big") + value


def record_objects(untrusted: bytes) -> Iterator[tuple[int, bytes]]:
    """Tags and values of a record: one byte tag, one byte length, value (LD/T 32.6); filler 00 and FF is
    skipped.

    Never fails: a length beyond the end gives what is there.
    """
    at = 0
    while at + 1 < len(untrusted):
        if untrusted[at] in (0x00, 0xFF):
            at += 1
            continue
        end = at + 2 + untrusted[at + 1]
        yield untrusted[at], untrusted[at + 2 : end]
        at = end


def encode_record(tag: int, value: bytes) -> bytes:
    return bytes((tag, len(value))) + value
