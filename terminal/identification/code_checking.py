"""From a code that vouches for itself to a credential, without anybody's help: one thread, in order.

Signature chain, audience, a trusted clock, the replay table on disk (``domain.codes``), and the
hotlist last. ``CodeChecked`` or ``CodeRefused`` follows each ``check``.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.faults import Fault
from domain.codes.code import RideCode, SignedECard
from domain.codes.e_card import Entitlement
from domain.codes.faults import NotChecked
from domain.codes.replay import Admission, Use
from domain.codes.trust import ClockReading, Here, TrustAnchors
from domain.codes.verification import VerifiedECard, VerifiedRideCode, verify
from domain.credential import ProvedECard, ProvedRideCode
from drivers.codes.replay import SqliteReplayTable
from runtime.task import Task
from runtime.worker import Worker
from terminal.runtime.clock import Clock
from terminal.visit.events import CodeChecked, CodeRefused

log = logging.getLogger(__name__)

REPLAY_TABLE = "replay.db"
LOOK_S = 0.2
"""Between two looks at the time, until it is known."""


class CodeChecking:
    """``issuers``: trusted issuers at this moment. ``refuse_blocked`` raises a fault for the subject key of a
    blocked code.
    """

    def __init__(
        self,
        directory: Path,
        issuers: Callable[[], TrustAnchors],
        clock: Callable[[], ClockReading],
        here: Here,
        refuse_blocked: Callable[[str], None],
        post: Callable[[CodeChecked | CodeRefused], None],
    ) -> None:
        self._directory = directory
        self._issuers = issuers
        self._clock = clock
        self._here = here
        self._refuse_blocked = refuse_blocked
        self._post = post
        self._table: SqliteReplayTable | None = None
        self._worker: Worker[SignedECard | RideCode] = Worker(
            "code checking",
            lambda code: self._post(self.answer(code)),
            failed=lambda code, _: self._post(CodeRefused(code, NotChecked.code)),
            idle=self._open_early,
            ended=lambda: self._table.close() if self._table else None,
        )
        self.tasks: tuple[Task, ...] = (self._worker,)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        self._worker.stop()

    def check(self, code: SignedECard | RideCode) -> None:
        """Returns at once."""
        self._worker.put(code)

    def _open_early(self) -> float | None:
        """Open the table as soon as the time is known, not only when the first code comes: it takes no code
        that is older than itself. Returns the seconds until the next try, None once it is open."""
        if self._table is None and self._clock().trusted:
            with contextlib.suppress(NotChecked):
                self._table_on_disk()
        return None if self._table else LOOK_S

    def answer(self, code: SignedECard | RideCode) -> CodeChecked | CodeRefused:
        try:
            verified = verify(code, self._issuers(), self._clock(), self._here, self)
            credential = credential_of(verified, code)
            self._refuse_blocked(credential.subject_key)
        except Fault as fault:
            log.info("%s", fault)
            return CodeRefused(code, fault.code)
        return CodeChecked(code, credential)

    def admit(self, use: Use, now: datetime) -> Admission:
        """The table's own answer. Raises ``NotChecked``."""
        return self._table_on_disk().admit(use, now)

    def _table_on_disk(self) -> SqliteReplayTable:
        """Opened at a time that is trusted. Raises ``NotChecked``; a disk that comes back is used again."""
        if self._table is None:
            try:
                self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise NotChecked("the replay table has no folder") from error
            self._table = SqliteReplayTable(self._directory / REPLAY_TABLE, self._clock().time)
        return self._table


def reading_of(clock: Clock, synchronised: Callable[[], bool]) -> ClockReading:
    """The time is trusted once the centre has said it, carried on by the monotonic clock; before that, where
    the system keeps its own clock right and it was not seen to jump."""
    now: datetime = clock.now()
    return ClockReading(now, clock.known or (not clock.fault and synchronised()))


def credential_of(
    verified: VerifiedECard | VerifiedRideCode, code: SignedECard | RideCode
) -> ProvedECard | ProvedRideCode:
    """Credential of a verified code. The code goes with the business: the centre verifies it again."""
    if isinstance(verified, VerifiedRideCode):
        return ProvedRideCode(
            payment_account=verified.payment_account,
            single_ride_limit_fen=verified.single_ride_limit_fen,
            content=verified.content,
        )
    assert isinstance(code, SignedECard)  # noqa: S101 (only such a code verifies as one)
    return ProvedECard(
        holder=verified.holder,
        masked_name=verified.masked_name,
        youngest=verified.ages.youngest,
        content=code.untrusted_text,
        entitlements=entitlement_names(verified.entitlements),
    )


def entitlement_names(numbers: frozenset[int]) -> tuple[str, ...]:
    """As tariffs name them; a number that this version does not know means nothing to it."""
    known = {entitlement.value: entitlement.name.lower() for entitlement in Entitlement}
    return tuple(known[number] for number in sorted(numbers) if number in known)
