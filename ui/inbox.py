"""The one crossing into Qt's thread: events of any thread, delivered in order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from drivers.events import DeviceEvent
from terminal.staff.events import StaffEvent
from terminal.visit.events import Event
from ui.paper_picture import PaperSeen
from ui.speech.process import VoiceFound

Posted = Event | DeviceEvent | StaffEvent | PaperSeen | VoiceFound
WAKE = QEvent.Type(QEvent.registerEventType())


class Inbox(QObject):
    """``post`` may be called from any thread and returns at once; ``receive`` is called on Qt's.

    Only a wake-up crosses threads, one at a time however many events wait: nothing floods Qt's queue,
    and no Python object is carried through a signal.
    """

    def __init__(self, receive: Callable[[Posted], None]) -> None:
        super().__init__()
        self._receive = receive
        self._waiting: queue.SimpleQueue[Posted] = queue.SimpleQueue()
        self._woken = threading.Event()
        self._open = True

    def post(self, event: Posted) -> None:
        """Does nothing once the inbox is closed: events of a device that ends late are dropped."""
        if not self._open:
            return
        self._waiting.put(event)
        if not self._woken.is_set():
            self._woken.set()
            QCoreApplication.postEvent(self, QEvent(WAKE))

    def close(self) -> None:
        """Nothing is handed over any more; on Qt's thread, after the posting threads have ended."""
        self._open = False
        shiboken6.delete(self)

    def event(self, event: QEvent) -> bool:
        """Hands over what has come; cleared first, so that what comes meanwhile wakes again."""
        if event.type() != WAKE:
            return super().event(event)
        self._woken.clear()
        while not self._waiting.empty():
            self._receive(self._waiting.get())
        return True
