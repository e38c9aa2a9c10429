"""Use of a code, and the port of the table that admits each code once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Use:
    """One code: the hash of what its phone signed, when it was made, and until when it could be shown."""

    id: bytes
    made_at: datetime
    ends_at: datetime


class Admission(Enum):
    FRESH = auto()
    USED = auto()
    BEFORE_TABLE = auto()
    CLOCK_SET_BACK = auto()


class ReplayTable(Protocol):
    def admit(self, use: Use, now: datetime) -> Admission:
        """``FRESH`` once for each code, and then it is written for good. Raises ``NotChecked``."""
