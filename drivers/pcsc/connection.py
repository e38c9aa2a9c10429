"""A card held for one exclusive transaction, over PC/SC."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum

from smartcard import scard

from domain.cards.faults import CardRemoved
from drivers.cards.connection import Response
from drivers.pcsc import chaining, winscard
from drivers.pcsc.faults import CardResetByOther, ReaderBusy, ReaderFault
from drivers.pcsc.results import check, fault_of, is_code

BUSY_TRIES = 5
BUSY_PAUSE_S = 0.05

REPEATABLE = frozenset((0xA4, 0xB0, 0xB2, 0xC0, 0xCA, 0x84, 0x88, 0x82, 0x5C))
"""Instructions that may be sent to a card again: they change nothing in it. VERIFY and UPDATE RECORD are not
here."""


class Step(Enum):
    """What a session with a card waits for; the cause of a wait that lasts too long."""

    CONNECT = "SCardConnect"
    BEGIN = "SCardBeginTransaction"
    TRANSMIT = "SCardTransmit"
    DONE = "done"


Progress = Callable[[Step], None]
"""Called before each step. Raises a fault to end the session here."""


def _no_progress(_: Step) -> None:
    return


class Context:
    """One PC/SC context, for one thread. Raises ``ReaderServiceLost`` or ``ReaderNotPermitted``."""

    def __init__(self) -> None:
        result, self.handle = winscard.establish()
        check("SCardEstablishContext", result)

    def close(self) -> None:
        winscard.release(self.handle)

    def readers(self) -> tuple[str, ...]:
        """Names of all attached readers; none is not an error."""
        result, names = winscard.list_readers(self.handle)
        if is_code(result, scard.SCARD_E_NO_READERS_AVAILABLE):
            return ()
        check("SCardListReaders", result)
        return names

    def state(self, reader: str) -> int:
        """Event state of a reader now, without waiting. Raises ``ReaderFault``."""
        result, seen = winscard.get_status_change(self.handle, 0, [(reader, scard.SCARD_STATE_UNAWARE)])
        if not is_code(result, scard.SCARD_E_TIMEOUT):
            check("SCardGetStatusChange", result)
        return seen[0][1]


class PcscConnection:
    """Commands to the card in one reader; see ``drivers.cards.connection.Connection``."""

    def __init__(self, handle: int, protocol: int, atr: bytes, progress: Progress = _no_progress) -> None:
        self._line = winscard.Line(handle, protocol)
        self._t0 = protocol == scard.SCARD_PROTOCOL_T0
        self._atr = atr
        self._progress = progress
        self.repeatable = True
        """Whether the session may be held once more: nothing was sent that changes the card."""

    @property
    def atr(self) -> bytes:
        return self._atr

    def transmit(self, command: bytes) -> Response:
        """Raises ``CardRemoved``, ``CardDataInvalid`` or a ``ReaderFault``."""
        sent = chaining.without_le(command) if self._t0 else command
        return chaining.transmit(self._exchange, sent)

    def _exchange(self, command: bytes) -> bytes:
        """An exchange without an answer is a card on its way out, whatever the reader still believes."""
        self._progress(Step.TRANSMIT)
        self.repeatable = self.repeatable and command[1] in REPEATABLE
        result, answer = self._line.transmit(command)
        if is_code(result, scard.SCARD_E_NOT_TRANSACTED) or (result == 0 and not answer):
            raise CardRemoved("no answer to a command")
        check("SCardTransmit", result)
        return answer


@contextmanager
def card_in(
    context: Context, reader: str, progress: Progress = _no_progress, tries: int = BUSY_TRIES
) -> Iterator[PcscConnection]:
    """Connects, keeps every other program out, and resets the card at the end so that nothing stays open.

    Raises ``ReaderFault`` and ``CardFault``. A card another program holds is tried again for a moment.
    """
    progress(Step.CONNECT)
    handle, protocol = _connect(context, reader, tries)
    farewell = scard.SCARD_RESET_CARD
    try:
        progress(Step.BEGIN)
        check("SCardBeginTransaction", winscard.begin_transaction(handle))
        try:
            result, atr = winscard.answer_to_reset(handle)
            check("SCardStatus", result)
            yield PcscConnection(handle, protocol, atr, progress)
        except CardRemoved:
            # Resetting a card that is gone may hit the next one, which pcscd then takes for the old one
            # and never announces.
            farewell = scard.SCARD_LEAVE_CARD
            raise
        finally:
            winscard.end_transaction(handle, scard.SCARD_LEAVE_CARD)
    except CardResetByOther:
        farewell = scard.SCARD_LEAVE_CARD
        raise
    finally:
        winscard.disconnect(handle, farewell)


def _connect(context: Context, reader: str, tries: int) -> tuple[int, int]:
    pause = threading.Event()
    for attempt in range(tries):
        result, handle, protocol = winscard.connect(context.handle, reader)
        if result == scard.SCARD_S_SUCCESS:
            return handle, protocol
        fault = fault_of(f"SCardConnect {reader}", result)
        # Another program may just have let go of the card and switched it off: that is no mute card.
        passing = isinstance(fault, ReaderBusy) or is_code(result, scard.SCARD_W_UNPOWERED_CARD)
        if not passing or attempt == tries - 1:
            raise fault
        pause.wait(BUSY_PAUSE_S)
    raise ReaderBusy(f"SCardConnect {reader}")


@contextmanager
def open_card(reader: str) -> Iterator[PcscConnection]:
    """The card in this reader, once, from any thread: a context of its own for the length of the block."""
    context = Context()
    try:
        with card_in(context, reader) as connection:
            yield connection
    finally:
        with suppress(ReaderFault):
            context.close()


def list_readers() -> tuple[str, ...]:
    """All attached readers by their PC/SC names. Raises ``ReaderServiceLost``, ``ReaderNotPermitted``."""
    context = Context()
    try:
        return context.readers()
    finally:
        context.close()
