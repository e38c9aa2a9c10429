"""A city's centre behind real TLS on loopback, and machines that come to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from central.database import Database
from central.fleet import enrolments
from central.fleet.application import create_fleet_application
from central.fleet.fleet import Fleet, open_fleet
from central.fleet.serving import Tls, tls_server
from central.seeding import seed
from central.server import listening_socket
from config.clock import Clock
from domain.messages.contract import TransactionBatch
from domain.messages.enrolment import EnrolmentRequest
from drivers.central.client import CentralClient
from drivers.central.identity import Identity, IdentityFiles
from drivers.central.tls import as_stranger, as_terminal
from terminal.provisioning.enrolment import meet

BUDGET_MS = 5_000
TERMINAL = "BZ-LIB-0001"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Machine:
    """A terminal's disk, and its way to one centre."""

    url: str
    directory: Path
    name: str = TERMINAL
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> IdentityFiles:
        return IdentityFiles(self.directory / "identity", self.environment)

    @property
    def identity(self) -> Identity:
        identity = self.files.load()
        assert identity is not None
        return identity

    def client(self) -> CentralClient:
        return CentralClient(self.url, as_terminal(self.identity))

    def stranger(self) -> CentralClient:
        return CentralClient(self.url, as_stranger(self.files.authority_file))

    def ask(self) -> str:
        """Asks to be enrolled; gives the code on its screen."""
        applicant = self.files.applicant(self.name)
        request = EnrolmentRequest(terminal=self.name, request=applicant.request)
        assert self.stranger().enrol(request, BUDGET_MS).code == applicant.code
        return applicant.code

    def fetch(self, code: str) -> Identity:
        return self.files.keep(self.stranger().enrolment(code, BUDGET_MS).certificate, self.name)


@dataclass
class City:
    fleet: Fleet
    url: str
    directory: Path

    def machine(self, place: str, name: str = TERMINAL) -> Machine:
        """A machine that knows this centre and is not enrolled."""
        machine = Machine(self.url, self.directory / place, name)
        meet(machine.files, self.url, self.fleet.code)
        return machine

    def approve(self, code: str, *, replace: bool = False) -> None:
        fleet = self.fleet
        fleet.database.write(
            lambda connection: enrolments.approve(
                connection, fleet.authority, code, "Wang", fleet.now(), replace=replace
            )
        )

    def enrolled(self, place: str, name: str = TERMINAL) -> Machine:
        machine = self.machine(place, name)
        code = machine.ask()
        self.approve(code)
        machine.fetch(code)
        return machine

    def revoke(self, name: str = TERMINAL) -> None:
        self.fleet.database.write(
            lambda connection: enrolments.revoke(connection, name, "stolen", self.fleet.now())
        )


@contextmanager
def a_city(
    directory: Path, *, now: Clock = utc_now, hosts: tuple[str, ...] = ("127.0.0.1",)
) -> Iterator[City]:
    database = Database(f"sqlite:///{directory / 'central.db'}")
    fleet = open_fleet(directory / "fleet", database, now)
    database.write(lambda connection: seed(connection, utc_now()))
    application = create_fleet_application(fleet, demonstration=False)
    listener = listening_socket("127.0.0.1", 0)
    server = tls_server(application, Tls(fleet.authority, hosts, now))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield City(fleet, f"https://127.0.0.1:{listener.getsockname()[1]}", directory)
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()
        database.close()


def in_the_name_of(batch: TransactionBatch, name: str) -> TransactionBatch:
    """The same batch as another terminal would have sent it."""
    deliveries = tuple(
        each.model_copy(update={"transaction": each.transaction.model_copy(update={"terminal": name})})
        for each in batch.deliveries
    )
    return batch.model_copy(update={"terminal": name, "deliveries": deliveries})
