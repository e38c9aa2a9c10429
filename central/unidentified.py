"""No person can be served on the presented credential."""

from __future__ import annotations

from config.faults import Fault


class Unidentified(Fault):
    """``reason`` is the stable code sent to the terminal."""

    code = "holder.unknown"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
