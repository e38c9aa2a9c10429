"""From a card at a bus validator to green: read, looked up among 40,000 blocked cards, priced, journalled.

The whole terminal runs, with no centre in reach and no window: a real pcscd, the reader's thread, the visit,
the fare desk, the journal with its fsync. A tap is a card's arrival; it ends when the result is what the
screen shows. Each tap is another card. The software's own share is the whole time less the card's answers.
"""

from __future__ import annotations

import hashlib
import queue
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.figure import Figure, Timings, figure
from config.personas import Persona
from config.settings import ReaderSettings, Settings, load_profile
from config.transport_cards import TransportCard
from drivers.central.client import plain_session
from drivers.events import DeviceEvent
from drivers.pcsc.events import CardArrived
from drivers.virtual.answer_times import CONTACT_38400, CONTACTLESS, AnswerTimes
from drivers.virtual.card import VirtualCard
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.social_security_card import Make, VirtualSocialSecurityCard
from drivers.virtual.t_union_card import VirtualTUnionCard
from drivers.virtual.vpcd_slot import VpcdSlot
from terminal.app.composition import Terminal
from terminal.identification.hotlist.store import Delta
from terminal.provisioning.access import CentralAccess
from terminal.visit.events import Event, StartOver
from terminal.visit.states import Counter, Finished
from terminal.visit.steps import Certainty, ServiceSet, Text
from tests.cities import personas, transport_cards

TAPS, WARM_UP = 120, 10
BLOCKED = 40_000
NOWHERE = "http://127.0.0.1:9"
PATIENCE_S = 20.0
CHANGE_S = 0.9


class Deck:
    """Cards one after the other in one slot; the chip's reset brings the next. Counts its answer times."""

    def __init__(self, first: VirtualCard) -> None:
        self._atr = first.power_on()
        self.card = first
        self.answer_ms = 0.0

    def power_on(self) -> bytes:
        self.card.power_on()
        return self._atr

    def power_off(self) -> None:
        self.card.power_off()

    def exchange(self, command: bytes) -> bytes:
        answer = self.card.exchange(command)
        self.answer_ms += self.card.answer_time_ms(command, answer)
        return answer

    def answer_time_ms(self, command: bytes, answer: bytes) -> float:
        return self.card.answer_time_ms(command, answer)


class NoFace:
    """A face without a screen; ``counter`` is the state it would show."""

    def __init__(self) -> None:
        self.counter = Counter()

    def show(self, counter: Counter) -> None:
        self.counter = counter

    def offers(self, services: ServiceSet) -> None: ...

    def say(self, text: Text) -> str:
        return text.id

    def speak(self, text: Text) -> None: ...

    def speak_again(self) -> None: ...

    def play(self, sound: str) -> None: ...

    def forget(self) -> None: ...


def run() -> dict[str, Figure]:
    """All figures, in about a minute."""
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as directory:
        daemon = PcscDaemon(Path(directory), "Bench")
        daemon.use()
        daemon.start()
        try:
            reader, port = next(iter(daemon.ports.items()))
            slot = VpcdSlot(port, change_s=CHANGE_S)
            for name, make in KINDS.items():
                figures |= taps(slot, reader, Path(directory) / name.replace(" ", "-"), name, make)
        finally:
            daemon.stop()
    return figures


def taps(
    slot: VpcdSlot, reader: str, data: Path, name: str, make: Callable[[int], VirtualCard]
) -> dict[str, Figure]:
    whole, own, card = Timings(), Timings(), Timings()
    deck = Deck(make(0))
    with validator(data, reader) as (terminal, face, events):
        slot.insert(deck)
        try:
            arrived(terminal, face, events)
            for number in range(1, TAPS + WARM_UP):
                terminal.kiosk.receive(StartOver())
                deck.card, deck.answer_ms = make(number), 0.0
                began = time.perf_counter()
                terminal.kiosk.receive(CardArrived(time.monotonic() * 1000, reader))
                green(terminal, face, events)
                elapsed = (time.perf_counter() - began) * 1000
                if number >= WARM_UP:
                    whole.add(elapsed)
                    own.add(elapsed - deck.answer_ms)
                    card.add(deck.answer_ms)
        finally:
            slot.remove()
    title = f"bus tap to decision, {name}"
    told = {f"{title}, p{at}": figure(whole.at(at), "ms") for at in (50, 95, 99)}
    share = {f"{title}, own share, p{at}": figure(own.at(at), "ms") for at in (50, 95, 99)}
    return told | share | {f"{title}, card's share": figure(card.at(50), "ms")}


@contextmanager
def validator(
    data: Path, reader: str
) -> Iterator[tuple[Terminal, NoFace, queue.SimpleQueue[Event | DeviceEvent]]]:
    """A bus terminal without screen, camera and centre, and what is posted to it."""
    settings: Settings = load_profile("bus")
    settings = settings.model_copy(
        update={
            "readers": ReaderSettings(cards=reader),
            "camera": settings.camera.model_copy(update={"source": ""}),
        }
    )
    events: queue.SimpleQueue[Event | DeviceEvent] = queue.SimpleQueue()
    face = NoFace()
    access = CentralAccess(NOWHERE, plain_session, lambda: None)
    terminal = Terminal(settings, data, access, face, events.put)
    blocked = tuple(hashlib.sha256(str(number).encode()).digest()[:16] for number in range(BLOCKED))
    terminal.control.hotlist.apply(Delta(0, 1, blocked, ()), terminal.clock.now())
    terminal.start()
    try:
        yield terminal, face, events
    finally:
        terminal.stop()


def arrived(terminal: Terminal, face: NoFace, events: queue.SimpleQueue[Event | DeviceEvent]) -> None:
    """The first card, from the reader's own notice of it."""
    deadline = time.monotonic() + PATIENCE_S
    while not isinstance(face.counter.stage, Finished):
        terminal.kiosk.receive(events.get(timeout=deadline - time.monotonic()))  # type: ignore[arg-type]


def green(terminal: Terminal, face: NoFace, events: queue.SimpleQueue[Event | DeviceEvent]) -> None:
    """Until the result is shown. Raises ``RuntimeError`` for anything but a ride."""
    while not isinstance(face.counter.stage, Finished):
        terminal.kiosk.receive(events.get(timeout=PATIENCE_S))  # type: ignore[arg-type]
    stage = face.counter.stage
    if stage.result.certainty is not Certainty.CONFIRMED or not stage.facts.lines:
        raise RuntimeError(f"no ride: {stage.result.headline.id}")


def social_security(number: int, times: AnswerTimes, *, contactless: bool) -> VirtualCard:
    person: Persona = personas()["rider" if contactless else "liu-zhiyong"]
    code = person.identification_code[:18] + f"{number:06X}" + person.identification_code[24:]
    holder = person.model_copy(update={"identification_code": code})
    return VirtualSocialSecurityCard(holder, replace(Make(), contactless=contactless, times=times))


def t_union(number: int) -> VirtualCard:
    card: TransportCard = transport_cards()["transport-card"]
    serial = f"{card.number[:8]}{number:011d}"
    return VirtualTUnionCard(card.model_copy(update={"number": serial}), CONTACTLESS)


KINDS: Mapping[str, Callable[[int], VirtualCard]] = {
    "contactless card": lambda number: social_security(number, CONTACTLESS, contactless=True),
    "contact card": lambda number: social_security(number, CONTACT_38400, contactless=False),
    "transport card": t_union,
}

if __name__ == "__main__":
    for title, row in run().items():
        print(f"{title:60} {row['value']:>8} {row['unit']}")
