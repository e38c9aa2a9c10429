"""A card held for one exclusive transaction, over PC/SC."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from smartcard import scard

from domain.cards.faults import CardRemoved
from drivers.cards.connection import Response
from drivers.pcsc import chaining
from drivers.pcsc.faults import ReaderBusy, ReaderFault
from drivers.pcsc.results import check, fault_of, is_code

BUSY_TRIES = 5
BUSY_PAUSE_S = 0.05


class Context:
    """One PC/SC context, for one thread. Raises ``ReaderServiceLost`` or ``ReaderNotPermitted``."""

    def __init__(self) -> None:
        result, self.handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        check("SCardEstablishContext", result)

    def close(self) -> None:
        scard.SCardReleaseContext(self.handle)

    def readers(self) -> tuple[str, ...]:
        """Names of all attached readers; none is not an error."""
        result, names = scard.SCardListReaders(self.handle, [])
        if is_code(result, scard.SCARD_E_NO_READERS_AVAILABLE):
            return ()
        check("SCardListReaders", result)
        return tuple(names)


class PcscConnection:
    """Commands to the card in one reader; see ``drivers.cards.connection.Connection``."""

    def __init__(self, handle: object, protocol: int, atr: bytes) -> None:
        self._handle = handle
        self._protocol = protocol
        self._atr = atr

    @property
    def atr(self) -> bytes:
        return self._atr

    def transmit(self, command: bytes) -> Response:
        """Raises ``CardRemoved``, ``CardDataInvalid`` or a ``ReaderFault``."""
        sent = chaining.without_le(command) if self._protocol == scard.SCARD_PROTOCOL_T0 else command
        return chaining.transmit(self._exchange, sent)

    def _exchange(self, command: bytes) -> bytes:
        """An exchange without an answer is a card on its way out, whatever the reader still believes."""
        result, answer = scard.SCardTransmit(self._handle, self._protocol, list(command))
        if is_code(result, scard.SCARD_E_NOT_TRANSACTED) or (result == scard.SCARD_S_SUCCESS and not answer):
            raise CardRemoved("no answer to a command")
        check("SCardTransmit", result)
        return bytes(octet & 0xFF for octet in answer)


@contextmanager
def card_in(context: Context, reader: str) -> Iterator[PcscConnection]:
    """Connects, keeps every other program out, and resets the card at the end so that nothing stays open.

    Raises ``ReaderFault`` and ``CardFault``. A card another program holds is tried again for a moment.
    """
    handle, protocol = _connect(context, reader)
    farewell = scard.SCARD_RESET_CARD
    try:
        check("SCardBeginTransaction", scard.SCardBeginTransaction(handle))
        try:
            result, _, _, _, atr = scard.SCardStatus(handle)
            check("SCardStatus", result)
            yield PcscConnection(handle, protocol, bytes(octet & 0xFF for octet in atr))
        except CardRemoved:
            # Resetting a card that is gone may hit the next one, which pcscd then takes for the old one
            # and never announces.
            farewell = scard.SCARD_LEAVE_CARD
            raise
        finally:
            scard.SCardEndTransaction(handle, scard.SCARD_LEAVE_CARD)
    finally:
        scard.SCardDisconnect(handle, farewell)


def _connect(context: Context, reader: str) -> tuple[object, int]:
    pause = threading.Event()
    for attempt in range(BUSY_TRIES):
        result, handle, protocol = scard.SCardConnect(
            context.handle,
            reader,
            scard.SCARD_SHARE_SHARED,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result == scard.SCARD_S_SUCCESS:
            return handle, protocol
        fault = fault_of(f"SCardConnect {reader}", result)
        # Another program may just have let go of the card and switched it off: that is no mute card.
        passing = isinstance(fault, ReaderBusy) or is_code(result, scard.SCARD_W_UNPOWERED_CARD)
        if not passing or attempt == BUSY_TRIES - 1:
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
