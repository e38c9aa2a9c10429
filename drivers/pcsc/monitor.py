"""One thread that waits for cards and readers, and outlives the PC/SC service.

The wait is one blocking SCardGetStatusChange over all matching readers and the pseudo reader that
announces new ones. When the service goes, the context is dropped and asked for again, for ever.
"""

from __future__ import annotations

import fnmatch
import logging
import re
import time
from collections.abc import Iterable

from smartcard import scard

from drivers.events import Post
from drivers.pcsc import winscard
from drivers.pcsc.card_states import Change, ReaderState, changes
from drivers.pcsc.connection import Context
from drivers.pcsc.events import (
    CardArrived,
    CardGone,
    CardUnreadable,
    ReadersChanged,
    ReaderServiceChanged,
)
from drivers.pcsc.faults import ReaderFault, ReaderMissing, ReaderNotPermitted, ReaderServiceLost
from drivers.pcsc.results import fault_of, is_code
from drivers.pcsc.roles import is_virtual, public_readers
from runtime.periodic import PeriodicTask

log = logging.getLogger(__name__)

NEW_READERS = "\\\\?PnP?\\Notification"
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0
WAIT_MS = 1_000
"""A wait ends after this and starts again by comparing states: a change whose announcement pcscd
missed (it can, when a card is swapped during a reset) is seen a second late instead of never."""
MOST_TOGETHER = 15
PART_MS = 50
"""With more readers than one call takes, each part of them is waited for in turn."""
DENIAL_LASTS_S = 2.0
"""A daemon that is shutting down refuses access as a forbidden one does: after a service that worked, a
refusal is believed once it has lasted this long.
"""


def now_ms() -> float:
    return time.monotonic() * 1000


def told_as(fault: ReaderFault, since_served_s: float | None) -> str:
    """The code this fault is announced by, so many seconds after the service last worked (None: never)."""
    passing = since_served_s is not None and since_served_s < DENIAL_LASTS_S
    return ReaderServiceLost.code if passing and isinstance(fault, ReaderNotPermitted) else fault.code


def matching(names: Iterable[str], pattern: str, sam: str = "") -> tuple[str, ...]:
    """Readers for cards of citizens; see ``PcscMonitor``."""
    names = tuple(name for name in names if not is_virtual(name))
    if pattern in names:
        return (pattern,)
    wanted = fnmatch.translate(pattern.lower())
    found = (name for name in public_readers(names) if re.match(wanted, name.lower()))
    return tuple(name for name in found if name != sam)


class PcscMonitor:
    """Posts ``ReaderServiceChanged``, ``ReadersChanged``, ``CardArrived``, ``CardGone``, ``CardUnreadable``.

    ``pattern`` chooses readers by name as a shell does, ignoring case; a name alone chooses that reader. A
    pattern never chooses a SAM slot, the slot ``sam`` or a token. A virtual reader is never chosen: those of
    the demonstration have names of their own, and a PC/SC service of their own.
    """

    def __init__(self, pattern: str, post: Post, sam: str = "") -> None:
        self._pattern = pattern
        self._sam = sam
        self._post = post
        self._states: dict[str, ReaderState] = {}
        self._announced: tuple[str, ...] | None = None
        self._service: str | None = None
        self._served_at: float | None = None
        self._pause_s = FIRST_PAUSE_S
        self._context: Context | None = None
        self.task = PeriodicTask(
            "pcsc-monitor", LONGEST_PAUSE_S, lambda: 0.5, self._round, retry_s=FIRST_PAUSE_S
        )

    def start(self) -> None:
        self.task.start()

    def stop(self) -> None:
        """Ends the wait; a cancel that came just before the wait began is sent again."""
        deadline = time.monotonic() + 1
        self.task.stop(0)
        while self.task.alive and time.monotonic() < deadline:
            if context := self._context:
                winscard.cancel(context.handle)
            self.task.join(0.02)

    def _round(self) -> float:
        """One life of a context, from asking for it to its end; gives the pause before the next."""
        try:
            self._context = Context()
            self._announce_service("")
            self._pause_s = FIRST_PAUSE_S
            self._watch(self._context)
        except ReaderFault as fault:
            if not self.task.stopping.is_set():
                self._lost(fault)
        finally:
            if context := self._context:
                self._context = None
                context.close()
        pause, self._pause_s = self._pause_s, min(self._pause_s * 2, LONGEST_PAUSE_S)
        return pause

    def _lost(self, fault: ReaderFault) -> None:
        log.info("PC/SC: %s", fault)
        self._lose_everything()
        served = self._served_at
        self._announce_service(told_as(fault, None if served is None else time.monotonic() - served))

    def _watch(self, context: Context) -> None:
        while not self.task.stopping.is_set():
            self._look_for_readers(context)
            self._served_at = time.monotonic()
            for part in self._parts():
                self._wait(context, part)

    def _parts(self) -> list[list[tuple[str, int]]]:
        """What is waited for together: pcsc-lite before 2.5 takes 16 readers in one call, the pseudo reader
        included."""
        waiting = [(name, state.event) for name, state in self._states.items()]
        parts = [waiting[first : first + MOST_TOGETHER] for first in range(0, len(waiting), MOST_TOGETHER)]
        return parts or [[]]

    def _wait(self, context: Context, part: list[tuple[str, int]]) -> None:
        timeout_ms = WAIT_MS if len(self._states) <= MOST_TOGETHER else PART_MS
        result, seen = winscard.get_status_change(context.handle, timeout_ms, [*part, (NEW_READERS, 0)])
        if is_code(result, scard.SCARD_E_TIMEOUT):
            return
        if result != scard.SCARD_S_SUCCESS:
            fault = fault_of("SCardGetStatusChange", result)
            if isinstance(fault, ReaderMissing):
                return
            # A daemon that dies in mid-wait makes pcsc-lite answer "access denied" as often as
            # "no service"; whether access is denied shows when the next context is asked for.
            raise ReaderServiceLost(fault.detail)
        for name, event in seen:
            if name != NEW_READERS and name in self._states:
                self._compare(name, ReaderState(event & ~scard.SCARD_STATE_CHANGED))

    def _look_for_readers(self, context: Context) -> None:
        names = matching(context.readers(), self._pattern, self._sam)
        for vanished in set(self._states) - set(names):
            self._compare(vanished, ReaderState())
            del self._states[vanished]
        for name in names:
            self._states.setdefault(name, ReaderState())
        if names != self._announced:
            self._announced = names
            self._post(ReadersChanged(now_ms(), names))

    def _compare(self, reader: str, after: ReaderState) -> None:
        before = self._states[reader]
        self._states[reader] = after
        for change in changes(before, after):
            match change:
                case Change.ARRIVED:
                    self._post(CardArrived(now_ms(), reader))
                case Change.GONE:
                    self._post(CardGone(now_ms(), reader))
                case Change.MUTE:
                    self._post(CardUnreadable(now_ms(), reader, "card.mute"))

    def _lose_everything(self) -> None:
        """The service is gone: so are its readers and whatever lay on them."""
        for reader, state in self._states.items():
            if state.present:
                self._post(CardGone(now_ms(), reader))
        self._states = {}
        self._announced = None

    def _announce_service(self, code: str) -> None:
        if code != self._service:
            self._service = code
            self._post(ReaderServiceChanged(now_ms(), code))
