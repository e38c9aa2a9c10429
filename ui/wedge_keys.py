"""Keys of the window, held until it is known whether a scanner or a person typed them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

from drivers.scanners.wedge import GAP_MS, SLOW_MS, Verdict, Wedge, press

FIRST_MS = SLOW_MS + 15
"""Wait for a second key; a person's key appears this much later."""
DRAIN_MS = 40
"""After a stall: time for the keys that wait in the queue of the system."""
PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
COMMANDS = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Escape}
KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class WedgeKeys(QObject):
    """Gets every key of its window before any control: a scanner's keys become a scan, type nothing and press
    nothing; a person's follow, in order, as soon as a pause or a slow Enter tells them.

    ``scanned`` gets a whole scan, ``broken`` is called for one that was cut off and is discarded.
    ``monotonic``, in seconds, stands in for key events without a time.
    """

    def __init__(
        self,
        scanned: Callable[[str], None],
        monotonic: Callable[[], float],
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._window: QQuickWindow | None = None
        self._scanned = scanned
        self._broken = broken
        self._monotonic = monotonic
        self._wedge = Wedge()
        self._held: list[QKeyEvent] = []
        self._releasing = False
        self._due = 0.0
        self._drained = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._paused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._releasing or not isinstance(watched, QQuickWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() not in KEYS:
            return False
        self._window = watched
        if event.type() == QEvent.Type.KeyRelease:
            return self._release(event)
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        key = "\r" if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else event.text()
        if not key:
            return False
        if event.isAutoRepeat() or event.key() in COMMANDS or self._is_command(event, key):
            self._give_up()
            return False
        before = self._wedge
        self._wedge, verdict, scan = press(before, key, self._at_ms(event))
        if verdict in (Verdict.DONE, Verdict.BROKEN):
            self._drop()
            self._answer(scan)
            return True
        if not self._wedge.typed.startswith(before.typed):
            self._settle(before)
        if not self._wedge.typed:
            self._deliver()
            return False
        self._hold(event)
        if verdict is Verdict.PASS and self._wedge.slowest_ms > SLOW_MS:
            self._deliver()
        self._drained = False
        self._wait(GAP_MS if self._wedge.fast else FIRST_MS)
        return True

    def _answer(self, scan: str) -> None:
        """A whole scan, or none where it was broken."""
        if scan:
            self._scanned(scan)
        else:
            self._broken()

    def _is_command(self, event: QKeyEvent, key: str) -> bool:
        """Ctrl and Alt are a person's, but for control characters in the middle of a scan (GS is Ctrl+])."""
        return bool(event.modifiers() & ~PLAIN) and not (self._wedge.typed and key < " ")

    def _release(self, event: QKeyEvent) -> bool:
        """A release follows its press."""
        if not any(held.key() == event.key() for held in self._held):
            return False
        self._hold(event)
        return True

    def _at_ms(self, event: QKeyEvent) -> float:
        """The event's own time: a stall of this program changes nothing in it."""
        return float(event.timestamp() or self._monotonic() * 1000)

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(event.clone())

    def _wait(self, ms: float) -> None:
        self._due = self._monotonic() * 1000 + ms
        self._pause.start(round(ms))

    def _paused(self) -> None:
        """Nothing more came. After a stall of this program keys may still wait in the system's queue, and are
        let in first."""
        if not self._drained or self._monotonic() * 1000 - self._due > DRAIN_MS:
            self._drained = True
            self._wait(DRAIN_MS)
            return
        self._settle(self._wedge)

    def _settle(self, wedge: Wedge) -> None:
        """A burst without an end: a scan that was cut off, or a person's typing."""
        if not self._held:
            return
        if wedge.by_scanner:
            self._drop()
            self._broken()
        else:
            self._deliver()

    def _give_up(self) -> None:
        self._settle(self._wedge)
        self._wedge = Wedge()

    def _drop(self) -> None:
        self._pause.stop()
        self._held.clear()

    def _deliver(self) -> None:
        """The held keys, to the controls they were meant for."""
        self._pause.stop()
        held, self._held = self._held, []
        if self._window is None:
            return
        self._releasing = True
        try:
            for event in held:
                QCoreApplication.sendEvent(self._window, event)
        finally:
            self._releasing = False
