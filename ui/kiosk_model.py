"""The QML's view of a counter, and its requests. Thin: every decision is made elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from config.characters import characters
from terminal.visit.events import (
    Chosen,
    Done,
    EasyModeToggled,
    Event,
    LanguageChanged,
    MoreTime,
    PinTyped,
    ReceiptWanted,
    SayAgain,
    StaffCalled,
    StartOver,
    Typed,
    VolumeSet,
)
from ui.presenter import Frame, Screen

CLOCK_MS = 5_000
DESIGNED_FOR = 96
"""Dots per inch."""
OTHER = {"zh_CN": "en", "en": "zh_CN"}


def for_qml(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """A dataclass as QML reads it: tuples as lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields}


class KioskModel(QObject):
    """``post`` takes events of the visit, on Qt's thread."""

    screenChanged = Signal()
    frameChanged = Signal()
    timeChanged = Signal()
    themeChanged = Signal()
    paperChanged = Signal()
    voiceChanged = Signal()

    def __init__(self, post: Callable[[Event], None], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._post = post
        self.now = now
        self._screen: dict[str, Any] = {}
        self._frame: dict[str, Any] = {}
        self._paper = ""
        self._voice = ""
        self._high_contrast = False
        self._reduced_motion = False
        self._density = 1.0
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self.timeChanged)
        self._clock.start()

    def present(self, screen: Screen, frame: Frame) -> None:
        """Shows these; a signal goes out only for what changed."""
        shown, framed = asdict(screen, dict_factory=for_qml), asdict(frame)
        if framed != self._frame:
            self._frame = framed
            self.frameChanged.emit()
        if shown != self._screen:
            self._screen = shown
            self.screenChanged.emit()

    def show_paper(self, serial: int) -> None:
        """The live picture of a paper moved on; 0 where the camera gives none."""
        self._paper = f"image://paper/live/{serial}" if serial else "none"
        self.paperChanged.emit()

    def hide_paper(self) -> None:
        self._paper = ""
        self.paperChanged.emit()

    def set_voice(self, *, heard: bool) -> None:
        """Whether this terminal can speak now; until it is known nothing is shown of it."""
        self._voice = "heard" if heard else "none"
        self.voiceChanged.emit()

    def set_theme(self, *, high_contrast: bool, reduced_motion: bool) -> None:
        self._high_contrast = high_contrast
        self._reduced_motion = reduced_motion
        self.themeChanged.emit()

    def set_density(self, dots_per_inch: int) -> None:
        """How fine the panel is: sizes are written for 96 dots per inch."""
        self._density = dots_per_inch / DESIGNED_FOR
        self.themeChanged.emit()

    def _get_screen(self) -> dict[str, Any]:
        return self._screen

    def _get_frame(self) -> dict[str, Any]:
        return self._frame

    def _get_paper(self) -> str:
        return self._paper

    def _get_voice(self) -> str:
        return self._voice

    def _get_time(self) -> str:
        return f"{self.now():%H:%M}"

    def _get_high_contrast(self) -> bool:
        return self._high_contrast

    def _get_reduced_motion(self) -> bool:
        return self._reduced_motion

    def _get_density(self) -> float:
        return self._density

    def _get_characters(self) -> dict[str, Any]:
        known = characters()
        return {
            "surnames": list(known.surnames),
            "frequent": list(known.frequent),
            "components": [
                {"part": each.part, "characters": list(each.characters)} for each in known.components
            ],
        }

    screen = Property("QVariantMap", _get_screen, notify=screenChanged)  # type: ignore[arg-type]
    frame = Property("QVariantMap", _get_frame, notify=frameChanged)  # type: ignore[arg-type]
    time = Property(str, _get_time, notify=timeChanged)
    highContrast = Property(bool, _get_high_contrast, notify=themeChanged)
    reducedMotion = Property(bool, _get_reduced_motion, notify=themeChanged)

    paper = Property(str, _get_paper, notify=paperChanged)
    voice = Property(str, _get_voice, notify=voiceChanged)
    density = Property(float, _get_density, notify=themeChanged)
    characters = Property("QVariantMap", _get_characters, constant=True)  # type: ignore[arg-type]

    @Slot(str)
    def choose(self, option: str) -> None:
        self._post(Chosen(option))

    @Slot(str)
    def typed(self, value: str) -> None:
        self._post(Typed(((str(self._screen.get("field", "")), value),)))

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self._post(PinTyped(pin))

    @Slot()
    def done(self) -> None:
        self._post(Done())

    @Slot()
    def printReceipt(self) -> None:
        self._post(ReceiptWanted())

    @Slot()
    def startOver(self) -> None:
        self._post(StartOver())

    @Slot()
    def moreTime(self) -> None:
        self._post(MoreTime())

    @Slot()
    def callStaff(self) -> None:
        self._post(StaffCalled())

    @Slot()
    def sayAgain(self) -> None:
        self._post(SayAgain())

    @Slot(int)
    def setVolume(self, volume: int) -> None:
        self._post(VolumeSet(volume))

    @Slot()
    def toggleEasyMode(self) -> None:
        self._post(EasyModeToggled())

    @Slot()
    def changeLanguage(self) -> None:
        self._post(LanguageChanged(OTHER[self._frame.get("language", "zh_CN")]))
