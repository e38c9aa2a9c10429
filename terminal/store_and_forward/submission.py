"""One piece of business from the counter to its outcome: journalled, tried inside the budget, decided.

    draft ── append, fsync ──▶ open ── centre answers ──▶ written back ──▶ shown "done" or why not
                                └── no answer in time ──▶ policy ─┬─▶ promised, fsync ──▶ shown "accepted"
                                                                  └─▶ withdrawn, fsync ──▶ shown "not booked"

The same id goes with every try. While the link is down nothing is tried: the promise is journalled at
once, or the person is refused and nothing was begun.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from config.faults import Fault
from domain.messages.contract import (
    BatchResult,
    CredentialMessage,
    Delivery,
    Health,
    HolderPresented,
    Outcome,
    PendingWork,
    SocialSecurityCardPresented,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
)
from domain.offline_policy import ActionPolicy, NotAllowedOffline, NotFinished, OfflinePolicies, refusal
from domain.transaction_state import Standing
from drivers.central.faults import CentralFault, Conflict, Final, Revoked, TryLater
from runtime.task import Task
from runtime.worker import Worker
from terminal.journal.faults import JournalFault, JournalUnwritable
from terminal.journal.migrations import At
from terminal.journal.record import Business, Record
from terminal.journal.store import Journal, nowhere
from terminal.journal.waiting import Waiting
from terminal.runtime.clock import Clock
from terminal.store_and_forward.circuit_breaker import Link
from terminal.store_and_forward.readiness import Readiness
from terminal.visit.effects import SubmitDraft
from terminal.visit.events import Submitted
from terminal.visit.steps import CLERK, Certainty, SubmissionOutcome

log = logging.getLogger(__name__)

MOST_PREDECESSORS = 50
"""More of one card's business than this is not pressed into one try; it is left to forwarding."""
LEAST_TRY_MS = 100
"""With less than this left of the budget another try is not worth its wait."""


class Central(Protocol):
    """Port of the central client for store and forward. Both raise ``CentralFault``."""

    def deliver(self, batch: TransactionBatch, budget_ms: int) -> BatchResult: ...

    def health(self, budget_ms: int) -> Health: ...


class Forwarding(Protocol):
    """Notices of the submission to the forwarder."""

    def serving(self, *, now: bool) -> None: ...

    def new_work(self) -> None: ...


