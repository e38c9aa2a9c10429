"""Which published version of the settings a start uses: the newest, or the last that reached service. Pure.

A version that was started ``MOST_STARTS`` times and never reached service is given up until another one is
published. The record is written before the version is used, so that a crash counts as a start. """

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

MOST_STARTS = 2
IN_SERVICE_AFTER_S = 20.0
"""A terminal that ran this long with its window shown has reached service."""


class Use(StrEnum):
    NEWEST = "newest"
    LAST_GOOD = "last_good"


@dataclass(frozen=True, slots=True)
class Adoption:
    """``tried`` was started ``starts`` times since it last reached service; ``good`` reached service last, 0:
    none."""

    tried: int = 0
    starts: int = 0
    good: int = 0

    @property
    def given_up(self) -> int:
        """The version that is not used any more; 0 without one."""
        return self.tried if self.tried != self.good and self.starts > MOST_STARTS else 0


def choice(record: Adoption, newest: int) -> Use:
    """The version that a start uses, once ``started`` has counted it."""
    return Use.LAST_GOOD if newest == record.given_up else Use.NEWEST


def started(record: Adoption, newest: int) -> Adoption:
    """The record of a start with ``newest`` on its disk; unchanged for a version that was given up."""
    if newest in (record.good, record.given_up):
        return record
    starts = record.starts + 1 if newest == record.tried else 1
    return Adoption(newest, starts, record.good)


def reached_service(record: Adoption, version: int) -> Adoption:
    """The record once the version in use has reached service. A version that was given up stays so."""
    if version == record.tried:
        return Adoption(version, 0, version)
    return Adoption(record.tried, record.starts, version)


def encode(record: Adoption) -> bytes:
    return json.dumps(asdict(record)).encode()


def decode(untrusted_content: bytes) -> Adoption:
    """A damaged record counts as none: the newest version is tried again."""
    try:
        fields = json.loads(untrusted_content)
        record = Adoption(*(int(fields[name]) for name in ("tried", "starts", "good")))
    except (ValueError, KeyError, TypeError):
        return Adoption()
    return record if min(record.tried, record.starts, record.good) >= 0 else Adoption()
