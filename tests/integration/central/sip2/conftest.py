"""A centre whose library is kept by a system of its own, on a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from central.carrying_out import carried_out
from central.database import Database
from central.departments.department import Department
from central.departments.registry import DEPARTMENTS
from central.departments.sip2.carrying import at_work
from central.departments.sip2.library import Sip2Library
from central.departments.sip2.settings import Sip2Settings
from central.transactions import apply_batch
from domain.messages.contract import Delivery, PendingWork, Transaction, TransactionBatch, TransactionResult
from tests.cities import personas
from tests.integration.central.desk import Desk
from tests.integration.central.sip2.acs import Acs, Reader, Shelf

READER, OTHER = "liu-zhiyong", "yang-ying"


def number_of(persona: str) -> str:
    return personas()[persona].social_security_number


@dataclass
class Counter(Desk):
    """A desk at a centre that speaks SIP2. ``clock`` moves ``now`` for centre and library alike."""

    settings: Sip2Settings | None = None
    libraries: list[Sip2Library] = field(default_factory=list)

    def centre(self, at: Callable[[str], None] = at_work) -> Sip2Library:
        """A centre just started over the same database; the one before is gone."""
        assert self.settings is not None
        for library in self.libraries:
            library.close()
        self.libraries.append(Sip2Library(self.settings, now=lambda: self.now, at=at))
        return self.libraries[-1]

    @property
    def departments(self) -> Mapping[str, Department]:
        return {**DEPARTMENTS, "library": self.libraries[-1] if self.libraries else self.centre()}

    def send(
        self, *made: Transaction, offline: bool = False, withdrawn: bool = False, pending: int = 0
    ) -> list[TransactionResult]:
        deliveries = tuple(
            Delivery(transaction=each, accepted_offline=offline, withdrawn=withdrawn) for each in made
        )
        batch = TransactionBatch(
            terminal=self.terminal, pending=PendingWork(count=pending), deliveries=deliveries
        )
        departments = self.departments
        results = self.database.write(
            lambda connection: apply_batch(connection, batch, departments, self.now)
        )
        return carried_out(self.database, batch, results, departments, self.now)

    def close(self) -> None:
        for library in self.libraries:
            library.close()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(readers={number_of(READER): Reader(), number_of(OTHER): Reader("杨颖")})


@pytest.fixture
def acs(shelf: Shelf) -> Iterator[Acs]:
    acs = Acs(shelf)
    yield acs
    acs.close()


def settings_for(acs: Acs, *, answer_ms: int = 10_000) -> Sip2Settings:
    """An answer is waited for as long as a busy machine may take; where none comes, a test says less."""
    told = {"host": "127.0.0.1", "port": acs.port, "answer_ms": answer_ms, "knowledge_ms": 10_000}
    return Sip2Settings.model_validate({**told, "quiet_ms": 30_000})


@pytest.fixture
def counter(sqlite: Database, acs: Acs) -> Iterator[Counter]:
    counter = Counter(sqlite, settings=settings_for(acs))
    yield counter
    counter.close()


def due_of(result: TransactionResult) -> datetime:
    return datetime.fromisoformat(str(result.data["due_date"]))
