"""Screensaver: the idle screen rests, dims at night, is locked for cleaning. ``house`` in the QML."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot

from config.settings import NightSettings
from ui.guard import CLEANING_S, Standing
from ui.kiosk_model import KioskModel
from ui.rest import Repose, drift, repose
from ui.staff.model import StaffModel

LOOKS_EVERY_MS = 5_000
WAITING = ("idle", "stopped")


class HouseModel(QObject):
    """A visit and open staff pages are never dimmed. Belongs to Qt's thread."""

    reposeChanged = Signal()
    cleaningChanged = Signal()

    def __init__(
        self,
        kiosk: KioskModel,
        staff: StaffModel,
        night: NightSettings,
        *,
        public: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(kiosk)
        self._kiosk = kiosk
        self._staff = staff
        self._night = night
        self._public = public
        self._monotonic = monotonic
        self._touched_at = monotonic()
        self._clean_until = 0.0
        self._repose = Repose()
        self._looking = self._timer(LOOKS_EVERY_MS, self.look)
        self._looking.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._looking.start()
        self._counting = self._timer(1000, self._count)
        kiosk.screenChanged.connect(self._screen_changed)
        staff.openChanged.connect(self.wake)

    def _timer(self, interval_ms: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(work)
        return timer

    @property
    def standing(self) -> Standing:
        return Standing(self._public, self.waiting, self._repose.resting, self._seconds_left() > 0)

    @property
    def waiting(self) -> bool:
        """True without a visit."""
        return self._kiosk._get_screen().get("kind", "idle") in WAITING

    def look(self) -> None:
        """How bright it should be by now."""
        alone = self.waiting and not self._staff._get_open()
        alone_s = self._monotonic() - self._touched_at if alone else 0.0
        wanted = repose(self._kiosk.now().time(), alone_s, self._night)
        if wanted != self._repose:
            self._repose = wanted
            self.reposeChanged.emit()

    @Slot()
    def wake(self) -> None:
        """Somebody is there."""
        self._touched_at = self._monotonic()
        if self._repose != Repose():
            self.look()

    @Slot()
    def startCleaning(self) -> None:
        """For staff: half a minute in which the screen may be wiped. Not while somebody is being served."""
        if self.waiting:
            self._clean_until = self._monotonic() + CLEANING_S
            self.wake()
            self._counting.start()
            self.cleaningChanged.emit()

    def _count(self) -> None:
        if not self._seconds_left():
            self._counting.stop()
            self.wake()
        self.cleaningChanged.emit()

    def _seconds_left(self) -> int:
        return max(0, ceil(self._clean_until - self._monotonic()))

    def _screen_changed(self) -> None:
        """A card or a code is somebody: they do not wait until the screen is dry."""
        self.wake()
        if not self.waiting and self._seconds_left():
            self._clean_until = 0.0
            self._count()

    def _get_resting(self) -> bool:
        return self._repose.resting

    def _get_shade(self) -> float:
        return self._repose.shade

    def _get_step(self) -> int:
        return self._repose.step

    def _get_drift_x(self) -> int:
        return drift(self._repose.step)[0]

    def _get_drift_y(self) -> int:
        return drift(self._repose.step)[1]

    resting = Property(bool, _get_resting, notify=reposeChanged)
    shade = Property(float, _get_shade, notify=reposeChanged)
    step = Property(int, _get_step, notify=reposeChanged)
    driftX = Property(int, _get_drift_x, notify=reposeChanged)
    driftY = Property(int, _get_drift_y, notify=reposeChanged)
    cleaningSeconds = Property(int, _seconds_left, notify=cleaningChanged)
