"""Whether the system itself keeps its clock right: what the kernel says of its synchronisation."""

from __future__ import annotations

import ctypes

TIME_ERROR = 5
"""adjtimex(2): the clock is not synchronised to a reliable server."""
TIMEX_BYTES = 256
"""More than ``struct timex`` has; all zeros asks and changes nothing."""


def synchronised() -> bool:
    """False also where the kernel does not say."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
    except (OSError, AttributeError):
        return False
    return bool(0 <= state < TIME_ERROR)
