"""Nobody there: the screen dims at night, rests, wakes, is wiped; in public mode nobody leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from config.settings import NightSettings, ScreenSettings, Settings
from terminal.commands.exit_codes import Exit
from terminal.visit.events import Chosen, Event
from ui.gallery import settle
from ui.guard import Standing, Verdict, judge_key, judge_touch
from ui.kiosk_model import KioskModel
from ui.rest import DRIFT, Repose, drift, is_night, repose
from ui.sound_effects import SilentSounds
from ui.specimens import SERVICES, specimens
from ui.speech.silent import SilentVoice
from ui.stories.stage import find
from ui.texts import Texts
from ui.window import KioskWindow
from ui.window_face import WindowFace

NIGHT = NightSettings(begins=time(21), ends=time(6, 30), brightness=0.5, rest_after_s=300)
MOST_PICTURES = 100
NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
META = Qt.KeyboardModifier.MetaModifier


@dataclass
class House:
    """A window in the middle of the night, whose clock stands until it is moved."""

    public: bool
    hour: time = time(23, 15)
    seconds: float = 1000.0
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.model = KioskModel(self.events.append, self.now)
        screen = ScreenSettings(
            width=1280, height=800, full_screen=False, reduced_motion=True, public=self.public
        )
        settings = Settings(screen=screen)
        self.texts = Texts("zh_CN")
        self.face = WindowFace(self.model, settings, SERVICES, self.texts, SilentVoice(), SilentSounds())
        self.face.show(specimens()["idle"])
        self.kiosk = KioskWindow(
            self.model, screen, lambda _: None, night=NIGHT, monotonic=lambda: self.seconds
        )
        self.kiosk.window.requestActivate()
        settle(600)
        self._come_to_rest()

    def _come_to_rest(self) -> None:
        """The first screen appears slowly on a busy machine: two pictures alike, and it is there."""
        before = self.kiosk.photograph()
        for _ in range(MOST_PICTURES):
            settle()
            now = self.kiosk.photograph()
            if now == before:
                return
            before = now

    def now(self) -> datetime:
        return datetime.combine(datetime(2026, 11, 23, tzinfo=UTC), self.hour, UTC)

    def pass_seconds(self, seconds: float) -> None:
        self.seconds += seconds
        self.kiosk.house.look()
        if self.kiosk.house._counting.isActive():
            self.kiosk.house._count()
        settle()

    def touch(self, name: str) -> None:
        item = find(self.kiosk.window.contentItem(), name)
        assert item is not None
        place = item.mapToScene(item.boundingRect().center())
        at = QPoint(round(place.x()), round(place.y()))
        QTest.mouseClick(self.kiosk.window, Qt.MouseButton.LeftButton, NO_KEYS, at)
        settle()

    def light(self) -> float:
        """How much light the window gives, 0 to 1: the mean of a grid of points."""
        picture = self.kiosk.photograph()
        points = [
            QColor(picture.pixel(x, y)).lightnessF()
            for x in range(20, picture.width(), 40)
            for y in range(20, picture.height(), 40)
        ]
        return sum(points) / len(points)

    def close(self) -> None:
        self.kiosk.close()
        self.texts.close()


@pytest.fixture
def house(qapp: object, request: pytest.FixtureRequest) -> Iterator[House]:
    house = House(public=getattr(request, "param", False))
    yield house
    house.close()


def test_a_night_goes_over_midnight() -> None:
    assert [is_night(time(hour), NIGHT) for hour in (20, 21, 23, 0, 6, 7, 12)] == [
        *(False, True, True, True, True, False, False)
    ]
    siesta = NightSettings(begins=time(13), ends=time(14))
    assert [is_night(time(hour), siesta) for hour in (12, 13, 14)] == [False, True, False]
    never = NightSettings(begins=time(0), ends=time(0))
    assert not any(is_night(time(hour), never) for hour in range(24))


def test_by_day_it_never_dims_and_at_night_only_when_nobody_is_there() -> None:
    assert repose(time(12), 100_000, NIGHT) == Repose(step=1666)
    assert repose(time(23), 29.9, NIGHT) == Repose()
    assert repose(time(23), 30, NIGHT) == Repose(shade=0.5)
    assert repose(time(23), 300, NIGHT) == Repose(shade=0.5, resting=True, step=5)


def test_nothing_of_a_waiting_screen_stays_in_one_place() -> None:
    assert len(set(DRIFT)) == len(DRIFT)
    assert drift(0) == (0, 0), "whoever is served sees it in its place"
    assert all(drift(step) != drift(step + 1) for step in range(100))
    assert max(abs(value) for place in DRIFT for value in place) <= 4


def test_the_night_is_dark_and_a_touch_wakes_it_and_presses_nothing(house: House) -> None:
    bright = house.light()
    house.pass_seconds(60)
    dimmed = house.light()
    assert 0.4 * bright < dimmed < 0.6 * bright
    house.pass_seconds(300)
    assert house.light() < 0.05
    before = find(house.kiosk.window.contentItem(), "restingHint")
    assert before is not None
    place = (before.x(), before.y())
    house.pass_seconds(60)
    assert (before.x(), before.y()) != place, "it would be burnt in"
    house.touch("library.return")
    assert house.light() == pytest.approx(bright, abs=0.01)
    assert house.events == [], "the touch that wakes presses nothing"
    house.touch("library.return")
    assert house.events == [Chosen("library.return")]


def test_a_key_and_a_card_wake_it_too(house: House) -> None:
    bright = house.light()
    house.pass_seconds(400)
    QTest.keyClick(house.kiosk.window, Qt.Key.Key_Tab)
    settle()
    assert house.light() == pytest.approx(bright, abs=0.01)
    house.pass_seconds(400)
    assert house.light() < 0.05
    house.face.show(specimens()["reading"])
    settle()
    assert house.light() > 0.2


def test_whoever_is_served_is_never_dimmed(house: House) -> None:
    house.face.show(specimens()["basket"])
    settle()
    bright = house.light()
    house.pass_seconds(4000)
    assert house.light() == pytest.approx(bright, abs=0.01)


def test_staff_wipe_the_screen_for_half_a_minute(house: House) -> None:
    house.touch("callStaff")
    assert len(house.events) == 1
    QTest.keyClick(house.kiosk.window, Qt.Key.Key_C, CONTROL | ALT)
    settle()
    item = find(house.kiosk.window.contentItem(), "secondsLeft")
    assert item is not None
    assert item.property("text") == "30"
    house.pass_seconds(11)
    assert item.property("text") == "19"
    house.touch("callStaff")
    QTest.keyClick(house.kiosk.window, Qt.Key.Key_Return)
    assert len(house.events) == 1, "nothing gets through"
    house.pass_seconds(20)
    assert find(house.kiosk.window.contentItem(), "secondsLeft") is None
    house.touch("callStaff")
    assert len(house.events) == 2


def test_a_card_does_not_wait_until_the_screen_is_dry(house: House) -> None:
    house.kiosk.house.startCleaning()
    settle()
    house.face.show(specimens()["reading"])
    settle()
    assert find(house.kiosk.window.contentItem(), "secondsLeft") is None
    house.kiosk.house.startCleaning()
    assert find(house.kiosk.window.contentItem(), "secondsLeft") is None, "nobody is interrupted"


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F4, ALT),
        (Qt.Key.Key_Tab, ALT),
        (Qt.Key.Key_Q, CONTROL),
        (Qt.Key.Key_W, CONTROL),
        (Qt.Key.Key_D, META),
        (Qt.Key.Key_Meta, META),
        (Qt.Key.Key_Escape, CONTROL | ALT),
        (Qt.Key.Key_F1, NO_KEYS),
        (Qt.Key.Key_F11, NO_KEYS),
        (Qt.Key.Key_Menu, NO_KEYS),
        (Qt.Key.Key_PowerOff, NO_KEYS),
        (Qt.Key.Key_Print, NO_KEYS),
        (Qt.Key.Key_Back, NO_KEYS),
    ],
)
def test_no_key_of_a_window_or_a_desktop_gets_through_in_public(
    key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    assert judge_key(key, held, Standing(public=True)) is Verdict.DROP
    assert judge_key(key, held, Standing(public=False)) is Verdict.PASS


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_7, Qt.Key.Key_A]
)
def test_keys_of_a_visit_get_through_in_public(key: Qt.Key) -> None:
    assert judge_key(key, NO_KEYS, Standing(public=True)) is Verdict.PASS
    assert judge_touch(Standing(public=True)) is Verdict.PASS


@pytest.mark.parametrize("house", [True], indirect=True)
def test_a_public_window_does_not_close_until_the_staff_say_so(house: House) -> None:
    window = house.kiosk.window
    assert window.flags() & Qt.WindowType.FramelessWindowHint
    assert window.cursor().shape() == Qt.CursorShape.BlankCursor
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F4, ALT)
        assert not window.close()
        QGuiApplication.sendEvent(window, QEvent(QEvent.Type.Close))
    assert window.isVisible()
    QTimer.singleShot(0, house.kiosk.guard.leave)
    assert QGuiApplication.exec() == Exit.LEFT
    assert window.close()
