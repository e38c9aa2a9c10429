"""What stands around a visit while it makes one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.settings import VisitSettings
from terminal.visit.steps import ServiceSet


@dataclass(frozen=True, slots=True)
class World:
    """What stands around a visit: the services of this counter, its limits, and the moment it is; whether
    it ``prints`` receipts."""

    services: ServiceSet
    limits: VisitSettings
    counter_name: str
    terminal: str
    now: datetime
    prints: bool = False
