"""Readers of one terminal: their monitor, and a thread for each that talks to its card."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from smartcard import scard

from config.faults import Fault
from drivers.cards.connection import Connection
from drivers.events import DeviceEvent, Post
from drivers.pcsc.connection import Context, PcscConnection, card_in
from drivers.pcsc.events import CardArrived, ReadersChanged
from drivers.pcsc.faults import ReaderBusy, ReaderFault, ReaderMissing, ReaderServiceLost
from drivers.pcsc.monitor import PcscMonitor, now_ms
from drivers.pcsc.other_programs import other_programs
from drivers.pcsc.places import Places
from drivers.pcsc.session import Expired, Session
from runtime.periodic import PeriodicTask
from runtime.task import Task
from runtime.worker import Worker

log = logging.getLogger(__name__)

T = TypeVar("T")
AnySession = Session[Any]

RETRY_S = 0.1
FREE_AGAIN_S = 0.25
"""How often a card that another program held is tried: it is read within a second of its release."""
WATCH_S = 0.2


class Readers(Protocol):
    """What a terminal needs of its readers, whether real or in process.

    ``run`` returns at once; ``reply`` is called once, with the result of ``work`` or with the fault that
    ended it, at the latest a moment after the deadline of ``drivers.pcsc.session``. ``work`` has the card to
    itself for as long as it runs; while nothing was changed in the card it may be called again.
    """

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def run(
        self, reader: str, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]
    ) -> None: ...


class ReaderThread:
    """One thread, one context, one reader: sessions are carried out in order.

    ``free_again`` is called when a card that could not be had in time lies there still and can be had now.
    """

    def __init__(self, reader: str, free_again: Callable[[str], None]) -> None:
        self._reader = reader
        self._free_again = free_again
        self._context: Context | None = None
        self._open: list[AnySession] = []
        self._pause = threading.Event()
        self.task: Worker[AnySession] = Worker(
            f"pcsc {reader}", self._carry_out, failed=self._failed, ended=self._ended
        )
        self.task.start()

    def stop(self) -> None:
        self._pause.set()
        self.task.stop()

    def do(self, session: AnySession) -> None:
        self._open.append(session)
        self.task.put(session)

    def watch(self) -> None:
        """Answers every session whose deadline has passed, with its cause."""
        for session in list(self._open):
            if session.overdue:
                fault = session.cause(self._in_use(), ", ".join(other_programs()))
                log.warning("%s: %s", self._reader, fault)
                session.answer(fault)

    def _in_use(self) -> bool:
        try:
            context = Context()
        except ReaderFault:
            return False
        try:
            in_use = scard.SCARD_STATE_INUSE | scard.SCARD_STATE_EXCLUSIVE
            return bool(context.state(self._reader) & in_use)
        except ReaderFault:
            return False
        finally:
            context.close()

    def _carry_out(self, session: AnySession) -> None:
        """Replies before the card is let go of: the reset that follows keeps nobody waiting."""
        try:
            if not self._held_session(session):
                self._wait_until_free()
        finally:
            self._open.remove(session)

    def _held_session(self, session: AnySession) -> bool:
        """True where the session took place in time, or the card itself ended it."""
        while not session.answered:
            connection: PcscConnection | None = None
            try:
                with card_in(self._ready_context(), self._reader, session.progress) as connection:
                    return session.answer(session.work(connection))
            except Expired:
                return False
            except Fault as fault:
                if isinstance(fault, ReaderServiceLost):
                    self._context = None
                passing = isinstance(fault, ReaderBusy) and (connection is None or connection.repeatable)
                if not passing or session.left_s <= 0:
                    return session.answer(fault) and not isinstance(fault, ReaderBusy)
                self._pause.wait(RETRY_S)
        return False

    def _failed(self, session: AnySession, error: Exception) -> None:
        session.answer(ReaderFault(f"{type(error).__name__} in a session"))

    def _wait_until_free(self) -> None:
        """Until the card can be had again, or is gone, or somebody asks for it anew."""
        while not self.task.waiting and not self._pause.is_set():
            try:
                with card_in(self._ready_context(), self._reader, tries=1):
                    pass
            except ReaderBusy:
                self._pause.wait(FREE_AGAIN_S)
            except Fault:
                return
            else:
                log.info("%s: free again", self._reader)
                self._free_again(self._reader)
                return

    def _ready_context(self) -> Context:
        """The context of this thread; one whose daemon was restarted is replaced before it is used."""
        if self._context:
            try:
                self._context.readers()
            except ReaderFault:
                self._context = None
        if self._context is None:
            self._context = Context()
        return self._context

    def _ended(self) -> None:
        if self._context:
            with suppress(ReaderFault):
                self._context.close()


class PcscReaders:
    """Readers over the PC/SC service; see ``Readers``.

    ``pattern`` chooses them by name, ``sam`` is the slot of the PSAM; slots of other roles are left out (see
    ``drivers.pcsc.roles``). The contact and the contactless slot of one device are one place for one card.
    """

    def __init__(self, pattern: str, post: Post, sam: str = "") -> None:
        self._places = Places(post)
        self._monitor = PcscMonitor(pattern, self._on_event, sam)
        self._threads: dict[str, ReaderThread] = {}
        self._lock = threading.Lock()
        self._watchdog = PeriodicTask("pcsc deadlines", WATCH_S, lambda: 0.5, self._watch)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Background threads, for the supervisor."""
        with self._lock:
            return (self._monitor.task, self._watchdog, *(thread.task for thread in self._threads.values()))

    def start(self) -> None:
        self._monitor.start()
        self._watchdog.start()

    def stop(self) -> None:
        self._watchdog.stop()
        self._monitor.stop()
        with self._lock:
            threads, self._threads = self._threads, {}
        for thread in threads.values():
            thread.stop()

    def run(self, reader: str, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        with self._lock:
            thread = self._threads.get(self._places.slot_with_card(reader))
        if thread is None:
            reply(ReaderMissing(reader))
            return
        thread.do(Session(work, reply))

    def _watch(self) -> None:
        with self._lock:
            threads = list(self._threads.values())
        for thread in threads:
            thread.watch()

    def _on_event(self, event: DeviceEvent) -> None:
        if isinstance(event, ReadersChanged):
            with self._lock:
                for reader in event.readers:
                    if reader not in self._threads:
                        self._threads[reader] = ReaderThread(reader, self._free_again)
        self._places.on_event(event)

    def _free_again(self, reader: str) -> None:
        self._places.on_event(CardArrived(now_ms(), reader))
