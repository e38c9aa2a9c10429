"""How long a number is locked after wrong PINs. Pure.

Four wrong tries cost nothing; the fifth locks for a minute, each further one twice as long, up to an hour.
An attacker who never rests gets about 24 tries a day: half a million PINs take more than fifty years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 4
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries since the last that succeeded, and when the latest was."""

    count: int = 0
    latest_at: datetime | None = None


def locked_for(tries: Tries, now: datetime) -> timedelta:
    """How long no PIN is looked at; nothing when it may be tried.

    A clock that was put back does not open the lock: it then lasts its full time from now.
    """
    if tries.count <= FREE_TRIES or tries.latest_at is None:
        return timedelta(0)
    doublings = min(tries.count - FREE_TRIES - 1, 16)
    lock = min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)
    if now < tries.latest_at:
        return lock
    return max(timedelta(0), tries.latest_at + lock - now)
