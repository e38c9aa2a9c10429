"""Whether the centre can be asked just now: a circuit breaker that opens early and closes on proof.

Slow is treated like down: a try that outlives its budget opens the circuit as a broken cable does.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from drivers.central.faults import CentralFault, Conflict, Final, Revoked, TryLater, Unreachable
from terminal.runtime.backoff import WAITS, Waits
from terminal.visit.events import CentralReach

FAILURES_TO_OPEN = 2
"""Answers that are none (a proxy's page, status 500) open the circuit when they come in a row."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """``probe_at_ms`` is when the centre may be asked again while offline. Times are monotonic ms."""

    online: bool = True
    failures: int = 0
    delay_ms: float = WAITS.first_probe_ms
    probe_at_ms: float = 0
    asked_until_ms: float = 0
    changed_ms: float = 0
    last_contact: datetime | None = None


def after_answer(state: LinkState, waits: Waits, now_ms: float, at: datetime) -> LinkState:
    """The centre answered inside the budget."""
    if not state.online:
        return replace(state, online=True, failures=0, changed_ms=now_ms, last_contact=at)
    steady = now_ms - state.changed_ms >= waits.steady_after_ms
    delay = waits.first_probe_ms if steady else state.delay_ms
    return replace(state, failures=0, delay_ms=delay, last_contact=at)


def after_failure(
    state: LinkState, fault: CentralFault, slow: bool, waits: Waits, now_ms: float, chance: float
) -> LinkState:
    """A try that had no answer; ``slow`` when it used its whole budget up. ``chance`` in [0, 1) spreads
    the probes of many terminals."""
    failures = state.failures + 1
    at_once = slow or isinstance(fault, Unreachable | TryLater)
    if state.online and failures < FAILURES_TO_OPEN and not at_once:
        return replace(state, failures=failures)
    delay = min(waits.longest_probe_ms, state.delay_ms * 2)
    asked = fault.after_ms or 0 if isinstance(fault, TryLater) else 0
    return replace(
        state,
        online=False,
        failures=failures,
        delay_ms=delay,
        probe_at_ms=now_ms + max(state.delay_ms * (0.5 + chance / 2), asked),
        asked_until_ms=now_ms + asked,
        changed_ms=now_ms if state.online else state.changed_ms,
    )


def is_answer(fault: CentralFault) -> bool:
    """True for a fault that only the centre itself can have sent."""
    return isinstance(fault, Final | Conflict | Revoked)


class Link:
    """The state of the link, shared by everything that asks the centre; posts ``CentralReach`` when it
    changes. Methods may be called from any thread and return at once."""

    def __init__(
        self,
        post: Callable[[CentralReach], None],
        now_ms: Callable[[], float],
        now: Callable[[], datetime],
        chance: Callable[[], float],
        waits: Waits = WAITS,
    ) -> None:
        self._post = post
        self._now_ms = now_ms
        self._now = now
        self._chance = chance
        self._turn = threading.Lock()
        self.asked_ms = -math.inf
        """When something was asked for a visit last, monotonic."""
        self._waits = waits
        self._lost: Callable[[], None] = lambda: None
        self._state = LinkState(delay_ms=waits.first_probe_ms)

    @property
    def state(self) -> LinkState:
        return self._state

    @property
    def online(self) -> bool:
        return self._state.online

    def when_lost(self, lost: Callable[[], None]) -> None:
        """``lost`` is called, from any thread, when the centre is no longer reached; it returns at once."""
        self._lost = lost

    def answered(self) -> None:
        self._become(lambda state: after_answer(state, self._waits, self._now_ms(), self._now()))

    def failed(self, fault: CentralFault, *, slow: bool = False) -> None:
        """Record the fault of a try; a refusal of the centre is an answer too."""
        if is_answer(fault):
            self.answered()
        else:
            self._become(
                lambda state: after_failure(state, fault, slow, self._waits, self._now_ms(), self._chance())
            )

    def reached(self, answered: bool) -> None:
        """For what is asked during a visit: whether the centre answered."""
        self.asked_ms = self._now_ms()
        if answered:
            self.answered()
        else:
            self.failed(Unreachable())

    def probe_in_ms(self) -> float:
        """How long the centre is to be left alone; 0 when it may be asked now."""
        state = self._state
        return 0.0 if state.online else max(0.0, state.probe_at_ms - self._now_ms())

    def probe_now(self) -> None:
        """Waits of our own making are over; what the centre asked for still holds."""
        self._become(lambda state: replace(state, probe_at_ms=state.asked_until_ms))

    def _become(self, change: Callable[[LinkState], LinkState]) -> None:
        with self._turn:
            before = self._state
            self._state = change(before)
            if before.online != self._state.online:
                self._post(CentralReach(self._state.online))
                if before.online:
                    self._lost()
