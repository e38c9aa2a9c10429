"""Nobody can be served on what was presented."""

from __future__ import annotations

from config.faults import Fault


class Unidentified(Fault):
    """``reason`` is the stable code that the terminal is told."""

    code = "holder.unknown"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
