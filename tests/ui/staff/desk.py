"""A running counter with a clerk and an operator, and hands that sign in and touch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from argon2 import PasswordHasher
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from config.settings import PrinterSettings, ScreenSettings, load_profile
from terminal.staff.account import Role
from terminal.staff.audit import Deed
from terminal.staff.store import StaffStore
from tests.typing_pace import pause_after_ms
from ui.demonstration import Demonstration
from ui.stories.stage import ListeningVoice, Stage, find, settle
from ui.stories.telling import BUDGET_MS

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CLERK, CLERK_PIN = 1, "274951"
OPERATOR, OPERATOR_PIN = 2, "851306"
BEGUN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class StaffHands:
    """A stage, seen from behind the counter."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.demonstration = stage.demonstration
        self.counter = stage.demonstration.counter
        self.window = self.counter.window.window

    @property
    def page(self) -> dict[str, object]:
        return dict(self.counter.staff_model._get_page())

    @property
    def frame(self) -> dict[str, object]:
        return dict(self.counter.staff_model._get_frame())

    @property
    def rows(self) -> list[str]:
        return [row.title for row in self.counter.staff_model._get_rows()._rows]

    def item(self, name: str) -> QQuickItem | None:
        return find(self.window.contentItem(), name)

    def there(self, name: str) -> QQuickItem:
        self.stage.wait_until(f"{name} is there", lambda: self.item(name) is not None)
        item = self.item(name)
        assert item is not None
        return item

    def touch(self, name: str) -> None:
        self.there(name)
        self.stage.touch(name)

    def wait_for_page(self, kind: str) -> None:
        self.stage.wait_until(f"the page {kind}", lambda: self.page["kind"] == kind and self.frame["open"])

    def wait_for_message(self, part: str) -> None:
        self.stage.wait_until(part, lambda: part in str(self.frame["message"]))

    def press_long(self) -> None:
        """The time of day, for as long as staff knows to."""
        door = self.there("staffDoor")
        middle = door.mapToScene(door.boundingRect().center())
        place = QPoint(round(middle.x()), round(middle.y()))
        no_key = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(self.window, Qt.MouseButton.LeftButton, no_key, place)
        self.stage.wait_until("the door opens", lambda: bool(self.frame["open"]))
        QTest.mouseRelease(self.window, Qt.MouseButton.LeftButton, no_key, place)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window, key, modifiers)
        settle(pause_after_ms(key, modifiers))

    def enter_number_and_pin(self, number: int, pin: str) -> None:
        self.there("key-1")
        for digit in str(number):
            self.stage.touch(f"key-{digit}")
        self.stage.touch("accept")
        self.stage.enter_pin(pin)

    def sign_in(self, number: int = CLERK, pin: str = CLERK_PIN) -> None:
        self.press_long()
        self.enter_number_and_pin(number, pin)
        self.stage.wait_until("signed in", lambda: self.frame["member"] != "")
        self.wait_for_page("inbox")

    def deeds(self) -> list[Deed]:
        """The staff record, as another process reads it."""
        store = StaffStore(self.demonstration.data / "terminal", CHEAP)
        try:
            assert store.broken_deeds() == []
            return store.deeds(100)
        finally:
            store.close()

    def acts(self) -> list[str]:
        return [deed.act for deed in self.deeds()]


@contextmanager
def staffed_counter(
    folder: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    profile: str = "library",
    printer: str = "",
    stage_of: type[Stage] = Stage,
) -> Iterator[StaffHands]:
    """A counter of this profile with its centre, a clerk and an operator; ``printer`` is its address,
    ``stage_of`` the hands that work at it."""
    screen = ScreenSettings(width=size[0], height=size[1], full_screen=False, reduced_motion=True)
    shipped = load_profile(profile)
    central = shipped.central.model_copy(update={"budget_ms": BUDGET_MS})
    paper = PrinterSettings(address=printer, width_mm=58)
    settings = shipped.model_copy(update={"screen": screen, "central": central, "printer": paper})
    store = StaffStore(folder / "terminal", CHEAP)
    store.add("王芳", Role.CLERK, CLERK_PIN, BEGUN, "root")
    store.add("李强", Role.OPERATOR, OPERATOR_PIN, BEGUN, "root")
    store.close()
    voice = ListeningVoice()
    demonstration = Demonstration(settings, folder, voice=voice)
    try:
        demonstration.start()
        stage = stage_of(demonstration, "staff", None, voice)
        stage.wait_until_ready()
        stage.wait_until("the centre answers", demonstration.centre_answers)
        camera = demonstration.counter.terminal.camera
        stage.wait_until("the camera", lambda: camera is not None and camera.latest() is not None)
        yield StaffHands(stage)
    finally:
        demonstration.stop()
