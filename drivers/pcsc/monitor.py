"""One thread that waits for cards and readers, and outlives the PC/SC service.

The wait is one blocking SCardGetStatusChange over all matching readers and the pseudo reader that
announces new ones. When the service goes, the context is dropped and asked for again, for ever.
"""

from __future__ import annotations

import fnmatch
import logging
import threading
import time

from smartcard import scard

from drivers.events import Post
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

log = logging.getLogger(__name__)

NEW_READERS = "\\\\?PnP?\\Notification"
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0
WAIT_MS = 1_000
"""A wait ends after this and starts again by comparing states: a change whose announcement pcscd
missed (it can, when a card is swapped during a reset) is seen a second late instead of never."""
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


class PcscMonitor:
    """Posts ``ReaderServiceChanged``, ``ReadersChanged``, ``CardArrived``, ``CardGone``, ``CardUnreadable``.

    ``pattern`` chooses readers by name as a shell does, ignoring case.
    """

    def __init__(self, pattern: str, post: Post) -> None:
        self._pattern = pattern.lower()
        self._post = post
        self._states: dict[str, ReaderState] = {}
        self._announced: tuple[str, ...] | None = None
        self._service: str | None = None
        self._served_at: float | None = None
        self._stopping = threading.Event()
        self._context: Context | None = None
        self._thread = threading.Thread(target=self._run, name="pcsc-monitor", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the wait; a cancel that came just before the wait began is sent again."""
        self._stopping.set()
        deadline = time.monotonic() + 1
        while self._thread.is_alive() and time.monotonic() < deadline:
            if context := self._context:
                scard.SCardCancel(context.handle)
            self._thread.join(0.02)

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self._stopping.is_set():
            try:
                self._context = Context()
                self._announce_service("")
                pause = FIRST_PAUSE_S
                self._watch(self._context)
            except ReaderFault as fault:
                if self._stopping.is_set():
                    break
                log.info("PC/SC: %s", fault)
                self._lose_everything()
                served = self._served_at
                self._announce_service(told_as(fault, None if served is None else time.monotonic() - served))
                self._stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
            finally:
                if context := self._context:
                    self._context = None
                    context.close()

    def _watch(self, context: Context) -> None:
        while not self._stopping.is_set():
            self._look_for_readers(context)
            self._served_at = time.monotonic()
            waiting = [(name, state.event) for name, state in self._states.items()]
            result, seen = scard.SCardGetStatusChange(context.handle, WAIT_MS, [*waiting, (NEW_READERS, 0)])
            if is_code(result, scard.SCARD_E_TIMEOUT):
                continue
            if result != scard.SCARD_S_SUCCESS:
                fault = fault_of("SCardGetStatusChange", result)
                if isinstance(fault, ReaderMissing):
                    continue
                # A daemon that dies in mid-wait makes pcsc-lite answer "access denied" as often as
                # "no service"; whether access is denied shows when the next context is asked for.
                raise ReaderServiceLost(fault.detail)
            for name, event, _ in seen:
                if name != NEW_READERS:
                    self._compare(name, ReaderState(event & ~scard.SCARD_STATE_CHANGED))

    def _look_for_readers(self, context: Context) -> None:
        names = tuple(name for name in context.readers() if fnmatch.fnmatchcase(name.lower(), self._pattern))
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
