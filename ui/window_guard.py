"""Applies ``ui.guard`` to a window; in public mode only staff can leave it."""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickWindow

from terminal.commands.exit_codes import Exit
from ui.guard import Verdict, judge_key, judge_touch
from ui.house_model import HouseModel

KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
"""Not ShortcutOverride: the screens' own shortcuts are the product's, also in public mode."""
FINGERS = (
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletRelease,
)
BEGINNINGS = (QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress, QEvent.Type.TabletPress)


class WindowGuard(QObject):
    """Sees the events of ``window`` before the screens do."""

    def __init__(self, window: QQuickWindow, house: HouseModel, *, public: bool) -> None:
        super().__init__(house)
        self._window = window
        self._house = house
        self._public = public
        window.installEventFilter(self)
        if public:
            window.setFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
            window.setCursor(Qt.CursorShape.BlankCursor)

    def show_public(self) -> None:
        """Over the whole screen. A display without a window manager leaves size and focus to us."""
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            self._window.show()
            return
        self._window.setGeometry(self._window.screen().geometry())
        self._window.showFullScreen()
        self._window.requestActivate()

    def leave(self) -> None:
        """End the terminal so that it is not restarted. The caller has checked the permission."""
        self._public = False
        application = QGuiApplication.instance()
        if application:
            application.exit(Exit.LEFT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in KEYS and isinstance(event, QKeyEvent):
            return self._obey(judge_key(Qt.Key(event.key()), event.modifiers(), self._house.standing), kind)
        if kind in FINGERS:
            return self._obey(judge_touch(self._house.standing), kind)
        if self._public and kind == QEvent.Type.Close:
            event.ignore()
            return True
        if self._public and kind in (QEvent.Type.WindowStateChange, QEvent.Type.Hide):
            self._come_back()
        return False

    def _obey(self, verdict: Verdict, kind: QEvent.Type) -> bool:
        if kind in BEGINNINGS or kind == QEvent.Type.KeyPress:
            if verdict is Verdict.CLEAN:
                self._house.startCleaning()
            if verdict in (Verdict.WAKE, Verdict.PASS):
                self._house.wake()
        return verdict is not Verdict.PASS

    def _come_back(self) -> None:
        """Something outside made the window small or hid it."""
        if self._window.windowState() == Qt.WindowState.WindowMinimized:
            self._window.showFullScreen()
