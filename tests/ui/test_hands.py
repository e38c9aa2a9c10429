"""A hand on the keys and a scanner that types: both reach the counter, neither as the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from config.settings import ScreenSettings, Settings
from terminal.visit.events import CentralReach, Chosen, Done, Event, StaffCalled, StartOver
from ui.gallery import settle
from ui.inbox import Inbox
from ui.kiosk_model import KioskModel
from ui.sound_effects import SilentSounds
from ui.specimens import SERVICES, specimens
from ui.speech.silent import SilentVoice
from ui.texts import Texts
from ui.window import KioskWindow
from ui.window_face import WindowFace

SCANNER_S = 0.005
HELD_MS = 250
"""A printable key is held until it is clear that no scanner types."""


class Hands:
    """A window whose events and scans are written down."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.scans: list[str] = []
        self.model = KioskModel(self.events.append, lambda: datetime(2026, 11, 23, tzinfo=UTC))
        settings = Settings(screen=ScreenSettings(full_screen=False, reduced_motion=True))
        texts = Texts("zh_CN")
        self.face = WindowFace(self.model, settings, SERVICES, texts, SilentVoice(), SilentSounds())
        self.show("idle")
        self.seconds = 1000.0
        self.window = KioskWindow(
            self.model, settings.screen, self.scans.append, monotonic=lambda: self.seconds
        )
        self.window.window.requestActivate()
        settle(300)

    def show(self, name: str) -> None:
        self.face.show(specimens()[name])
        settle(100)

    def press(self, key: Qt.Key) -> None:
        self.seconds += 1
        QTest.keyClick(self.window.window, key)
        settle(HELD_MS if key < Qt.Key.Key_Escape else 20)

    def scan(self, text: str) -> None:
        """Keys as fast as a scanner sends them, however slow this machine is."""
        self.seconds += 1
        for letter in (*text, Qt.Key.Key_Return):
            self.seconds += SCANNER_S
            QTest.keyClick(self.window.window, letter)
        settle(20)


@pytest.fixture
def hands(qapp: object) -> Iterator[Hands]:
    hands = Hands()
    yield hands
    hands.window.close()


def test_a_scan_while_a_button_has_the_focus_presses_nothing(hands: Hands) -> None:
    hands.show("choose")
    hands.press(Qt.Key.Key_Tab)
    hands.scan("2371600000010")
    assert hands.scans == ["2371600000010"]
    assert hands.events == []


def test_a_scan_while_the_counter_asks_for_more_time_is_not_lost(hands: Hands) -> None:
    hands.show("time-warning")
    hands.scan("BZ-00001")
    assert hands.scans == ["BZ-00001"]
    assert hands.events == []


def test_the_whole_visit_goes_by_keyboard(hands: Hands) -> None:
    reached: set[str] = set()
    for name, wanted in (("idle", "library.return"), ("choose", "library.borrow"), ("basket", "finish")):
        hands.show(name)
        for _ in range(12):
            hands.press(Qt.Key.Key_Tab)
            item = hands.window.window.activeFocusItem()
            if item is not None and item.objectName() == wanted:
                hands.press(Qt.Key.Key_Return)
                reached.add(wanted)
                break
    assert reached == {"library.return", "library.borrow", "finish"}
    assert hands.events == [Chosen("library.return"), Chosen("library.borrow"), Done()]


def test_start_over_and_call_staff_are_always_there(hands: Hands) -> None:
    for name in ("choose", "basket", "confirmed", "failed", "reading"):
        hands.show(name)
        hands.events.clear()
        for wanted in ("startOver", "callStaff"):
            for _ in range(12):
                hands.press(Qt.Key.Key_Tab)
                item = hands.window.window.activeFocusItem()
                if item is not None and item.objectName() == wanted:
                    break
            hands.press(Qt.Key.Key_Return)
        assert hands.events == [StartOver(), StaffCalled()], name


def test_events_of_other_threads_arrive_in_order_however_many(qtbot: QtBot) -> None:
    import threading

    heard: list[object] = []
    inbox = Inbox(heard.append)
    sent = [CentralReach(number % 2 == 0) for number in range(5000)]
    thread = threading.Thread(target=lambda: [inbox.post(event) for event in sent])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(heard) >= len(sent), timeout=20_000)
    assert heard == sent
