"""Notices every key, finger and click while the staff pages are open: without one for long, they close."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication

from ui.staff.area import StaffArea

SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class StaffHands(QObject):
    """Looks at events and takes none."""

    def __init__(self, area: StaffArea) -> None:
        super().__init__()
        self._area = area
        application = QGuiApplication.instance()
        if application:
            application.installEventFilter(self)

    def close(self) -> None:
        application = QGuiApplication.instance()
        if application:
            application.removeEventFilter(self)
        shiboken6.delete(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE and self._area.is_open:
            self._area.touched()
        return False
