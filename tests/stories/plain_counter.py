"""A whole counter without a window: the real terminal on one thread, a real centre in a process of its own.

Cards lie in a reader in process and are proved by the centre's module; everything between the reader and the
centre's database is as in the field.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select

from central.database import Database
from central.server import administer
from config.clock import Clock, running_from, utc_now
from config.settings import CentralSettings, ReaderSettings, Settings, VisitSettings
from domain.codes.code import CopyBarcode, ECardToken
from drivers.central.wallet import WalletClient
from drivers.codes.code_seen import CodeSeen
from drivers.events import DeviceEvent
from drivers.pcsc.readers import Readers
from drivers.virtual.card import VirtualCard
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.in_process_reader import InProcessReader
from drivers.virtual.personas import ANSWER_TIMES
from drivers.virtual.social_security_card import DEMONSTRATION_PIN
from terminal.app.composition import Terminal
from terminal.app.embedded import EmbeddedCentral
from terminal.journal.opening import journal_directory
from terminal.journal.reading import reading
from terminal.journal.record import Entry
from terminal.provisioning.access import CentralAccess, new_secret, to_embedded
from terminal.visit.events import Chosen, Event, PinTyped, StartOver, Typed
from terminal.visit.states import (
    Checking,
    ChoosingService,
    Counter,
    Failed,
    Finished,
    Identifying,
    Idle,
    Reading,
    Serving,
    Stage,
)
from terminal.visit.steps import Certainty, Finish, Look, ServiceSet, Step, Submit, Text
from tests.cities import ZONE, card_of

PATIENCE_S = 25.0
NOON = datetime(2026, 12, 2, 12, 0, tzinfo=ZONE)
"""A Wednesday. Counter, centre and phones go by a clock that begins at a test's own moment."""
LOOK_S = 0.05


class HearingFace:
    """Nobody looks; the last state and what is offered are remembered."""

    def __init__(self) -> None:
        self.offered: list[str] = []
        self.sounds: list[str] = []

    def show(self, counter: Counter) -> None: ...

    def offers(self, services: ServiceSet) -> None:
        self.offered = [service.id for service in services.services]

    def say(self, text: Text) -> str:
        return text.id

    def speak(self, text: Text) -> None: ...

    def speak_again(self) -> None: ...

    def play(self, sound: str) -> None:
        self.sounds.append(sound)

    def forget(self) -> None: ...