class JournalledSubmission:
    """The ``Submission`` of a running terminal, on a thread of its own.

    ``kept`` receives business the terminal decided by right, once it is on disk. ``too_old`` gives the reason
    why
    business of this trust may not be promised: the list of blocked cards is too old.
    """

    def __init__(
        self,
        journal: Journal,
        central: Central,
        link: Link,
        clock: Clock,
        policies: OfflinePolicies,
        budget_ms: int,
        readiness: Readiness,
        forwarding: Forwarding,
        post: Callable[[Submitted], None],
        at: At = nowhere,
        kept: Callable[[SubmitDraft], None] = lambda _: None,
        too_old: Callable[[TrustLevel], Fault | None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._central = central
        self._link = link
        self._clock = clock
        clock.not_before(journal.latest_at)
        self._policies = policies
        self._budget_ms = budget_ms
        self._readiness = readiness
        self._post = post
        self._forwarding = forwarding
        self._at = at
        self._kept = kept
        self._too_old = too_old
        self._stopping = threading.Event()
        self._begun: Record | None = None
        self._worker: Worker[SubmitDraft] = Worker("submission", self._work, failed=self._failed)
        self.tasks: tuple[Task, ...] = (self._worker,)

    def use(self, policies: OfflinePolicies) -> None:
        """Use these policies from the next business on."""
        self._policies = policies

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """Ends the thread; a try under way may take its budget."""
        self._stopping.set()
        self._worker.stop(self._budget_ms / 1000 + 1)

    def submit(self, effect: SubmitDraft) -> None:
        self._forwarding.serving(now=True)
        self._worker.put(effect)

    def _work(self, effect: SubmitDraft) -> None:
        self._begun = None
        try:
            self._post(Submitted(effect.line, self.outcome_of(effect)))
        finally:
            if not self._worker.waiting:
                self._forwarding.serving(now=False)

    def _failed(self, effect: SubmitDraft, _: Exception) -> None:
        """Tell the person that nothing was booked, and withdraw what the journal began: the centre learns
        it under the same id."""
        self._post(Submitted(effect.line, refused(JournalUnwritable.code, self._begun)))
        if self._begun:
            now = self._clock.now()
            self._journal.decide(self._begun.sequence, Standing.WITHDRAWN, JournalUnwritable.code, now)
            self._forwarding.new_work()

    def outcome_of(self, effect: SubmitDraft) -> SubmissionOutcome:
        """Journals, tries and decides one draft. What comes back is on disk."""
        policy = self._policies.of(effect.draft.service, effect.draft.action)
        business = business_of(effect, policy)
        try:
            if policy.decided_here:
                return self._decided_here(effect, business)
            if self._link.online:
                return self._try_online(business)
            return self._without_centre(business)
        except JournalFault as fault:
            log.warning("%s", fault)
            self._readiness.look()
            return refused(fault.code)

    def _try_online(self, business: Business) -> SubmissionOutcome:
        record = self._begun = self._journal.append(business, self._clock.now())
        before = self._journal.predecessors(record, MOST_PREDECESSORS)
        if before is None:
            return self._decide(record, business)
        try:
            result = self._ask(before, record)
        except (Final, Conflict, Revoked) as fault:
            return self._told_final(record, fault)
        except CentralFault as fault:
            log.info("sequence %d: %s", record.sequence, fault)
            return self._decide(record, business, unfinished=isinstance(fault, TryLater))
        return self._told(record, result)

    def _ask(self, before: list[Waiting], record: Record) -> TransactionResult:
        """The centre's answer inside the budget. Raises ``CentralFault``.

        What must arrive first rides along, so that one card's business is never overtaken.
        """
        deadline = self._clock.monotonic_ms() + self._budget_ms
        attempt = 1
        while True:
            begun = self._clock.monotonic_ms()
            try:
                return self._deliver(before, record, attempt, max(LEAST_TRY_MS, round(deadline - begun)))
            except TryLater as fault:
                wait_ms = fault.after_ms or LEAST_TRY_MS
                if self._clock.monotonic_ms() + wait_ms + LEAST_TRY_MS > deadline:
                    self._link.failed(fault)
                    raise
                self._stopping.wait(wait_ms / 1000)
                attempt += 1
            except CentralFault as fault:
                self._link.failed(fault, slow=self._clock.monotonic_ms() >= deadline)
                raise

    def _deliver(
        self, before: list[Waiting], record: Record, attempt: int, budget_ms: int
    ) -> TransactionResult:
        self._at("before send")
        begun = self._clock.monotonic_ms()
        deliveries = (
            *(each.delivery(attempt) for each in before),
            Delivery(transaction=record.transaction, attempt=attempt),
        )
        answer = self._central.deliver(
            TransactionBatch(
                terminal=self._journal.terminal, pending=pending_work(self._journal), deliveries=deliveries
            ),
            budget_ms,
        )
        self._at("after send")
        self._link.answered()
        self._clock.heard(answer.server_time, self._clock.monotonic_ms() - begun)
        sequences = [each.record.sequence for each in before]
        self._journal.answered(list(zip(sequences, answer.results, strict=False)), self._clock.now())
        running = [each for each in answer.results if each.outcome is Outcome.RUNNING]
        if running:
            raise TryLater("running", running[0].retry_after_ms)
        return answer.results[-1]

    def _told(self, record: Record, result: TransactionResult) -> SubmissionOutcome:
        self._journal.answered([(record.sequence, result)], self._clock.now())
        if result.outcome is Outcome.CONFIRMED:
            return SubmissionOutcome(
                Certainty.CONFIRMED, str(record.id), data=tuple(sorted(result.data.items()))
            )
        code = result.code or Conflict.code
        return SubmissionOutcome(
            Certainty.REFUSED, str(record.id), code, data=tuple(sorted(result.data.items()))
        )

    def _told_final(self, record: Record, fault: CentralFault) -> SubmissionOutcome:
        """The centre will not take the record as it is: the person is refused, and the centre receives the
        withdrawal.
        """
        log.error("sequence %d: %s", record.sequence, fault)
        if isinstance(fault, Revoked):
            self._readiness.revoke()
        standing = Standing.CONFLICT if isinstance(fault, Conflict) else Standing.WITHDRAWN
        self._journal.decide(record.sequence, standing, fault.code, self._clock.now())
        self._forwarding.new_work()
        return refused(fault.code, record)

    def _decide(self, record: Record, business: Business, *, unfinished: bool = False) -> SubmissionOutcome:
        """It may have arrived or not: promised under the same id, or withdrawn under it. ``unfinished``: it
        did, and the centre is still at work on it."""
        fault = self._refusal(business)
        if isinstance(fault, NotAllowedOffline) and unfinished:
            fault = NotFinished()
        standing = Standing.WITHDRAWN if fault else Standing.PROMISED
        self._journal.decide(record.sequence, standing, fault.code if fault else "", self._clock.now())
        self._forwarding.new_work()
        return refused(fault.code, record) if fault else accepted(record)

    def _without_centre(self, business: Business) -> SubmissionOutcome:
        fault = self._refusal(business)
        if fault:
            return refused(fault.code)
        record = self._journal.append(business, self._clock.now(), Standing.PROMISED)
        self._forwarding.new_work()
        return accepted(record)

    def _decided_here(self, effect: SubmitDraft, business: Business) -> SubmissionOutcome:
        fault = self._refusal(business)
        if fault:
            return refused(fault.code)
        record = self._journal.append(business, self._clock.now(), Standing.PROMISED)
        self._kept(effect)
        self._forwarding.new_work()
        return SubmissionOutcome(Certainty.CONFIRMED, str(record.id))

    def _refusal(self, business: Business) -> Fault | None:
        """By the policy of this moment: a tighter one may have come while the centre was being asked."""
        policy = self._policies.of(business.service, business.action)
        if not policy.allowed:
            return NotAllowedOffline()
        if business.credential and (fault := self._too_old(policy.trust)):
            return fault
        card = business.lanes[0] if business.credential else ""
        exposure = self._journal.exposure(business.service, business.action, card)
        return refusal(policy, business.trust, business.amount_fen, exposure, self._clock.now())


def business_of(effect: SubmitDraft, policy: ActionPolicy) -> Business:
    """Transaction for a draft. Its first lane is the card's, when there is one."""
    body = dict(effect.draft.body)
    things = tuple(f"{effect.draft.service}:{name}:{body[name]}" for name in policy.things if name in body)
    credential = effect.credential
    if effect.clerk and effect.draft.names_clerk:
        body[CLERK] = effect.clerk
    if credential is None:
        return Business(effect.draft.service, effect.draft.action, effect.trust, None, body, things)
    trust = max(effect.trust, credential.trust, key=lambda level: level.rank)
    owner = f"subject:{effect.holder_subject}" if effect.holder_subject else credential.subject_key
    lanes = tuple(dict.fromkeys((owner, credential.subject_key, *things)))
    return Business(effect.draft.service, effect.draft.action, trust, credential_message(effect), body, lanes)


def credential_message(effect: SubmitDraft) -> CredentialMessage | None:
    """A shown code is used up by the identification: the holder it named stands for it from then on."""
    credential, subject = effect.credential, effect.holder_subject
    if credential is None:
        return None
    message = credential.message()
    if subject and not isinstance(message, SocialSecurityCardPresented):
        return HolderPresented(subject=subject, presented_as=message.kind)
    return message


def pending_work(journal: Journal) -> PendingWork:
    """Undelivered records, and those that a clerk must release first."""
    backlog = journal.backlog
    return PendingWork(count=backlog.pending + backlog.held, oldest_at=backlog.oldest_at)


def accepted(record: Record) -> SubmissionOutcome:
    return SubmissionOutcome(Certainty.ACCEPTED, str(record.id))


def refused(code: str, record: Record | None = None) -> SubmissionOutcome:
    return SubmissionOutcome(Certainty.REFUSED, str(record.id) if record else "", code)
