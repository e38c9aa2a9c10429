"""From a card in the reader to a credential in hand, over a real pcscd, beside a bare pyscard loop.

Both sides speak to the same virtual card in the same slot, turn by turn. The peer connects with
pyscard's own connection class, sends the raw commands that were recorded from our reading, GET RESPONSE
included, and understands nothing. What lies between the two is our transaction and our parsing.
The software's own share is the whole time less the card's answer times.
"""

from __future__ import annotations

import queue
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from smartcard.scard import SCARD_RESET_CARD
from smartcard.System import readers as attached_readers

from benchmarks.figure import Figure, Timings, figure, timed
from drivers.cards.atr import is_contactless
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import PsamAuthenticator
from drivers.cards.connection import Connection, Response
from drivers.cards.psam import PsamKeys
from drivers.cards.social_security import SocialSecurityCardFiles, read_card, read_identity
from drivers.events import DeviceEvent
from drivers.pcsc import chaining
from drivers.pcsc.connection import open_card
from drivers.pcsc.events import CardArrived, CardGone
from drivers.pcsc.monitor import PcscMonitor
from drivers.virtual.answer_times import CONTACT_38400, CONTACTLESS, INSTANT, AnswerTimes
from drivers.virtual.card import VirtualCard
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.personas import make_of
from drivers.virtual.social_security_card import Make, VirtualSocialSecurityCard
from drivers.virtual.vpcd_slot import VpcdSlot
from tests.cities import PsamMake, VirtualPsam, personas

ROUNDS = {"instant": 200, "contactless": 60, "contact": 30}
WARM_UP = 5


class RecordedCard(VirtualSocialSecurityCard):
    """Remembers what it was asked, and how long answering took by its own profile, since ``forget``."""

    def __init__(self, make: Make) -> None:
        super().__init__(personas()["liu-zhiyong"], make)
        self.forget()

    def forget(self) -> None:
        self.commands: list[bytes] = []
        self.answer_ms = 0.0

    def exchange(self, command: bytes) -> bytes:
        answer = super().exchange(command)
        self.commands.append(command)
        self.answer_ms += self.answer_time_ms(command, answer)
        return answer


def run() -> dict[str, Figure]:
    """All figures, in about twenty seconds."""
    figures = in_process()
    with tempfile.TemporaryDirectory() as directory, private_daemon(Path(directory)) as daemon:
        for profile, times in (
            ("instant", INSTANT),
            ("contactless", CONTACTLESS),
            ("contact", CONTACT_38400),
        ):
            figures |= over_pcsc(daemon, profile, times)
        for person in ("liu-zhiyong", "closed-holder-file"):
            figures |= with_psam(daemon, person)
    return figures


@contextmanager
def private_daemon(directory: Path) -> Iterator[PcscDaemon]:
    daemon = PcscDaemon(directory, "Bench")
    daemon.use()
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()


def over_pcsc(daemon: PcscDaemon, profile: str, times: AnswerTimes) -> dict[str, Figure]:
    make = Make(contactless=profile == "contactless", times=times)
    card, (reader, port) = RecordedCard(make), next(iter(daemon.ports.items()))
    slot = VpcdSlot(port)
    with card_in_slot(slot, card, reader):
        ours, card_ms = Timings(), 0.0
        bare = Timings()
        for round_number in range(-WARM_UP, ROUNDS[profile]):
            card.forget()
            elapsed = our_reading(reader)
            commands, card_ms = tuple(card.commands), card.answer_ms
            peer = bare_loop(reader, commands)
            if round_number >= 0:
                ours.add(elapsed)
                bare.add(peer)
    name = f"tap to credential, {profile} card"
    return {
        f"{name}, p50": figure(ours.at(50), "ms", {"bare pyscard loop": bare.at(50)}),
        f"{name}, p95": figure(ours.at(95), "ms", {"bare pyscard loop": bare.at(95)}),
        f"{name}, software's own share, p95": figure(
            ours.at(95) - card_ms, "ms", {"bare pyscard loop": bare.at(95) - card_ms}
        ),
        f"{name}, card's own share": figure(card_ms, "ms"),
    }


