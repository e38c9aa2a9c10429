"""How loud, and once more: the public's control of the voice, by finger and by keys, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from config.settings import ScreenSettings, Settings
from terminal.visit.events import Event, SayAgain, VolumeSet
from terminal.visit.states import LOUDEST, USUAL_VOLUME, Counter
from terminal.visit.transitions import step
from terminal.visit.world import World
from tests.typing_pace import pause_after_ms
from ui.gallery import settle
from ui.kiosk_model import KioskModel
from ui.sound_effects import SilentSounds
from ui.specimens import NOON, SERVICES, specimens
from ui.stories.stage import ListeningVoice, find
from ui.texts import Texts
from ui.window import KioskWindow
from ui.window_face import WindowFace

MOST_TABS = 30


class LoudVoice(ListeningVoice):
    """Hears how loud it is, too."""

    def __init__(self) -> None:
        super().__init__()
        self.volume = USUAL_VOLUME

    def set_volume(self, volume: int) -> None:
        self.volume = volume


class Listener:
    """A counter in its window, without devices, and somebody who listens to it."""

    def __init__(self) -> None:
        self.voice = LoudVoice()
        self.told: list[Event] = []
        self.model = KioskModel(self.receive, lambda: datetime(2026, 11, 23, tzinfo=UTC))
        self.settings = Settings(screen=ScreenSettings(full_screen=False, reduced_motion=True))
        self.texts = Texts("zh_CN")
        self.face = WindowFace(self.model, self.settings, SERVICES, self.texts, self.voice, SilentSounds())
        self.counter = Counter(readers=("Desk",))
        self.face.show(self.counter)
        self.model.set_voice(heard=True)
        self.window = KioskWindow(self.model, self.settings.screen, lambda _: None)
        self.face.window = self.window
        self.window.window.requestActivate()
        settle(300)

    def receive(self, event: Event) -> None:
        self.told.append(event)
        world = World(SERVICES, self.settings.visit, "", "", NOON)
        self.counter, _ = step(self.counter, event, world)
        self.face.show(self.counter)
        if isinstance(event, SayAgain | VolumeSet):
            self.face.speak_again()

    def show(self, name: str) -> None:
        self.counter = specimens()[name]
        self.face.show(self.counter)
        settle()

    def item(self, name: str) -> QQuickItem | None:
        return find(self.window.window.contentItem(), name)

    def touch(self, name: str) -> None:
        item = self.item(name)
        assert item is not None, name
        middle = item.mapToScene(item.boundingRect().center())
        place = QPoint(round(middle.x()), round(middle.y()))
        QTest.mouseClick(self.window.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        settle()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.window, key)
        settle(pause_after_ms(key))

    @property
    def focused(self) -> str:
        item = self.window.window.activeFocusItem()
        return item.objectName() if item else ""

    def tab_to(self, name: str) -> None:
        for _ in range(MOST_TABS):
            if self.focused == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no number of Tabs leads to {name}")

    def read(self, name: str) -> str:
        item = self.item(name)
        interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(item)
        return str(interface.text(QAccessible.Text.Name)) if interface else ""


@pytest.fixture
def listener(qapp: object) -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.window.close()
    listener.texts.close()


def test_a_touch_says_everything_on_the_screen_again(listener: Listener) -> None:
    listener.show("choose")
    listener.voice.heard.clear()
    listener.touch("voice")
    screen = listener.model._get_screen()
    assert listener.voice.heard == [screen["title"], *(option["label"] for option in screen["options"])]
    listener.voice.heard.clear()
    listener.touch("sayAgain")
    assert listener.voice.heard[0] == screen["title"]


def test_louder_and_softer_are_heard_at_once_and_end_where_there_is_no_more(listener: Listener) -> None:
    listener.show("choose")
    listener.touch("voice")
    listener.touch("louder")
    assert listener.voice.volume == listener.counter.volume == LOUDEST
    listener.touch("louder")
    assert listener.told[-1] == VolumeSet(LOUDEST)
    for _ in range(LOUDEST):
        listener.touch("softer")
    assert listener.voice.volume == 0
    listener.touch("softer")
    assert listener.told[-1] == VolumeSet(0)


def test_all_of_it_goes_by_keys_and_the_focus_comes_back(listener: Listener) -> None:
    listener.show("choose")
    listener.tab_to("voice")
    listener.press(Qt.Key.Key_Space)
    assert listener.focused == "sayAgain"
    listener.tab_to("louder")
    listener.press(Qt.Key.Key_Return)
    assert listener.counter.volume == LOUDEST
    seen = set()
    for _ in range(8):
        listener.press(Qt.Key.Key_Tab)
        seen.add(listener.focused)
    assert seen == {"softer", "louder", "sayAgain", "voiceClose"}, "what lies below is not reached"
    listener.press(Qt.Key.Key_Escape)
    assert listener.item("voicePanel") is None
    assert listener.focused == "voice"


def test_everything_has_a_name_for_who_cannot_see_it(listener: Listener) -> None:
    assert listener.read("voice") == "声音：再说一遍，调音量"
    listener.touch("voice")
    assert [listener.read(name) for name in ("softer", "louder", "sayAgain", "voiceClose")] == [
        "小声",
        "大声",
        "再说一遍",
        "好了",
    ]


@pytest.mark.parametrize("then", ["basket", "idle"])
def test_the_next_screen_puts_it_away(listener: Listener, then: str) -> None:
    listener.show("choose")
    listener.touch("voice")
    assert listener.item("voicePanel") is not None
    listener.show(then)
    assert listener.item("voicePanel") is None


def test_a_touch_beside_it_puts_it_away_and_presses_nothing(listener: Listener) -> None:
    listener.show("choose")
    listener.touch("voice")
    before = len(listener.told)
    listener.touch("library.borrow")
    assert listener.item("voicePanel") is None
    assert len(listener.told) == before


def test_a_terminal_without_a_voice_shows_that_and_offers_none(listener: Listener) -> None:
    assert listener.item("noVoice") is None
    listener.model.set_voice(heard=False)
    settle()
    assert listener.item("voice") is None
    assert listener.read("noVoice") == "没有语音"
