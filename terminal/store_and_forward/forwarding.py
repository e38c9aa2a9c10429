"""Store and forward: one drainer that delivers what waits, and writes the answers back.

    offline ── probe, less and less often ──▶ online ── batch ──▶ answers ──▶ written back ──▶ next batch
                                                          ├─ unknown: same id and bytes, later, half as many
                                                          ├─ asked to wait: waits
                                                          └─ one the centre cannot take: the clerk's inbox

Transactions of one card, and of one thing, go one after the other; nothing is dropped by a machine.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from domain.messages.contract import BatchResult, Outcome, TransactionBatch
from domain.transaction_state import Standing
from drivers.central.faults import CentralFault, Conflict, Final, Revoked, TryLater, Unreachable
from runtime.periodic import PeriodicTask
from runtime.task import Task
from terminal.journal.faults import JournalFault
from terminal.journal.migrations import At
from terminal.journal.outgoing import Outgoing
from terminal.journal.retention import Purged, Retention, purge
from terminal.journal.store import Journal, nowhere
from terminal.journal.throttle import Pace
from terminal.journal.waiting import Waiting
from terminal.runtime.backoff import WAITS, Waits
from terminal.runtime.clock import Clock
from terminal.store_and_forward.circuit_breaker import Link
from terminal.store_and_forward.readiness import Readiness
from terminal.store_and_forward.submission import Central, pending_work

log = logging.getLogger(__name__)

DELIVERY_BUDGET_MS = 15_000
"""A batch may take longer than a person would wait; what it brings is not waited for by anybody."""
PROBE_BUDGET_MS = 1_500
IDLE_MS = 30_000
"""With nothing to deliver, the centre is asked for the time this often."""
BROKEN_MS = 5_000
DAY_MS = 86_400_000
RETENTION = Retention()
NOTHING = Retention(content=timedelta(0))
SERVING_MS = 5_000
GENTLE_BATCH = 5
"""While somebody is served the centre gets small batches, so that the visit never queues behind a big one."""
LONGEST_COURTESY_S = 2.0
"""So long a batch lets the business of a visit go first."""
ITEM_CODES = {"central.malformed", "central.too_large"}
"""Refusals that speak of what was sent, not of who sent it."""


class Forwarder:
    """Runs on a thread of its own; ``new_work`` wakes it. ``step`` is one round, for tests too.

    ``ended`` is called once a revoked terminal has forgotten the people it served.
    """

    def __init__(
        self,
        journal: Journal,
        central: Central,
        link: Link,
        clock: Clock,
        readiness: Readiness,
        chance: Callable[[], float],
        at: At = nowhere,
        waits: Waits = WAITS,
        retention: Retention = RETENTION,
        budget_ms: int = DELIVERY_BUDGET_MS,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._journal = journal
        self._central = central
        self._link = link
        self._clock = clock
        self._readiness = readiness
        self._at = at
        self._retention = retention
        self._purged_ms = -float(DAY_MS)
        self._budget_ms = budget_ms
        self._ended = ended
        self._outgoing = Outgoing(journal)
        self._pace = Pace(chance, waits)
        self._asked_ms = -float(IDLE_MS)
        self._served_ms = -float(SERVING_MS)
        self._nobody_waits = threading.Event()
        self._nobody_waits.set()
        self._hurry = False
        self._wiped = False
        self._task = PeriodicTask("forwarding", IDLE_MS / 1000, chance, lambda: self.step() / 1000)
        self.tasks: tuple[Task, ...] = (self._task,)
        link.when_lost(self._task.hurry)

    def start(self) -> None:
        self._task.start()

    def stop(self) -> None:
        """Ends the thread within a second; a batch under way is sent again at the next start."""
        self._task.stop()

    def serving(self, *, now: bool) -> None:
        """Somebody's business is on its way just now, or no longer: it goes first."""
        self._served_ms = self._clock.monotonic_ms()
        if now:
            self._nobody_waits.clear()
        else:
            self._nobody_waits.set()

    def deliver_now(self) -> None:
        """The clerk says so: no wait is kept, except one the centre asked for."""
        self._hurry = True
        self._task.hurry()

    def new_work(self) -> None:
        """Something was promised or withdrawn just now."""
        self._task.hurry()

    def step(self) -> float:
        """One round; gives the ms until the next is worth while."""
        self._readiness.look()
        try:
            return self._round()
        except JournalFault as fault:
            log.warning("forwarding waits: %s", fault)
            self._readiness.look()
            return BROKEN_MS

    def _round(self) -> float:
        if self._readiness.revoked:
            self._wipe()
            return IDLE_MS
        if self._hurry:
            self._hurry = False
            self._pace.hurry()
            self._link.probe_now()
        now_ms = self._clock.monotonic_ms()
        wait_ms = max(self._pace.wait_ms(now_ms), self._link.probe_in_ms())
        if wait_ms > 0:
            return wait_ms
        if not self._link.online and not self._probe():
            return self._link.probe_in_ms()
        batch = self._outgoing.take(lambda sequence: self._pace.may_go(sequence, now_ms), self._limit(now_ms))
        if batch:
            self._deliver(batch)
            return self._pace.wait_ms(self._clock.monotonic_ms())
        if now_ms - self._asked_ms >= IDLE_MS and not self._probe():
            return self._link.probe_in_ms()
        self._forget_old(now_ms)
        return min(IDLE_MS, self._pace.next_item_ms(now_ms) or IDLE_MS)

    def _forget_old(self, now_ms: float) -> None:
        """Once a day, with nothing to deliver, and by the centre's time only."""
        if self._clock.known and now_ms - self._purged_ms >= DAY_MS:
            self._purged_ms = now_ms
            purged = purge(self._journal, self._retention, self._clock.now())
            if purged != Purged():
                log.info("purged: %d contents, %d records", purged.contents, purged.records)

    def _wipe(self) -> None:
        """The terminal was revoked: what is decided is forgotten at once; what is not may still be needed."""
        if not self._wiped:
            purge(self._journal, NOTHING, self._clock.now() + timedelta(seconds=1))
            self._ended()
            self._wiped = True

    def _probe(self) -> bool:
        """Asks the centre for its time. True when it answered inside the budget."""
        begun = self._asked_ms = self._clock.monotonic_ms()
        try:
            health = self._central.health(PROBE_BUDGET_MS)
        except Revoked:
            self._readiness.revoke()
            return False
        except CentralFault as fault:
            self._link.failed(fault, slow=True)
            return False
        elapsed = self._clock.monotonic_ms() - begun
        self._link.answered()
        self._clock.heard(health.server_time, elapsed)
        return True

    def _limit(self, now_ms: float) -> int:
        serving = now_ms - max(self._served_ms, self._link.asked_ms) < SERVING_MS
        return min(self._pace.limit, GENTLE_BATCH) if serving else self._pace.limit

    def _deliver(self, batch: list[Waiting]) -> None:
        self._nobody_waits.wait(LONGEST_COURTESY_S)
        begun = self._clock.monotonic_ms()
        self._outgoing.look_ahead(
            batch, lambda sequence: self._pace.may_go(sequence, begun), self._limit(begun)
        )
        self._at("before delivery")
        try:
            answer = self._central.deliver(self._message(batch), self._budget_ms)
        except CentralFault as fault:
            log.info("batch of %d: %s", len(batch), fault)
            self._outgoing.forget()
            self._failed(batch, fault)
            return
        self._at("after delivery")
        self._link.answered()
        self._clock.heard(answer.server_time, self._clock.monotonic_ms() - begun)
        self._write_back(batch, answer)

    def _message(self, batch: list[Waiting]) -> TransactionBatch:
        deliveries = []
        for each in batch:
            waits = self._pace.put_off.get(each.record.sequence)
            deliveries.append(each.delivery(attempt=2 + (waits.failures if waits else 0)))
        return TransactionBatch(
            terminal=self._journal.terminal,
            pending=pending_work(self._journal),
            deliveries=tuple(deliveries),
        )

    def _write_back(self, batch: list[Waiting], answer: BatchResult) -> None:
        sequences = [each.record.sequence for each in batch]
        answers = list(zip(sequences, answer.results, strict=True))
        changes = self._journal.answered(answers, self._clock.now())
        for change in changes:
            if change.after.needs_clerk:
                log.warning("sequence %d: %s, for the clerk", change.sequence, change.after.value)
        now_ms = self._clock.monotonic_ms()
        running = {sequence: r for sequence, r in answers if r.outcome is Outcome.RUNNING}
        self._pace.succeeded([sequence for sequence in sequences if sequence not in running])
        for sequence, result in running.items():
            self._pace.put_off_item(sequence, now_ms, result.retry_after_ms)

    def _failed(self, batch: list[Waiting], fault: CentralFault) -> None:
        alone = batch[0].record.sequence if len(batch) == 1 else None
        now_ms = self._clock.monotonic_ms()
        match fault:
            case Revoked():
                self._readiness.revoke()
            case Conflict() if alone is not None:
                self._journal.decide(alone, Standing.CONFLICT, fault.code, self._clock.now())
            case Final() if alone is not None:
                self._final(alone, fault)
            case Final() | Conflict():
                self._link.answered()
                self._pace.smaller(len(batch))
            case TryLater(after_ms=after_ms):
                if alone is not None:
                    self._pace.put_off_item(alone, now_ms, after_ms)
                self._pace.pause(now_ms, after_ms)
            case Unreachable():
                self._link.failed(fault)
            case _:
                self._link.failed(fault)
                self._pace.smaller(len(batch))
                if alone is not None:
                    self._pace.put_off_item(alone, now_ms)
                self._pace.pause(now_ms)

    def _final(self, sequence: int, fault: Final) -> None:
        """The item goes to the clerk when the fault is in it; else the terminal is what the centre minds."""
        self._link.answered()
        if fault.problem_code in ITEM_CODES or self._pace.others_went(sequence):
            self._journal.hold(sequence, fault.problem_code, self._clock.now())
            self._pace.put_off.pop(sequence, None)
            return
        now_ms = self._clock.monotonic_ms()
        self._pace.put_off_item(sequence, now_ms)
        self._pace.pause(now_ms)
