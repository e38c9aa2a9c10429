"""Keys with their own times: a scanner's are a scan and nothing else, a person's typing (FC-15, FC-16)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from drivers.scanners.wedge import GAP_MS
from ui.gallery import settle
from ui.wedge_keys import WedgeKeys
from ui.window import make_application

HELD_MS = 300


class Keyboard:
    """A window with one item that has the focus; what the item gets is written down."""

    def __init__(self) -> None:
        self.scans: list[str] = []
        self.broken = 0
        self.seconds = 50.0
        self.at_ms = 1000
        self.window = QQuickWindow()
        self.field = Field(self.window.contentItem())
        self.window.show()
        self.window.requestActivate()
        self.field.forceActiveFocus()
        self.keys = WedgeKeys(self.scans.append, lambda: self.seconds, self.cut_off)
        self.window.installEventFilter(self.keys)
        settle(50)

    def cut_off(self) -> None:
        self.broken += 1

    def type(self, text: str, pace_ms: int, first_ms: int = 1000) -> None:
        """Key presses and releases with their own times; the program takes them whenever it can."""
        for place, letter in enumerate(text):
            self.at_ms += pace_ms if place else first_ms
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(self.at_ms)
                QCoreApplication.sendEvent(self.window, event)

    def stall(self, ms: int) -> None:
        """The program does nothing; real time and the monotonic clock go on."""
        self.seconds += ms / 1000

    @property
    def typed(self) -> str:
        return "".join(self.field.pressed)


class Field(QQuickItem):
    def __init__(self, parent: QQuickItem) -> None:
        super().__init__(parent)
        self.pressed: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pressed.append(event.text())


@pytest.fixture
def keyboard(qapp: object) -> Iterator[Keyboard]:
    keyboard = Keyboard()
    yield keyboard
    keyboard.window.removeEventFilter(keyboard.keys)
    keyboard.window.close()


@pytest.mark.parametrize("pace_ms", [1, 3, 8, 20, 35, 60, 80])
def test_a_scan_types_nothing_at_any_pace(keyboard: Keyboard, pace_ms: int) -> None:
    keyboard.type("2371600000027\r", pace_ms)
    settle(HELD_MS)
    assert keyboard.scans == ["2371600000027"]
    assert keyboard.typed == ""


@pytest.mark.parametrize("stall_ms", [60, 120, 500, 3000])
def test_a_stall_of_this_program_does_not_cut_a_scan(keyboard: Keyboard, stall_ms: int) -> None:
    keyboard.type("237160000", 5)
    keyboard.stall(stall_ms)
    keyboard.type("0027\r", 5, first_ms=5)
    settle(HELD_MS)
    assert keyboard.scans == ["2371600000027"]
    assert keyboard.typed == ""


def test_a_scanner_that_pauses_once_is_one_scan(keyboard: Keyboard) -> None:
    keyboard.type("237160000", 5)
    keyboard.type("0027\r", 5, first_ms=120)
    settle(HELD_MS)
    assert keyboard.scans == ["2371600000027"]
    assert keyboard.typed == ""


@pytest.mark.parametrize("rest", ["0027\r", "27\r", "7\r", "\r"])
def test_a_scan_cut_in_two_is_discarded_with_a_sign(keyboard: Keyboard, rest: str) -> None:
    keyboard.type("2371600000027"[: 14 - len(rest)], 5)
    settle(HELD_MS)
    assert keyboard.broken == 1
    keyboard.type(rest, 5, first_ms=round(GAP_MS) + 400)
    settle(HELD_MS)
    assert keyboard.scans == []
    assert keyboard.typed == ""
    keyboard.type("2371600000027\r", 5)
    assert keyboard.scans == ["2371600000027"]


def test_the_same_label_is_taken_at_once_after_a_broken_scan(keyboard: Keyboard) -> None:
    keyboard.type("2371600", 5)
    settle(HELD_MS)
    keyboard.type("2371600000027\r", 5, first_ms=1500)
    assert keyboard.scans == ["2371600000027"]


@pytest.mark.parametrize("pace_ms", [60, 90, 140, 300])
def test_a_persons_keys_arrive_in_order(keyboard: Keyboard, pace_ms: int) -> None:
    keyboard.type("BZ-001\r", pace_ms)
    settle(HELD_MS)
    assert keyboard.typed == "BZ-001\r"
    assert keyboard.scans == []
    assert keyboard.broken == 0


def test_two_keys_rolled_by_a_hand_are_typed(keyboard: Keyboard) -> None:
    keyboard.type("12", 15)
    settle(HELD_MS)
    assert keyboard.typed == "12"


def test_a_key_held_down_is_a_persons(keyboard: Keyboard) -> None:
    for _ in range(10):
        keyboard.at_ms += 30
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        event.setTimestamp(keyboard.at_ms)
        QCoreApplication.sendEvent(keyboard.window, event)
    assert keyboard.typed == "a" * 10


def test_enter_alone_is_passed_on_at_once(keyboard: Keyboard) -> None:
    keyboard.type("\r", 5)
    assert keyboard.typed == "\r"


def test_no_input_method_stands_between_a_scanner_and_the_window(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IBus and fcitx would make syllables of a scan (FC-16)."""
    monkeypatch.setenv("QT_IM_MODULE", "ibus")
    monkeypatch.setenv("QT_IM_MODULES", "wayland;fcitx")
    make_application([])
    assert os.environ["QT_IM_MODULE"] == os.environ["QT_IM_MODULES"] == "compose"
