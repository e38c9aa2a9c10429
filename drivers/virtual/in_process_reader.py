"""A reader without PC/SC: the same virtual cards behind the same port, where no pcscd can run.

What is left out is the real reader stack; the screen says that this is a demonstration.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from config.faults import Fault
from domain.cards.faults import CardMute, CardRemoved
from drivers.cards.connection import Connection, Response
from drivers.events import Post
from drivers.pcsc import chaining
from drivers.pcsc.events import CardArrived, CardGone, ReadersChanged, ReaderServiceChanged
from drivers.pcsc.faults import ReaderFault, ReaderMissing
from drivers.virtual.card import VirtualCard
from drivers.virtual.disturbance import Disturbance, Torn
from runtime.task import Task, described
from runtime.worker import Worker

T = TypeVar("T")
NAME = "In process"


class InProcessSlot:
    """The slot of an ``InProcessReader``: the same calls as ``VpcdSlot`` has."""

    def __init__(self, changed: Callable[[bool], None]) -> None:
        self._changed = changed
        self._inside: tuple[VirtualCard, Disturbance] | None = None

    @property
    def inside(self) -> tuple[VirtualCard, Disturbance] | None:
        return self._inside

    def insert(self, card: VirtualCard, disturbance: Disturbance | None = None) -> None:
        self.remove()
        self._inside = (card, disturbance or Disturbance())
        self._changed(True)

    def remove(self) -> None:
        if self._inside:
            self._inside = None
            self._changed(False)

    stop = remove


class InProcessReader:
    """One reader with one slot; see ``drivers.pcsc.readers.Readers``."""

    def __init__(self, post: Post, name: str = NAME) -> None:
        self._post = post
        self._name = name
        self._worker: Worker[Callable[[], None]] = Worker(f"reader {name}", lambda command: command())
        self.tasks: tuple[Task, ...] = (self._worker,)
        self.slot = InProcessSlot(self._changed)

    def start(self) -> None:
        self._worker.start()
        self._post(ReaderServiceChanged(_now_ms(), ""))
        self._post(ReadersChanged(_now_ms(), (self._name,)))

    def stop(self) -> None:
        self._worker.stop()

    def run(self, reader: str, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        if reader != self._name:
            reply(ReaderMissing(reader))
            return
        self._worker.put(lambda: self._carry_out(work, reply))

    def _carry_out(self, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        try:
            result = work(_InProcessConnection(self.slot))
        except Fault as fault:
            reply(fault)
            return
        except Exception as error:
            reply(ReaderFault(described(error)))
            raise
        reply(result)

    def _changed(self, present: bool) -> None:
        event = CardArrived if present else CardGone
        self._post(event(_now_ms(), self._name))


class _InProcessConnection:
    """Powers the card, keeps its answer times, and notices when it is gone."""

    def __init__(self, slot: InProcessSlot) -> None:
        self._slot = slot
        self._card, self._disturbance = self._present()
        self._atr = b"" if self._disturbance.mute else self._card.power_on()
        if not self._atr:
            raise CardMute("no answer to reset")

    @property
    def atr(self) -> bytes:
        return self._atr

    def transmit(self, command: bytes) -> Response:
        command = chaining.without_le(command) if self._t0 else command
        return chaining.transmit(self._exchange, command)

    @property
    def _t0(self) -> bool:
        """An ATR that names no protocol means T=0 (ISO/IEC 7816-3, 8.2.3); contactless cards name theirs."""
        return not self._atr[1] & 0x80

    def _exchange(self, command: bytes) -> bytes:
        if self._present()[0] is not self._card:
            raise CardRemoved("another card is in the slot")
        try:
            self._disturbance.before(command)
        except Torn:
            self._slot.remove()
            raise CardRemoved("torn out") from None
        answer = self._card.exchange(command)
        lasts_ms = self._card.answer_time_ms(command, answer) + self._disturbance.slower_ms
        if lasts_ms > 0:
            threading.Event().wait(lasts_ms / 1000)
        return self._disturbance.garble(answer)

    def _present(self) -> tuple[VirtualCard, Disturbance]:
        inside = self._slot.inside
        if inside is None:
            raise CardRemoved("the slot is empty")
        return inside


def _now_ms() -> float:
    return time.monotonic() * 1000
