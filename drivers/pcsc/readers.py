"""The readers of one terminal: their monitor, and a thread for each that talks to its card."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from config.faults import Fault
from drivers.cards.connection import Connection
from drivers.events import DeviceEvent, Post
from drivers.pcsc.connection import Context, card_in
from drivers.pcsc.events import ReadersChanged
from drivers.pcsc.faults import ReaderFault, ReaderMissing, ReaderServiceLost
from drivers.pcsc.monitor import PcscMonitor

T = TypeVar("T")
Command = Callable[[], None]


class Readers(Protocol):
    """Port of the readers, real or in process.

    ``run`` returns at once; ``reply`` is called on the reader's thread with the result of ``work`` or
    with the fault that ended it. ``work`` has the card to itself for as long as it runs.
    """

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def run(
        self, reader: str, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]
    ) -> None: ...


class ReaderThread:
    """One thread, one context, one reader: commands are carried out in order."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._context: Context | None = None
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"pcsc {reader}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._commands.put(None)
        self._thread.join(1)

    def do(self, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        self._commands.put(lambda: self._carry_out(work, reply))

    def _run(self) -> None:
        while (command := self._commands.get()) is not None:
            command()
        if self._context:
            self._context.close()

    def _carry_out(self, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        """Reply before the card is released: the caller does not wait for the reset that follows."""
        replied = False
        try:
            with card_in(self._ready_context(), self._reader) as connection:
                result = work(connection)
                replied = True
                reply(result)
        except Fault as fault:
            if isinstance(fault, ReaderServiceLost):
                self._context = None
            if not replied:
                reply(fault)

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


class PcscReaders:
    """Readers over the PC/SC service; see ``Readers``. ``pattern`` chooses them by name."""

    def __init__(self, pattern: str, post: Post) -> None:
        self._post = post
        self._monitor = PcscMonitor(pattern, self._hear)
        self._threads: dict[str, ReaderThread] = {}
        self._lock = threading.Lock()

    def start(self) -> None:
        self._monitor.start()

    def stop(self) -> None:
        self._monitor.stop()
        with self._lock:
            threads, self._threads = self._threads, {}
        for thread in threads.values():
            thread.stop()

    def run(self, reader: str, work: Callable[[Connection], T], reply: Callable[[T | Fault], None]) -> None:
        with self._lock:
            thread = self._threads.get(reader)
        if thread is None:
            reply(ReaderMissing(reader))
            return
        thread.do(work, reply)

    def _hear(self, event: DeviceEvent) -> None:
        if isinstance(event, ReadersChanged):
            with self._lock:
                for reader in event.readers:
                    if reader not in self._threads:
                        self._threads[reader] = ReaderThread(reader)
        self._post(event)
