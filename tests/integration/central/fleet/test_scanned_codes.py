"""From a hand scanner's wire to a rider who was let on: running terminals, their own disks, a real centre.

The scanner is one end of a pseudo terminal, the other is in the test's hand; the centre is behind TLS and
gone when the test says so.
"""

from __future__ import annotations

import os
import pty
import queue
import secrets
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from central import alarms
from central.codes.issuers import open_issuers
from central.codes.issuing import issue_credential, issue_ride_account
from central.e_cards import wallets
from config.settings import CentralSettings, ScannerSettings, Settings, load_profile
from domain.codes import cose, e_card, ride_code_making, sm2
from domain.codes.e_card import Presentation
from drivers.codes.replay import taking_since
from drivers.virtual.in_process_reader import InProcessReader
from terminal.app.composition import Terminal
from terminal.identification.code_checking import REPLAY_TABLE
from terminal.identification.code_trust import FILE
from terminal.journal.opening import journal_directory
from terminal.journal.reading import PENDING, reading
from terminal.provisioning.access import to_city
from terminal.visit.events import Event, StartOver
from terminal.visit.states import Failed, Finished, Idle
from terminal.visit.steps import Certainty
from tests.integration.central.fleet.city import City, a_city
from tests.integration.central.fleet.test_a_running_terminal import NoFace

PATIENCE_S = 20.0
LOOK_S = 0.01
VISIT_EVENTS = get_args(Event)


class Validator:
    """A bus validator that runs, with a scanner on a wire; its face is the test's own thread."""

    def __init__(self, city: City, name: str) -> None:
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._hand, wire = pty.openpty()
        tty.setraw(wire)
        city.enrolled(name, name)
        self.data = city.directory / name
        self.settings = settings_of(city, name, os.ttyname(wire))
        access = to_city(self.settings, self.data, {})
        self.terminal = Terminal(
            self.settings, self.data, access, NoFace(), self._events.put, InProcessReader
        )
        self._wire = wire

    @contextmanager
    def running(self) -> Iterator[Validator]:
        self.terminal.start()
        self.until(self._takes_codes)
        try:
            yield self
        finally:
            self.terminal.stop()
            os.close(self._hand)
            os.close(self._wire)

    def _takes_codes(self) -> bool:
        """Its clock may be a little ahead of the phones': what is older than its table is refused."""
        codes = self.data / "codes"
        since = taking_since(codes / REPLAY_TABLE)
        later = since is not None and datetime.now(UTC) > since + timedelta(seconds=1)
        return later and (codes / FILE).exists()

    def until(self, true: Callable[[], bool]) -> None:
        """Steps the visit by whatever comes, until it is so."""
        for _ in range(round(PATIENCE_S / LOOK_S)):
            if true():
                return
            try:
                event = self._events.get(timeout=LOOK_S)
            except queue.Empty:
                continue
            if isinstance(event, VISIT_EVENTS):
                self.terminal.kiosk.receive(event)
        raise AssertionError(self.terminal.kiosk.counter.stage)

    def scan(self, content: bytes) -> Finished | Failed:
        """Pulls the trigger; gives the screen it ends at."""
        self.terminal.kiosk.receive(StartOver())
        self.until(lambda: isinstance(self.terminal.kiosk.counter.stage, Idle))
        os.write(self._hand, content + b"\r\n")
        self.until(lambda: isinstance(self.terminal.kiosk.counter.stage, Finished | Failed))
        stage = self.terminal.kiosk.counter.stage
        assert isinstance(stage, Finished | Failed)
        return stage

    def pending(self) -> int:
        with reading(journal_directory(self.data)) as journal:
            return sum(1 for _ in journal.entries(PENDING))


def settings_of(city: City, name: str, device: str) -> Settings:
    bus = load_profile("bus")
    return bus.model_copy(
        update={
            "terminal": name,
            "central": CentralSettings(url=city.url),
            "scanner": ScannerSettings(serial_device=device, quiet_ms=0),
            "bus": bus.bus.model_copy(update={"vehicle": name}),
        }
    )