def with_psam(daemon: PcscDaemon, person: str) -> dict[str, Figure]:
    """A contactless card proved genuine by a PSAM on a contact line of 38,400 baud in the second slot."""
    (reader, port), (sam_reader, sam_port) = daemon.ports.items()
    persona = personas()[person]
    make = Make(contactless=True, times=CONTACTLESS)
    psam = PsamAuthenticator(lambda: open_card(sam_reader), PsamKeys())
    read = AuthenticatedReading(psam, secrets.token_bytes).read
    taps = Timings()
    with (
        card_in_slot(VpcdSlot(sam_port), VirtualPsam(PsamMake(times=CONTACT_38400)), sam_reader),
        card_in_slot(VpcdSlot(port), VirtualSocialSecurityCard(persona, make), reader),
        closing(psam),
    ):
        for round_number in range(-WARM_UP, ROUNDS["contact"]):
            elapsed = our_reading(reader, read)
            if round_number >= 0:
                taps.add(elapsed)
    name = f"tap to proved credential, contactless version {persona.version} card, contact PSAM"
    return {f"{name}, p{at}": figure(taps.at(at), "ms") for at in (50, 95)}


@contextmanager
def card_in_slot(slot: VpcdSlot, card: VirtualCard, reader: str) -> Iterator[None]:
    """The card in the slot, from when PC/SC has seen it come until it has seen it go."""
    events: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
    monitor = PcscMonitor("*", events.put)
    monitor.start()
    slot.insert(card)
    try:
        wait_for(events, CardArrived, reader)
        yield
        slot.remove()
        wait_for(events, CardGone, reader)
    finally:
        slot.remove()
        monitor.stop()


def wait_for(
    events: queue.SimpleQueue[DeviceEvent], kind: type[CardArrived] | type[CardGone], reader: str
) -> None:
    while True:
        event = events.get(timeout=10)
        if isinstance(event, kind) and event.reader == reader:
            return


def our_reading(reader: str, read: Callable[[Connection], SocialSecurityCardFiles] = read_card) -> float:
    """Milliseconds from nothing to a credential; letting go of the card is outside."""
    began = time.perf_counter()
    with open_card(reader) as connection:
        if read(connection).authentication_fault:
            raise RuntimeError("the card was not proved genuine")
        return (time.perf_counter() - began) * 1000


def bare_loop(reader: str, commands: tuple[bytes, ...]) -> float:
    """Milliseconds from nothing to the last answer; nothing is looked at."""
    began = time.perf_counter()
    connection = next(found for found in attached_readers() if found.name == reader).createConnection()
    connection.connect(disposition=SCARD_RESET_CARD)
    for command in commands:
        connection.transmit(list(command))
    elapsed = (time.perf_counter() - began) * 1000
    connection.disconnect()
    connection.release()
    return elapsed


def in_process() -> dict[str, Figure]:
    """Our reading alone, without PC/SC: commands built, answers checked, values parsed."""
    card = RecordedCard(Make())
    whole = Timings()
    for _ in range(300):
        card.power_on()
        card.forget()
        whole.add(timed(partial(read_card, Direct(card))))
    exchanges = len(card.commands)
    card.power_on()
    card.forget()
    read_identity(Direct(card))
    return {
        "reading without a reader, p95": figure(whole.at(95), "ms"),
        "exchanges for card and holder, GET RESPONSE included": figure(exchanges, "APDU"),
        "exchanges for the card alone, GET RESPONSE included": figure(len(card.commands), "APDU"),
        "exchanges for a version 3.00 card, as made by its issuer": figure(exchanges_of("rider"), "APDU"),
    }


def exchanges_of(person: str) -> int:
    persona = personas()[person]
    connection = Direct(VirtualSocialSecurityCard(persona, make_of(persona)))
    read_card(connection)
    return connection.exchanges


class Direct:
    """A connection straight into a virtual card."""

    def __init__(self, card: VirtualSocialSecurityCard) -> None:
        self._card = card
        self.atr = card.power_on()
        self.exchanges = 0

    def transmit(self, command: bytes) -> Response:
        sent = command if is_contactless(self.atr) else chaining.without_le(command)
        return chaining.transmit(self._exchange, sent)

    def _exchange(self, command: bytes) -> bytes:
        self.exchanges += 1
        return self._card.exchange(command)


if __name__ == "__main__":
    for name, row in run().items():
        print(f"{name:60} {row['value']:>8} {row['unit']:5} {row['peer'] or ''}")
