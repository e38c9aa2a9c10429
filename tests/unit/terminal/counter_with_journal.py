"""A counter with a real journal on disk and a centre that obeys the test: what the tests here stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.credential import ECard, SocialSecurityCard
from domain.messages.contract import TrustLevel
from domain.offline_policy import OfflinePolicies, load_policies
from terminal.journal.database import FILE_NAME
from terminal.journal.opening import journal_in
from terminal.journal.store import Journal, nowhere
from terminal.runtime.clock import Clock
from terminal.store_and_forward.circuit_breaker import Link
from terminal.store_and_forward.forwarding import Forwarder
from terminal.store_and_forward.readiness import Readiness
from terminal.store_and_forward.submission import JournalledSubmission
from terminal.visit.effects import SubmitDraft
from terminal.visit.steps import Draft, SubmissionOutcome
from tests.unit.terminal.ledger import Ledger

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TERMINAL = "BZ-LIB-0001"
CARD = SocialSecurityCard(
    card_number="A00000018",
    identification_code="371600D156000005000000A1FFFFFFFF",
    version="2.00",
    algorithm="3DES",
    issue_date=date(2020, 1, 1),
    expiry_date=date(2030, 1, 1),
    name="刘志勇",
    social_security_number="371600199001010016",
)
POLICIES = load_policies(("library",))


def card(number: int) -> SocialSecurityCard:
    return replace(CARD, identification_code=f"371600D1560000050000{number:04X}FFFFFFFF")


def borrow(barcode: str, credential: SocialSecurityCard | ECard | None = CARD) -> SubmitDraft:
    return _draft("borrow", barcode, credential)


def renew(barcode: str, credential: SocialSecurityCard | ECard | None = CARD) -> SubmitDraft:
    return _draft("renew", barcode, credential)


def give_back(barcode: str) -> SubmitDraft:
    return _draft("return", barcode, None)


def _draft(action: str, barcode: str, credential: SocialSecurityCard | ECard | None) -> SubmitDraft:
    trust = credential.trust if credential else TrustLevel.NONE
    return SubmitDraft(0, Draft("library", action, (("barcode", barcode),)), credential, "", trust)


@dataclass
class Time:
    """Both clocks of a machine, moved by the test."""

    wall: datetime = NOW
    ms: float = 1000.0

    def pass_(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ms += seconds * 1000


@dataclass
class JournalledCounter:
    """``restarted`` is the same counter after its process ended: only the disk goes on."""

    data: Path
    ledger: Ledger = field(default_factory=Ledger)
    policies: OfflinePolicies = POLICIES
    time: Time = field(default_factory=Time)
    posted: list[Any] = field(default_factory=list)
    at: Callable[[str], None] = nowhere
    reserve_bytes: int = 0

    def __post_init__(self) -> None:
        self.journal: Journal = journal_in(
            self.data, TERMINAL, {}, at=self.reached, reserve_bytes=self.reserve_bytes
        )
        self.cut_short = self.journal.open(self.policies.when_interrupted, self.time.wall)
        self.clock = Clock(lambda: self.time.wall, lambda: self.time.ms)
        self.link = Link(self.posted.append, lambda: self.time.ms, self.clock.now, lambda: 0.5)
        self.readiness = Readiness(lambda: self.journal.fault, self.posted.append)
        self.forwarder = Forwarder(
            self.journal, self.ledger, self.link, self.clock, self.readiness, lambda: 0.5, self.reached
        )
        self.submission = JournalledSubmission(
            self.journal,
            self.ledger,
            self.link,
            self.clock,
            self.policies,
            1500,
            self.readiness,
            self.forwarder,
            self.posted.append,
            self.reached,
        )

    def reached(self, point: str) -> None:
        self.at(point)

    def drain(self, rounds: int = 50) -> None:
        """The forwarder's rounds, its waits passed at once, until nothing is pending."""
        for _ in range(rounds):
            if not self.journal.backlog.pending:
                return
            self.time.pass_(self.forwarder.step() / 1000 + 0.001)

    def submit(self, effect: SubmitDraft) -> SubmissionOutcome:
        return self.submission.outcome_of(effect)

    def close(self) -> None:
        self.journal.close()

    def restarted(self) -> JournalledCounter:
        self.close()
        return JournalledCounter(self.data, self.ledger, self.policies, self.time, self.posted)


def filled(counter: JournalledCounter, count: int = 20) -> None:
    for number in range(count):
        counter.submit(borrow(f"371600-{number}", card(number)))


def database_of(counter: JournalledCounter) -> Path:
    return counter.journal.directory / FILE_NAME
