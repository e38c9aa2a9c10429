"""Entitlements by card: a signed list for vehicles, served as changes since a version.

An entry of 21 bytes: the fingerprint of a card (16), its rights as bits (1), their last day (2, days since
2000-01-01, 0 without end), and for riders with an age concession the birth date (2, days since
1900-01-01, 0 for none). The list has no names and no numbers.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from domain.messages.contract import MAXIMUM_COUNT, Message

ENTITLEMENTS = b"onecard entitlements 1\n"
KINDS = ("student", "disabled", "veteran")
"""Names in the tariffs; the n-th is bit n."""
FINGERPRINT_BYTES = 16
ENTRY = struct.Struct(f">{FINGERPRINT_BYTES}sBHH")
FIRST_END, FIRST_BIRTH = date(2000, 1, 1), date(1900, 1, 1)
LONGEST = 2**16 - 1

Version = Annotated[int, Field(ge=0, le=MAXIMUM_COUNT)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One card. Without any right and without a birth date it is off the list."""

    fingerprint: bytes
    kinds: tuple[str, ...] = ()
    until: date | None = None
    born: date | None = None

    @property
    def listed(self) -> bool:
        return bool(self.kinds or self.born)


def _whole_entries(joined: str) -> str:
    if len(base64.b64decode(joined, validate=True)) % ENTRY.size:
        raise ValueError(f"not made of {ENTRY.size}-byte entries")
    return joined


class EntitlementDelta(Message):
    """As ``HotlistDelta``: what changed from ``base`` to ``version``. An entry off the list says so."""

    base: Version
    version: Version
    newest: Version
    issued_at: AwareDatetime
    entries: Annotated[str, AfterValidator(_whole_entries)]


def joined(packed_entries: Iterable[bytes]) -> str:
    """As a field of ``EntitlementDelta``."""
    return base64.b64encode(b"".join(packed_entries)).decode()


def apart(joined_entries: str) -> list[Entry]:
    return [_unpacked(*fields) for fields in ENTRY.iter_unpack(base64.b64decode(joined_entries))]


def entry_in(packed_entry: bytes) -> Entry:
    return _unpacked(*ENTRY.unpack(packed_entry))


def packed(entry: Entry) -> bytes:
    kinds = sum(1 << number for number, kind in enumerate(KINDS) if kind in entry.kinds)
    return ENTRY.pack(entry.fingerprint, kinds, _days(entry.until, FIRST_END), _days(entry.born, FIRST_BIRTH))


def _unpacked(fingerprint: bytes, kinds: int, until: int, born: int) -> Entry:
    return Entry(
        fingerprint,
        tuple(kind for number, kind in enumerate(KINDS) if kinds >> number & 1),
        FIRST_END + timedelta(days=until) if until else None,
        FIRST_BIRTH + timedelta(days=born) if born else None,
    )


def _days(day: date | None, first: date) -> int:
    """1 for what lies before the first day, so that it is never taken for none."""
    return min(max((day - first).days, 1), LONGEST) if day else 0