@dataclass
class Phone:
    credential: bytes
    ride_account: bytes
    key: cose.EllipticCurvePrivateKey
    ride_key: sm2.PrivateKey

    def ride_code(self) -> bytes:
        return ride_code_making.show(self.ride_account, datetime.now(UTC), self.ride_key)

    def signed_card(self) -> bytes:
        shown = Presentation(datetime.now(UTC), secrets.token_bytes(4), "bus")
        return e_card.present(self.credential, shown, cose.signing_with(self.key)).encode()


def phone_of(city: City, persona: str) -> Phone:
    fleet, now = city.fleet, datetime.now(UTC)
    key, ride_key = generate_private_key(SECP256R1()), sm2.PrivateKey(secrets.randbelow(sm2.N - 2) + 1)
    point, ride_point = cose.compressed(key), ride_key.public_key().compressed

    def issue(connection: Any) -> tuple[bytes | None, bytes | None]:
        keys = open_issuers(fleet.issuers.directory, connection, now, demonstration=True)
        wallet = next(each.id for each in wallets(connection) if each.persona == persona)
        return (
            issue_credential(connection, keys, wallet, point, secrets.token_bytes, now),
            issue_ride_account(connection, keys, wallet, ride_point, secrets.token_bytes, now),
        )

    credential, account = fleet.database.write(issue)
    assert credential is not None
    assert account is not None
    return Phone(credential, account, key, ride_key)


def let_on(stage: Finished | Failed) -> bool:
    return isinstance(stage, Finished) and stage.result.certainty is Certainty.CONFIRMED


def test_riders_are_let_on_by_a_scanner_while_phone_and_vehicle_are_out_of_coverage(tmp_path: Path) -> None:
    with ExitStack() as running:
        with a_city(tmp_path) as city:
            rider, other = phone_of(city, "rider"), phone_of(city, "trainee")
            bus = running.enter_context(Validator(city, "BZ-BUS-0001").running())
        ride = rider.ride_code()
        assert let_on(bus.scan(ride))
        assert let_on(bus.scan(other.signed_card()))
        assert bus.scan(ride) == Failed("code.replayed")
        broken = bytearray(rider.ride_code())
        broken[-1] ^= 1
        assert bus.scan(bytes(broken)) == Failed("code.forged")
        assert bus.pending() == 2


def test_a_ride_code_copied_to_a_second_vehicle_is_found_at_the_centre(tmp_path: Path) -> None:
    with a_city(tmp_path) as city, ExitStack() as running:
        rider = phone_of(city, "rider")
        first = running.enter_context(Validator(city, "BZ-BUS-0001").running())
        second = running.enter_context(Validator(city, "BZ-BUS-0002").running())
        copied = rider.ride_code()
        assert let_on(first.scan(copied))
        first.until(lambda: first.pending() == 0)
        assert let_on(second.scan(copied))
        second.until(lambda: second.pending() == 0)
        with city.fleet.database.read() as connection:
            found = [(each["terminal"], each["kind"]) for each in alarms.listed(connection)]
        assert found == [("BZ-BUS-0002", "code_replayed")]


@pytest.mark.parametrize(
    "hostile",
    [
        b"OC2:" + b"A" * 5_000,
        b"\x81\x01\x50" + bytes(336),
        b"https://example.invalid/OC2:" + b"A" * 40,
        b"OC1:'; DROP TABLE holder; --",
        b"<img src=x onerror=alert(1)>",
        b'Text { text: "OC2:" }',
        bytes(range(14, 256)) * 3,
    ],
    ids=["too long", "hollow ride code", "address", "SQL", "HTML", "QML", "bytes"],
)
def test_a_hostile_scan_starts_no_visit_and_the_next_rider_is_let_on(tmp_path: Path, hostile: bytes) -> None:
    with a_city(tmp_path) as city, ExitStack() as running:
        rider = phone_of(city, "rider")
        bus = running.enter_context(Validator(city, "BZ-BUS-0001").running())
        os.write(bus._hand, hostile + b"\r\n")
        kiosk = bus.terminal.kiosk
        bus.until(lambda: isinstance(kiosk.counter.stage, Failed) or kiosk.counter.notice is not None)
        assert bus.pending() == 0
        assert let_on(bus.scan(rider.ride_code()))
