"""A limit of requests in a minute for each caller, in the memory of one process."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

MINUTE_S = 60.0
MOST_CALLERS = 10_000
"""More callers than this are not remembered; the one that asked longest ago is forgotten first."""


class Allowance:
    """Any thread may call; times are monotonic seconds. ``most``: requests of one caller in a minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_s(self, caller: str, now_s: float) -> int:
        """0 when the caller may ask now, and then it has asked; else whole seconds until it may."""
        with self._lock:
            asked = self._asked.setdefault(caller, deque())
            self._asked.move_to_end(caller)
            if len(self._asked) > MOST_CALLERS:
                self._asked.popitem(last=False)
            while asked and now_s - asked[0] >= MINUTE_S:
                asked.popleft()
            if len(asked) >= self._most:
                return max(1, round(MINUTE_S - (now_s - asked[0])))
            asked.append(now_s)
            return 0
