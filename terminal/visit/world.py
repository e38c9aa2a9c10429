"""Context of a visit during one transition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.settings import VisitSettings
from terminal.visit.steps import ServiceSet


@dataclass(frozen=True, slots=True)
class World:
    """Context of a transition: the services of this counter, its limits, the time; whether it ``prints``
    receipts.
    """

    services: ServiceSet
    limits: VisitSettings
    counter_name: str
    terminal: str
    now: datetime
    prints: bool = False
