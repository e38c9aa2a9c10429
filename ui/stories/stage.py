"""Driver of a story: a demonstration, a hand that touches, eyes that wait and photograph."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import JsonValue
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from domain.masking import mask_name
from domain.messages.contract import IdentificationRequest, Question, SocialSecurityCardPresented, TrustLevel
from drivers.vehicle.position_feed import VehiclePosition
from drivers.virtual.vehicle import VirtualVehicle
from terminal.journal.opening import journal_directory
from terminal.journal.reading import PENDING, reading
from ui.demonstration import Demonstration

PATIENCE_MS = 25_000
LOOK_MS = 5
ELSEWHERE = "STORY-0001"


class StoryFailed(Exception):
    """A story failed; names the place."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step and how long it took, from the hand's movement to the screen."""

    name: str
    ms: float


class ListeningVoice:
    """An ear in the place of a loudspeaker: what a counter says is heard by its story."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def say(self, sentence: str, language: str) -> None:
        self.heard.append(sentence)

    def cancel(self) -> None: ...

    def set_volume(self, volume: int) -> None: ...


class Stage:
    """``pictures`` is where photographs go; None takes none. ``voice`` is what the counter speaks with.
    ``killing``: before each step the centre is killed and started again."""

    def __init__(
        self,
        demonstration: Demonstration,
        story: str,
        pictures: Path | None,
        voice: ListeningVoice,
        *,
        killing: bool = False,
        vehicle: VirtualVehicle | None = None,
    ) -> None:
        self.demonstration = demonstration
        self._vehicle = vehicle
        self.told: list[Told] = []
        self._story = story
        self._pictures = pictures
        self._voice = voice
        self._killing = killing
        self._model = demonstration.counter.model

    @property
    def killing(self) -> bool:
        """Whether the centre is killed before every step as it is."""
        return self._killing

    @property
    def screen(self) -> dict[str, Any]:
        """Present content of the window."""
        return dict(self._model._get_screen())

    @property
    def frame(self) -> dict[str, Any]:
        """Present frame of the screen."""
        return dict(self._model._get_frame())

    @property
    def spoken(self) -> list[str]:
        """Every sentence the counter has spoken so far."""
        return self._voice.heard

    def step(self, name: str, act: Callable[[], object], seen: Callable[[dict[str, Any]], bool]) -> None:
        """Acts, waits until the screen shows what is expected, notes the time, takes a photograph."""
        if self._killing and self.demonstration.has_centre:
            self.kill_and_restart_centre()
        began = time.monotonic()
        act()
        self.wait_for(name, seen)
        self.told.append(Told(name, round((time.monotonic() - began) * 1000, 1)))
        self.photograph(name)

    def wait_for(self, name: str, seen: Callable[[dict[str, Any]], bool]) -> None:
        """Raises ``StoryFailed`` when the screen does not come."""
        try:
            self.wait_until(name, lambda: seen(self.screen))
        except StoryFailed:
            shown = self.screen
            raise StoryFailed(f"{name}: the screen shows {shown.get('kind')}: {shown.get('title')}") from None

    def wait_until(self, name: str, true: Callable[[], bool]) -> None:
        """Raises ``StoryFailed`` when it does not come true."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        loop = QEventLoop()
        look = QTimer()
        look.setInterval(LOOK_MS)
        look.timeout.connect(lambda: loop.quit() if true() or late() else None)

        def late() -> bool:
            return time.monotonic() > deadline

        look.start()
        loop.exec()
        look.stop()
        if not true():
            raise StoryFailed(f"{name}: it did not come true")

    def kill_and_restart_centre(self) -> None:
        """As a crash ends it (SIGKILL), and again at the same address; waits until the two are in touch."""
        self.demonstration.lose_centre()
        self.regain_centre()

    def regain_centre(self) -> None:
        """The centre is back; waits until the two are in touch and everything was delivered."""
        self.demonstration.regain_centre()
        self.wait_until("the centre answers again", self.demonstration.centre_answers)
        self.wait_until("in touch again", lambda: self.demonstration.counter.terminal.kiosk.counter.online)
        self.wait_until("everything is delivered", lambda: self.pending() == 0)

    def touch(self, name: str) -> None:
        """Touches the middle of the control with this name. Raises ``StoryFailed`` when there is none."""
        window = self.demonstration.counter.window.window
        item = find(window.contentItem(), name)
        if item is None:
            raise StoryFailed(f"there is nothing to touch called {name}")
        middle = item.mapToScene(item.boundingRect().center())
        place = QPoint(round(middle.x()), round(middle.y()))
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def enter_pin(self, pin: str) -> None:
        """Touches the keys of a PIN and hands it over."""
        for digit in pin:
            self.touch(f"key-{digit}")
        self.touch("accept")

    def type_in(self, characters: str) -> None:
        """Touches the keys of a form and accepts it."""
        for character in characters:
            self.touch(f"key-{character}")
        self.touch("accept")

    def masked(self, persona: str) -> str:
        """How the counter shows this person's name."""
        return mask_name(self.demonstration.city.personas[persona].full_name)

    def barcode(self, book: str) -> str:
        """The label of a copy of the city's shelf."""
        return self.demonstration.city.barcode(book)

    def pending(self) -> int:
        """How many records of the journal the centre does not have yet."""
        with reading(journal_directory(self.demonstration.data / "terminal")) as journal:
            return sum(1 for _ in journal.entries(PENDING))

    def wait_until_ready(self) -> None:
        """The idle screen is there, its reader and its camera too."""
        self.wait_for("ready", lambda screen: screen.get("kind") == "idle")
        self.wait_for(
            "reader ready", lambda _: self.demonstration.counter.terminal.kiosk.counter.readers != ()
        )

    def home(self) -> None:
        """Everything taken away and the counter free for the next."""
        self.demonstration.take_away()
        if self.screen["kind"] != "idle":
            self.touch("startOver")
        self.wait_for("idle again", lambda screen: screen["kind"] == "idle")

    def journalled(self, *expected: tuple[str, str]) -> None:
        """The newest records of the journal are these (action, standing). Raises ``StoryFailed``."""
        with reading(journal_directory(self.demonstration.data / "terminal")) as journal:
            entries = list(journal.entries(newest=len(expected)))
        found = tuple((entry.action, entry.standing.value) for entry in entries)
        if found != expected:
            raise StoryFailed(f"the journal holds {found}, not {expected}")

    def centre_knows(self, persona: str) -> dict[str, JsonValue]:
        """The library's data of this person at the centre, asked as another terminal would."""
        person = self.demonstration.city.personas[persona]
        holder = self.demonstration.access.client().identify(
            IdentificationRequest(
                terminal=ELSEWHERE,
                trust=TrustLevel.READ,
                credential=SocialSecurityCardPresented(
                    card_number=person.card_number, identification_code=person.identification_code
                ),
                services=("library",),
            ),
            PATIENCE_MS,
        )
        return holder.services["library"]

    def ask_centre(self, persona: str, service: str, question: str) -> dict[str, JsonValue]:
        """A department's answer about this person, asked as another terminal would."""
        person = self.demonstration.city.personas[persona]
        client = self.demonstration.access.client()
        credential = SocialSecurityCardPresented(
            card_number=person.card_number, identification_code=person.identification_code
        )
        holder = client.identify(
            IdentificationRequest(terminal=ELSEWHERE, trust=TrustLevel.READ, credential=credential),
            PATIENCE_MS,
        )
        asked = Question(terminal=ELSEWHERE, subject=holder.subject, service=service, name=question)
        return client.ask(asked, PATIENCE_MS).data

    def drive_to(self, line: str, stop: str) -> None:
        """The vehicle drives on, and its validator has heard so. Raises ``StoryFailed``."""
        if self._vehicle is None:
            raise StoryFailed("this story is told in no vehicle")
        self._vehicle.drive_to(line, stop)
        feed = self.demonstration.counter.terminal.position
        here = VehiclePosition(line, stop)
        self.wait_until(f"at {stop}", lambda: feed is not None and feed.position == here)

    def photograph(self, name: str) -> None:
        """Keeps what the window shows."""
        if self._pictures is None:
            return
        settle()
        self._pictures.mkdir(parents=True, exist_ok=True)
        file = f"{self._story}-{len(self.told):02}-{name.replace(' ', '-')}.png"
        self.demonstration.counter.window.photograph().save(str(self._pictures / file))


def settle(ms: int = 400) -> None:
    """Lets a screen come to rest before it is photographed."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def find(item: QQuickItem, name: str) -> QQuickItem | None:
    """The visible item of this name, wherever it stands."""
    for child in item.childItems():
        if not child.isVisible():
            continue
        if child.objectName() == name:
            return child
        found = find(child, name)
        if found is not None:
            return found
    return None
