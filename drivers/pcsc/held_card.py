"""A card held in a transaction, as another program does it: for tests of readers on site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from smartcard import scard

from drivers.pcsc import winscard
from drivers.pcsc.connection import Context
from drivers.pcsc.faults import CardResetByOther, ReaderFault
from drivers.pcsc.results import check

BEGIN_TRIES = 5


@contextmanager
def held(reader: str) -> Iterator[None]:
    """Keeps every other connection off the card in a reader. Raises ``ReaderFault``."""
    context = Context()
    try:
        handle = _begun(context, reader)
        try:
            yield
        finally:
            winscard.end_transaction(handle, scard.SCARD_LEAVE_CARD)
            winscard.disconnect(handle, scard.SCARD_LEAVE_CARD)
    finally:
        context.close()


def _begun(context: Context, reader: str) -> int:
    """Handle of a begun transaction. A session replies before it resets its card: the reset may fall into
    ours, which is begun again."""
    for attempt in range(BEGIN_TRIES):
        result, handle, _ = winscard.connect(context.handle, reader)
        check(f"SCardConnect {reader}", result)
        try:
            check("SCardBeginTransaction", winscard.begin_transaction(handle))
        except ReaderFault as fault:
            winscard.disconnect(handle, scard.SCARD_LEAVE_CARD)
            if not isinstance(fault, CardResetByOther) or attempt == BEGIN_TRIES - 1:
                raise
        else:
            return handle
    raise CardResetByOther(reader)
