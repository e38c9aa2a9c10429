"""The time: the wall clock, checked against the centre and against its own steadiness.

Durations are taken from the monotonic clock only. Once the centre has said the time, the terminal goes
by that, carried on by the monotonic clock; a wall clock that is wrong or jumps is named, and no longer
used. The order of transactions is their sequence, whatever the clocks say. Pure state, and a small shell
that shares it between threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from config.faults import Fault

WRONG_BY = timedelta(seconds=60)
JUMP = timedelta(seconds=5)
LONGEST_ROUND_TRIP_MS = 5_000
"""An answer slower than this says too little about the time."""


class ClockFault(Fault):
    """The wall clock cannot be believed; business goes on in order."""

    code = "clock.fault"


class ClockWrong(ClockFault):
    """It differs from the centre's."""

    code = "clock.wrong"


class ClockJumped(ClockFault):
    """It was set while the terminal ran."""

    code = "clock.jumped"


class ClockBehind(ClockFault):
    """It shows a time before the newest transaction."""

    code = "clock.behind"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment known in both: ``time`` at ``at_ms`` of the monotonic clock."""

    time: datetime
    at_ms: float

    def carried_to(self, at_ms: float) -> datetime:
        return self.time + timedelta(milliseconds=at_ms - self.at_ms)


@dataclass(frozen=True, slots=True)
class ClockState:
    """``wall`` is the wall clock when it was last seen in order; ``central`` what the centre said last."""

    wall: Anchor
    central: Anchor | None = None
    not_before: datetime | None = None
    fault: str = ""


def time_at(state: ClockState, wall: datetime, at_ms: float) -> datetime:
    """The best knowledge of the time: the centre's carried on, else the wall clock's."""
    if state.central:
        return state.central.carried_to(at_ms)
    return max(wall, state.not_before) if state.not_before else wall


def after_look(state: ClockState, wall: datetime, at_ms: float) -> ClockState:
    """The wall clock was looked at: did it run on as the monotonic clock did?"""
    jumped = abs(wall - state.wall.carried_to(at_ms)) > JUMP
    fault = ClockJumped.code if jumped else state.fault
    if not state.central and state.not_before and wall < state.not_before:
        fault = ClockBehind.code
    return replace(state, wall=Anchor(wall, at_ms), fault=fault)


def after_answer(
    state: ClockState, server_time: datetime, wall: datetime, at_ms: float, round_trip_ms: float
) -> ClockState:
    """The centre said what time it is; half the round trip has passed since."""
    if round_trip_ms > LONGEST_ROUND_TRIP_MS:
        return state
    central = Anchor(server_time + timedelta(milliseconds=round_trip_ms / 2), at_ms)
    wrong = abs(wall - central.time) > WRONG_BY
    return replace(state, central=central, wall=Anchor(wall, at_ms), fault=ClockWrong.code if wrong else "")


class Clock:
    """The terminal's clock. Methods may be called from any thread."""

    def __init__(self, wall: Callable[[], datetime], monotonic_ms: Callable[[], float]) -> None:
        self._wall = wall
        self._monotonic_ms = monotonic_ms
        self._turn = threading.Lock()
        self._state = ClockState(Anchor(self._wall_utc(), monotonic_ms()))

    def now(self) -> datetime:
        """Aware, in the wall clock's zone."""
        with self._turn:
            wall, at_ms = self._wall_utc(), self._monotonic_ms()
            self._state = after_look(self._state, wall, at_ms)
            return time_at(self._state, wall, at_ms).astimezone(self._wall().tzinfo)

    def monotonic_ms(self) -> float:
        return self._monotonic_ms()

    def heard(self, server_time: datetime, round_trip_ms: float) -> None:
        with self._turn:
            self._state = after_answer(
                self._state, server_time, self._wall_utc(), self._monotonic_ms(), round_trip_ms
            )

    def not_before(self, newest: datetime) -> None:
        """The journal's newest transaction is of ``newest``: it cannot be earlier than that."""
        with self._turn:
            self._state = after_look(
                replace(self._state, not_before=newest), self._wall_utc(), self._monotonic_ms()
            )

    def _wall_utc(self) -> datetime:
        """Differences are taken in UTC: within one zone they would ignore a change of its offset."""
        return self._wall().astimezone(UTC)

    @property
    def known(self) -> bool:
        """True once the centre has said the time."""
        return self._state.central is not None

    @property
    def fault(self) -> str:
        """The code of what is wrong with the wall clock, or empty."""
        return self._state.fault
