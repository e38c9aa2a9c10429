"""Exit codes every command shares; operators' scripts rely on them."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    DEVICE_MISSING = 3
    CENTRAL_UNREACHABLE = 4
    LEFT = 5
    """Staff ended a terminal in public mode: it is not to be started again by itself."""
