"""Keeps what is in this process's memory in it: no core dump, no other program of the same user looks in."""

from __future__ import annotations

import ctypes
import logging
import resource

log = logging.getLogger(__name__)

PR_SET_DUMPABLE = 4
"""prctl(2)."""


def close_memory() -> None:
    """Prevent core dumps, and attaching to this process by any user but root.

    The limit alone is not enough: where cores are piped to a collector the kernel does not look at it
    (core(5)). Children inherit the limit, but not the rest.
    """
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError) as error:
        log.warning("the limit of core dumps stays as it is: %s", error)
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        log.warning("this process can be dumped: error %d", ctypes.get_errno())
