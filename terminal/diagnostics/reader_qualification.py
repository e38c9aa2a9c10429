"""Guided qualification of a reader: what a person does beside it, and what the terminal saw of it.

Nothing is read from a card but its answer to SELECT: the report has no data of a person.
"""

from __future__ import annotations

import queue
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.faults import Fault
from domain.cards.faults import CardAbsent
from drivers.cards.connection import Connection
from drivers.events import DeviceEvent
from drivers.pcsc.events import CardArrived, CardGone, ReadersChanged, ReaderServiceChanged
from drivers.pcsc.faults import ReaderBroken, ReaderMissing, ReaderServiceLost
from drivers.pcsc.held_card import held
from drivers.pcsc.readers import Readers

SELECT_ROOT = bytes.fromhex("00A40000023F00")
"""Changes nothing; any answer of a card will do."""
EXCHANGES = 20
HELD_S = 1.0
RELEASED_WITHIN_MS = 1_000.0
EXCHANGE_WITHIN_MS = 100.0
REPLY_WITHIN_S = 10.0

Say = Callable[[str], None]
Inbox = queue.SimpleQueue[DeviceEvent]


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: ``ms`` is what was measured, ``detail`` the ATR or the fault."""

    name: str
    passed: bool
    ms: float | None = None
    detail: str = ""


@dataclass(slots=True)
class Qualification:
    """``say`` shows a person the next instruction; ``inbox`` gets the events of ``readers``."""

    readers: Readers
    inbox: Inbox
    say: Say
    wait_s: float
    results: list[StepResult] = field(default_factory=list)
    _reader: str = ""
    _atr: str = ""

    def run(self) -> list[StepResult]:
        """All steps in order; a step that fails ends the test, since later ones need it."""
        beside = (self._attached, self._card, self._exchanges, self._held)
        for step in (*beside, self._removed, self._card_again):
            began = time.monotonic()
            try:
                self.results.append(step())
            except Fault as fault:
                ms = (time.monotonic() - began) * 1000
                self.results.append(StepResult(step.__name__.strip("_"), False, ms, str(fault)))
                break
        return self.results

    def _attached(self) -> StepResult:
        """Raises ``ReaderServiceLost`` or ``ReaderMissing``."""
        deadline = time.monotonic() + min(self.wait_s, 2.0)
        served = False
        while event := self._next(deadline):
            if isinstance(event, ReaderServiceChanged):
                served = not event.code
            if isinstance(event, ReadersChanged) and event.readers:
                return StepResult("attached", True, detail=", ".join(event.readers))
        raise ReaderMissing("no reader matches") if served else ReaderServiceLost("PC/SC does not answer")

    def _card(self) -> StepResult:
        """Raises ``CardAbsent``."""
        self.say("Lay a card on the reader, or put it in, and leave it there.")
        self._reader = self._wait_for(CardArrived, "no card was seen").reader
        return StepResult("card", True, detail=self._reader)

    def _card_again(self) -> StepResult:
        self.say("Lay the card on the reader once more.")
        reader = self._wait_for(CardArrived, "no card was seen").reader
        self._session(1)
        return StepResult("card_again", True, detail=reader)

    def _removed(self) -> StepResult:
        self.say("Take the card away.")
        self._wait_for(CardGone, "the card is still seen")
        return StepResult("removed", True)

    def _exchanges(self) -> StepResult:
        """Speed of single exchanges with the card, as the median of many."""
        median = statistics.median(self._session(EXCHANGES))
        return StepResult("exchanges", median <= EXCHANGE_WITHIN_MS, round(median, 1), f"ATR {self._atr}")

    def _held(self) -> StepResult:
        """A transaction of another program, played by this one: the card is served when it ends."""
        replies: queue.SimpleQueue[list[float] | Fault] = queue.SimpleQueue()
        with held(self._reader):
            self.readers.run(self._reader, lambda card: self._exchange(card, 1), replies.put)
            time.sleep(HELD_S)
            released = time.monotonic()
        _taken(replies)
        ms = (time.monotonic() - released) * 1000
        return StepResult("held", ms <= RELEASED_WITHIN_MS, round(ms, 1))

    def _session(self, times: int) -> list[float]:
        """Milliseconds of each exchange. Raises what ended the session."""
        replies: queue.SimpleQueue[list[float] | Fault] = queue.SimpleQueue()
        self.readers.run(self._reader, lambda card: self._exchange(card, times), replies.put)
        return _taken(replies)

    def _exchange(self, card: Connection, times: int) -> list[float]:
        self._atr = card.atr.hex().upper()
        lasted = []
        for _ in range(times):
            began = time.monotonic()
            card.transmit(SELECT_ROOT)
            lasted.append((time.monotonic() - began) * 1000)
        return lasted

    def _wait_for(self, kind: type[CardArrived] | type[CardGone], otherwise: str) -> CardArrived | CardGone:
        """Raises ``CardAbsent``."""
        deadline = time.monotonic() + self.wait_s
        while event := self._next(deadline):
            if isinstance(event, kind) and self._reader in ("", event.reader):
                return event
        raise CardAbsent(f"{otherwise} within {self.wait_s:.0f} s")

    def _next(self, deadline: float) -> DeviceEvent | None:
        try:
            return self.inbox.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            return None


def _taken(replies: queue.SimpleQueue[list[float] | Fault]) -> list[float]:
    """Raises the fault that was replied."""
    try:
        reply = replies.get(timeout=REPLY_WITHIN_S)
    except queue.Empty:
        raise ReaderBroken(f"no reply within {REPLY_WITHIN_S:.0f} s") from None
    if isinstance(reply, Fault):
        raise reply
    return reply
