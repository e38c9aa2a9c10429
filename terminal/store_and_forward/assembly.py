"""Journal, link, clock, submission and forwarding of one terminal, joined."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.clock import Clock as WallClock
from config.clock import utc_now
from domain.offline_policy import OfflinePolicies
from terminal.journal.migrations import At
from terminal.journal.opening import journal_in
from terminal.journal.store import Journal, nowhere
from terminal.journal.writer import RESERVE_BYTES
from terminal.runtime.backoff import WAITS, Waits
from terminal.runtime.clock import Clock
from terminal.store_and_forward.circuit_breaker import Link
from terminal.store_and_forward.forwarding import Forwarder
from terminal.store_and_forward.readiness import Readiness
from terminal.store_and_forward.submission import Central, JournalledSubmission
from terminal.visit.events import BusinessStopped, CentralReach, Submitted

Post = Callable[[Submitted | BusinessStopped | CentralReach], None]


@dataclass(frozen=True, slots=True)
class StoreAndForward:
    """See ``assemble``. ``submission`` is the counter's; ``link.reached`` may hear of other tries."""

    journal: Journal
    link: Link
    clock: Clock
    readiness: Readiness
    submission: JournalledSubmission
    forwarder: Forwarder

    def start(self) -> None:
        self.submission.start()
        self.forwarder.start()

    def stop(self) -> None:
        self.submission.stop()
        self.forwarder.stop()
        self.journal.close()


def monotonic_ms() -> float:
    return time.monotonic() * 1000


def assemble(
    data: Path,
    terminal: str,
    central: Central,
    policies: OfflinePolicies,
    budget_ms: int,
    post: Post,
    *,
    at: At = nowhere,
    reserve_bytes: int = RESERVE_BYTES,
    wall: WallClock = utc_now,
    waits: Waits = WAITS,
) -> StoreAndForward:
    """Opens the journal below ``data`` and joins the parts. Raises ``JournalFault``: another terminal
    writes it, it is damaged, its key is missing."""
    clock = Clock(wall, monotonic_ms)
    chance = random.SystemRandom().random
    journal = journal_in(data, terminal, os.environ, at=at, reserve_bytes=reserve_bytes)
    journal.open(policies.when_interrupted, clock.now())
    link = Link(post, monotonic_ms, clock.now, chance, waits)
    readiness = Readiness(lambda: journal.fault, post)
    forwarder = Forwarder(journal, central, link, clock, readiness, chance, at, waits)
    submission = JournalledSubmission(
        journal, central, link, clock, policies, budget_ms, readiness, forwarder, post, at
    )
    return StoreAndForward(journal, link, clock, readiness, submission, forwarder)
