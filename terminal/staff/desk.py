"""Staff actions, on a thread of its own: signing in, the inbox, today's business.

    number and PIN, or card ──▶ signed in ──▶ asked for, on the staff record ──▶ done ──▶ shown on the screens
                                     └── signs out, or rests too long ──▶ nothing is done any more

The screens only ask; permissions are decided here, for every single job.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher
from pydantic import JsonValue

from config.faults import Fault
from domain.credential import SocialSecurityCard
from domain.messages.contract import TrustLevel
from domain.offline_policy import OfflinePolicies
from runtime.task import Task
from runtime.worker import Worker
from terminal.journal.inbox import Decision, Settlement, settle
from terminal.journal.reading import reading
from terminal.journal.store import Journal
from terminal.journal.voiding import void
from terminal.staff.account import Member, Permission, Role
from terminal.staff.audit import Act
from terminal.staff.events import (
    DeskRefused,
    InboxRead,
    ItemDecided,
    MayClean,
    MayServe,
    NotSignedIn,
    RecordRead,
    SignedIn,
    StaffEvent,
    TodayRead,
)
from terminal.staff.faults import (
    CardNotProved,
    LockedOut,
    NobodyYet,
    NotAllowed,
    StaffFault,
    StaffUnreadable,
)
from terminal.staff.items import Item, inbox_items, items_since
from terminal.staff.store import StaffStore

log = logging.getLogger(__name__)

Job = Callable[[], None]
NEWEST_DEEDS = 500
"""So many the screen lists; ``onecard staff audit`` lists more."""


class StaffDesk:
    """``delivered_now`` wakes forwarding after a decision. ``post`` may be called from any thread.

    The accounts are opened when somebody comes to sign in, and closed behind them. ``hasher`` is argon2
    with its costs; a test may take cheaper ones.
    """

    def __init__(
        self,
        data: Path,
        journal: Journal,
        policies: OfflinePolicies,
        now: Callable[[], datetime],
        post: Callable[[StaffEvent], None],
        deliver_now: Callable[[], None],
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._data = data
        self._journal = journal
        self._policies = policies
        self._now = now
        self._post = post
        self._deliver_now = deliver_now
        self._hasher = hasher
        self._store: StaffStore | None = None
        self._member: Member | None = None
        self._jobs: Worker[Job] = Worker("staff", self._work, failed=self._failed, ended=self._close)
        self.tasks: tuple[Task, ...] = (self._jobs,)

    def start(self) -> None:
        self._jobs.start()

    def stop(self) -> None:
        """Finish the requested actions; sign out the member of the staff."""
        self._jobs.put(lambda: self._leave(Act.SIGNED_OUT))
        self._jobs.stop(2)

    def use(self, policies: OfflinePolicies) -> None:
        """A newer catalogue names other things a business is about."""
        self._policies = policies

    def prepare(self) -> None:
        """Somebody stands before the sign-in page: the accounts are opened while they type."""

        def open_accounts() -> None:
            try:
                if not self._accounts().members():
                    self._post(NotSignedIn(NobodyYet.code))
            except StaffFault as fault:
                log.warning("staff: %s", fault)
                self._post(NotSignedIn(fault.code))

        self._jobs.put(open_accounts)

    def sign_in(self, number: int, pin: str) -> None:
        def enter() -> Member:
            try:
                return self._accounts().sign_in(number, pin, self._now())
            except LockedOut:
                self._accounts().note(self._now(), Act.LOCKED_OUT, Member(number, "", Role.CLERK))
                raise

        self._jobs.put(lambda: self._enter(enter))

    def sign_in_with_card(self, card: SocialSecurityCard) -> None:
        """A copied card signs no person in: the card must have been proved genuine."""

        def enter() -> Member:
            if not card.trust.reaches(TrustLevel.VERIFIED):
                raise CardNotProved
            return self._accounts().sign_in_with_card(card.card_number, self._now())

        self._jobs.put(lambda: self._enter(enter))

    def sign_out(self, *, timed_out: bool) -> None:
        act = Act.TIMED_OUT if timed_out else Act.SIGNED_OUT
        self._jobs.put(lambda: self._leave(act))

    def note(self, act: Act, member: Member, detail: str = "") -> None:
        """Put an event on record that no signed-in member caused. Returns at once."""
        self._jobs.put(lambda: self._noted(act, member, detail))

    def _noted(self, act: Act, member: Member, detail: str) -> None:
        self._accounts().note(self._now(), act, member, detail)
        if self._member is None:
            self._close()

    def read_inbox(self) -> None:
        self.do(Permission.INBOX, Act.INBOX_OPENED, "", self._read_inbox)

    def open_item(self, item: Item) -> None:
        self.do(Permission.INBOX, Act.ITEM_OPENED, str(item.id), lambda: None)

    def read_today(self) -> None:
        self.do(Permission.INBOX, Act.TODAY_OPENED, "", self._read_today)

    def read_record(self) -> None:
        """Read the audit log of the staff; this access is its newest row."""
        self.do(Permission.SELF_TESTS, Act.RECORD_OPENED, "", self._read_record)

    def clean(self) -> None:
        self.do(Permission.CLEAN, Act.SCREEN_CLEANED, "", lambda: self._post(MayClean()))

    def serve(self) -> None:
        """Attribute the next visit to this clerk: the hotel's log names the clerk."""

        def begin() -> None:
            self._post(MayServe(_signature(self._allowed(Permission.INBOX))))

        self.do(Permission.INBOX, Act.SERVING, "", begin)

    def reprinted(self, item: Item) -> None:
        self.do(Permission.INBOX, Act.REPRINTED, str(item.id), lambda: None)

    def decide(
        self, item: Item, decision: Decision, reason: str, correction: Mapping[str, JsonValue] | None = None
    ) -> None:
        """Settles an item of the inbox. The intention goes on the staff record first: a crash between the
        two leaves a deed that says what was about to be done."""
        detail = f"{item.id} {decision.value}: {reason}"

        def carry_out(by: Member) -> None:
            settlement = Settlement(decision, _signature(by), reason, self._now())
            settle(self._journal, item.id, settlement, correction)

        self._decided(item, (Act.ITEM_SETTLING, Act.ITEM_SETTLED), detail, carry_out)

    def void(self, item: Item, reason: str) -> None:
        """Take back promised or confirmed business; the centre receives the withdrawal under the same id."""

        def carry_out(by: Member) -> None:
            void(self._journal, item.id, Settlement(Decision.VOID, _signature(by), reason, self._now()))

        self._decided(item, (Act.VOIDING, Act.VOIDED), f"{item.id}: {reason}", carry_out)

    def do(self, permission: Permission, act: Act, detail: str, work: Job) -> None:
        """Run an action of the signed-in member, recorded before it begins."""

        def job() -> None:
            member = self._allowed(permission)
            self._accounts().note(self._now(), act, member, detail)
            work()

        self._jobs.put(lambda: self._told(job))

    def _decided(
        self, item: Item, acts: tuple[Act, Act], detail: str, carry_out: Callable[[Member], None]
    ) -> None:
        def job() -> None:
            member = self._allowed(Permission.INBOX)
            self._accounts().note(self._now(), acts[0], member, detail)
            carry_out(member)
            self._accounts().note(self._now(), acts[1], member, detail)
            self._deliver_now()
            self._post(ItemDecided(item))

        self._jobs.put(lambda: self._told(job))

    def _read_inbox(self) -> None:
        with reading(self._journal.directory) as journal:
            items = inbox_items(journal, self._journal.ring, self._policies)
        self._post(InboxRead(tuple(items)))

    def _read_today(self) -> None:
        midnight = self._now().replace(hour=0, minute=0, second=0, microsecond=0)
        with reading(self._journal.directory) as journal:
            items = items_since(journal, self._journal.ring, self._policies, midnight)
        self._post(TodayRead(tuple(items)))

    def _read_record(self) -> None:
        deeds, broken = self._accounts().deeds(NEWEST_DEEDS), self._accounts().broken_deeds()
        self._post(RecordRead(tuple(reversed(deeds)), tuple(broken)))

    def _work(self, job: Job) -> None:
        try:
            job()
        except Fault as fault:
            log.warning("staff: %s", fault)

    def _failed(self, _: Job, __: Exception) -> None:
        """An unexpected error: the screen that waits for an answer gets one."""
        unreadable = StaffUnreadable.code
        self._post(DeskRefused(unreadable) if self._member else NotSignedIn(unreadable))

    def _told(self, job: Job) -> None:
        try:
            job()
        except Fault as fault:
            log.warning("staff: %s", fault)
            self._post(DeskRefused(fault.code))

    def _accounts(self) -> StaffStore:
        if self._store is None:
            self._store = StaffStore(self._data, self._hasher)
        return self._store

    def _allowed(self, permission: Permission) -> Member:
        if self._member is None or not self._member.may(permission):
            raise NotAllowed(permission.value)
        return self._member

    def _enter(self, let_in: Callable[[], Member]) -> None:
        try:
            self._member = let_in()
        except LockedOut as fault:
            self._post(NotSignedIn(fault.code, fault.left_s))
        except StaffFault as fault:
            log.info("staff: %s", fault)
            self._post(NotSignedIn(fault.code))
        else:
            self._post(SignedIn(self._member))

    def _leave(self, act: Act) -> None:
        member, self._member = self._member, None
        if member:
            self._accounts().note(self._now(), act, member)
        self._close()

    def _close(self) -> None:
        if self._store:
            self._store.close()
            self._store = None


def _signature(member: Member) -> str:
    """As it stands beside a decision: a name alone may be given twice over the years, a number never."""
    return f"{member.name} ({member.number})"
