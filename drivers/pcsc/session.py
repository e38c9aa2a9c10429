"""One piece of work on the card of one reader, with a deadline and a true cause.

PC/SC cannot break off a call that hangs: SCardConnect waits for a transaction of another program,
SCardTransmit for a reader. So the call stays where it is and its caller is answered at the deadline; what
comes later is dropped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from config.faults import Fault
from drivers.cards.connection import Connection
from drivers.pcsc.connection import Step
from drivers.pcsc.faults import ReaderBroken, ReaderBusy

T = TypeVar("T")

DEADLINE_S = 5.0


class Expired(Fault):
    """The caller was answered already: the session ends here. Never leaves ``drivers.pcsc``."""

    code = "reader.fault"


class Session(Generic[T]):
    """``work`` on a card, answered exactly once: by its result, by its fault, or at the deadline.

    Waiting for the card has a deadline, and so has every single command.
    """

    def __init__(
        self,
        work: Callable[[Connection], T],
        reply: Callable[[T | Fault], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.work = work
        self._reply = reply
        self._now = now
        self._lock = threading.Lock()
        self._answered = False
        self._began = self._step_began = now()
        self._step = Step.CONNECT

    @property
    def answered(self) -> bool:
        return self._answered

    @property
    def step(self) -> Step:
        return self._step

    def progress(self, step: Step) -> None:
        """Notes the step that begins now. Raises ``Expired`` where the caller was answered."""
        self._step, self._step_began = step, self._now()
        if self._answered:
            raise Expired(step.value)

    def answer(self, result: T | Fault) -> bool:
        """Hands the result over; False where another was first."""
        with self._lock:
            if self._answered:
                return False
            self._answered = True
        self._step = Step.DONE
        self._reply(result)
        return True

    @property
    def left_s(self) -> float:
        """Seconds until the deadline for having the card."""
        return self._began + DEADLINE_S - self._now()

    @property
    def overdue(self) -> bool:
        """Whether the present step, or the wait for the card, has lasted longer than the deadline allows."""
        if self._answered:
            return False
        since = self._step_began if self._step is Step.TRANSMIT else self._began
        return self._now() - since > DEADLINE_S

    def cause(self, in_use: bool, programs: str) -> Fault:
        """The fault of an overdue session. ``in_use``: another program is connected to the reader's card;
        ``programs``: other PC/SC programs of this machine, as far as they are known."""
        limit = f"{DEADLINE_S:.0f} s"
        if self._step is Step.TRANSMIT:
            return ReaderBroken(f"no answer to a command within {limit}")
        if self._step is Step.CONNECT and not in_use:
            return ReaderBroken(f"{self._step.value} does not return within {limit}")
        return ReaderBusy(f"held for longer than {limit}; PC/SC is used by {programs or 'another program'}")