class CounterOfACity:
    """A terminal with its data in ``directory``/terminal, and ``access`` to whatever centre there is."""

    def __init__(
        self, directory: Path, access: CentralAccess, settings: Settings, now: Clock = utc_now
    ) -> None:
        self.directory = directory
        self.now = now
        self.access = access
        self.face = HearingFace()
        self._posted: queue.SimpleQueue[Event | DeviceEvent] = queue.SimpleQueue()
        self._reader: InProcessReader | None = None
        self.terminal = Terminal(
            settings, directory / "terminal", access, self.face, self._posted.put, self._readers, now
        )

    def _readers(self, post: Callable[[Any], None]) -> Readers:
        self._reader = InProcessReader(post)
        return self._reader

    @property
    def stage(self) -> Stage:
        return self.terminal.kiosk.counter.stage

    def until(self, what: str, true: Callable[[], bool]) -> None:
        """Hands events over until it comes true, and looks again where nobody posts anything."""
        deadline = time.monotonic() + PATIENCE_S
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: {self.stage}")
            try:
                self._receive(self._posted.get(timeout=LOOK_S))
            except queue.Empty:
                continue

    def _receive(self, event: Event | DeviceEvent) -> None:
        self.terminal.kiosk.receive(event)  # type: ignore[arg-type]

    def do(self, event: Event) -> None:
        self._receive(event)

    def lay(self, persona: str) -> None:
        """Lays a card on the reader and waits until its holder may choose, or is served at once."""
        assert self._reader is not None
        self._reader.slot.insert(card_of(persona, ANSWER_TIMES["instant"]))
        self.until("a card is read", lambda: isinstance(self.stage, ChoosingService | Failed | Finished))

    def lay_card(self, card: VirtualCard) -> None:
        """Any card, as ``lay``."""
        assert self._reader is not None
        self._reader.slot.insert(card)
        self.until("a card is read", lambda: isinstance(self.stage, ChoosingService | Failed | Finished))

    def lay_blank(self, card: VirtualCard, disturbance: Disturbance | None = None) -> Step | Stage:
        """A card to be written, where a service waits for it."""
        assert self._reader is not None
        self._reader.slot.remove()
        before = self.stage
        self._reader.slot.insert(card, disturbance)
        self.until("it was tried", lambda: settled(self.stage) and self.stage != before)
        return self.settled()

    def lay_at_door(self, persona: str) -> None:
        """Lays a card where one service is offered and asks something."""
        assert self._reader is not None
        self._reader.slot.insert(card_of(persona, ANSWER_TIMES["instant"]))
        self.until("a card is served", lambda: isinstance(self.stage, Serving) and settled(self.stage))

    def scan(self, barcode: str) -> Step | Stage:
        self.do(CodeSeen(0.0, "scanner", "Code128", CopyBarcode(barcode)))
        return self.settled()

    def lay_another(self, persona: str) -> None:
        """One more person's card, while a service waits for it."""
        assert self._reader is not None
        self._reader.slot.remove()
        before = self.stage
        self._reader.slot.insert(card_of(persona, ANSWER_TIMES["instant"]))
        self.until("another card is read", lambda: settled(self.stage) and self.stage != before)

    def take_away(self) -> None:
        assert self._reader is not None
        self._reader.slot.remove()
        if not isinstance(self.stage, Idle):
            self.do(StartOver())
        assert isinstance(self.stage, Idle)

    def show_phone(self, persona: str) -> None:
        token = WalletClient(self.access.url).token(persona)
        self.do(CodeSeen(0.0, "camera", "QRCode", ECardToken(token)))
        self.until("a code is known", lambda: isinstance(self.stage, ChoosingService | Failed | Finished))

    def choose(self, option: str) -> Step | Stage:
        self.do(Chosen(option))
        return self.settled()

    def type(self, field: str, value: str) -> Step | Stage:
        self.do(Typed(((field, value),)))
        return self.settled()

    def pin(self, pin: str = DEMONSTRATION_PIN) -> Step | Stage:
        before = self.stage
        self.do(PinTyped(pin))
        self.until("the PIN was checked", lambda: self.stage != before)
        self.until("it goes on after the PIN", lambda: settled(self.stage) and not self._checking())
        return self.settled()

    def _checking(self) -> bool:
        return isinstance(self.stage, Serving) and self.stage.facts.pin.value == "checking"

    def settled(self) -> Step | Stage:
        """The step a person sees once nothing is being waited for; other stages as they are."""
        self.until("something to do", lambda: settled(self.stage))
        if isinstance(self.stage, Serving):
            return self.stage.step
        return self.stage.result if isinstance(self.stage, Finished) else self.stage

    def result(self) -> Finish:
        found = self.settled()
        assert isinstance(found, Finish), found
        return found

    def refused_for(self) -> str:
        """The fault code of a refusal on the screen."""
        stage = self.stage
        return stage.code if isinstance(stage, Failed) else self._ended(Certainty.REFUSED)

    def nothing_to_do_for(self) -> str:
        """The fault code of an end on the screen that is neither done nor refused."""
        return self._ended(Certainty.NEUTRAL)

    def _ended(self, certainty: Certainty) -> str:
        found = self.result()
        assert found.certainty is certainty, found
        assert found.reason is not None
        return found.reason.id.removeprefix("fault.")

    def entries(self) -> list[Entry]:
        """The journal, oldest first."""
        with reading(journal_directory(self.directory / "terminal")) as journal:
            return list(journal.entries(newest=1000))

    def stop(self) -> None:
        self.terminal.stop()


class PlainCounter(CounterOfACity):
    """``directory`` holds the terminal's data and the centre's. ``services`` are a profile's."""

    def __init__(
        self,
        directory: Path,
        central: EmbeddedCentral,
        access: CentralAccess,
        services: tuple[str, ...],
        now: Clock,
    ) -> None:
        self.central = central
        settings = Settings(
            terminal="BZ-TST-0001",
            services=services,
            readers=ReaderSettings(central_hsm=True),
            central=CentralSettings(url=central.url, budget_ms=4000),
            visit=VisitSettings(result_ms=120_000),
        )
        super().__init__(directory, access, settings, now)

    def rows(self, query: Select[Any]) -> list[Row[Any]]:
        """What the centre's database holds."""
        database = Database(self.database_url)
        try:
            with database.read() as connection:
                return list(connection.execute(query))
        finally:
            database.close()

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.directory / 'central' / 'central.db'}"

    def order(self, order: str, *words: str) -> list[str]:
        """An administrator's order, on the centre's machine and in another process than its own."""
        return administer(self.database_url, self.central.authority_file.parent, order, words, self.now)


def settled(stage: Stage) -> bool:
    """Whether somebody is asked or told something, and nothing is on its way."""
    if isinstance(stage, Reading | Checking | Identifying):
        return False
    return not (isinstance(stage, Serving) and isinstance(stage.step, Look | Submit))


@contextmanager
def plain_counter(directory: Path, *services: str, at: datetime = NOON) -> Iterator[PlainCounter]:
    secret, now = new_secret(), running_from(at)
    central = EmbeddedCentral(directory / "central", demonstration=True, secret=secret, clock=now)
    central.start()
    access = to_embedded(central.url, secret, central.authority_file)
    wait_for_health(access)
    counter = PlainCounter(directory, central, access, services, now)
    counter.terminal.start()
    try:
        counter.until("the centre is reached", lambda: bool(counter.terminal.kiosk.counter.readers))
        yield counter
    finally:
        counter.stop()
        central.stop()


def wait_for_health(access: CentralAccess) -> None:
    """A centre that has just been started answers as soon as it can."""
    access.client().health(20_000)
