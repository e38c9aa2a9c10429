"""What devices reported, with waiting for it: never a sleep, always the event and a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from drivers.events import DeviceEvent

E = TypeVar("E", bound=DeviceEvent)


class EventLog:
    """Give ``post`` to a driver; ``wait_for`` looks at what came since the last mark."""

    def __init__(self) -> None:
        self.events: list[DeviceEvent] = []
        self._changed = threading.Condition()
        self._mark = 0

    def post(self, event: DeviceEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(
        self, kind: type[E], matches: Callable[[E], bool] = lambda _: True, within_s: float = 8.0
    ) -> E:
        """The first matching event since the last one waited for; fails when none comes."""
        deadline = time.monotonic() + within_s
        with self._changed:
            while True:
                for position in range(self._mark, len(self.events)):
                    event = self.events[position]
                    if isinstance(event, kind) and matches(event):
                        self._mark = position + 1
                        return event
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise AssertionError(
                        f"no {kind.__name__} within {within_s} s, only {self.events[self._mark :]}"
                    )

    def count(self, kind: type[DeviceEvent]) -> int:
        with self._changed:
            return sum(isinstance(event, kind) for event in self.events)
