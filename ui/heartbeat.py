"""Watchdog notices to the service manager, from Qt's thread: a screen that hangs is restarted."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtQuick import QQuickWindow

from drivers.system.service_manager import ServiceManager

BEATS_A_LIMIT = 3
"""So many signs fit into the time the service manager waits for one: two may be late."""
SHORTEST_MS = 20


class Heartbeat:
    """Ready when the first frame is drawn; alive as long as Qt's thread takes its turn. On Qt's thread."""

    def __init__(self, manager: ServiceManager, window: QQuickWindow) -> None:
        self._manager = manager
        self._told_ready = False
        self._beat = QTimer()
        self._beat.timeout.connect(manager.tell_alive)
        self._window = window
        window.frameSwapped.connect(self._drawn, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """From here on signs are given, also while the first frame is waited for."""
        if self._manager.watchdog_us:
            self._beat.start(max(SHORTEST_MS, self._manager.watchdog_us // 1000 // BEATS_A_LIMIT))
        self._window.update()

    def end(self) -> None:
        """It ends on purpose; before the window does."""
        self._beat.stop()
        if not self._told_ready:
            self._window.frameSwapped.disconnect(self._drawn)
        self._manager.tell_stopping()

    def _drawn(self) -> None:
        if self._told_ready:
            return
        self._told_ready = True
        self._window.frameSwapped.disconnect(self._drawn)
        self._manager.tell_ready()
