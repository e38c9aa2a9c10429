"""Results of PC/SC as typed faults.

Two families stay apart: the reader or its service is gone (look at the device), or the card is
(present it again). Codes: PC/SC part 5 and pcsclite.h; values are compared as unsigned 32-bit numbers.
"""

from __future__ import annotations

from smartcard import scard

from domain.cards.faults import CardFault, CardMute, CardRemoved
from drivers.pcsc.faults import (
    CardResetByOther,
    ReaderBroken,
    ReaderBusy,
    ReaderFault,
    ReaderMissing,
    ReaderNotPermitted,
    ReaderServiceLost,
)

Kind = type[ReaderFault] | type[CardFault]

CODES: dict[Kind, tuple[int, ...]] = {
    ReaderServiceLost: (
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_F_COMM_ERROR,
        scard.SCARD_E_SYSTEM_CANCELLED,
        scard.SCARD_E_CANCELLED,
    ),
    ReaderMissing: (
        scard.SCARD_E_UNKNOWN_READER,
        scard.SCARD_E_READER_UNAVAILABLE,
        scard.SCARD_E_NO_READERS_AVAILABLE,
    ),
    ReaderBusy: (scard.SCARD_E_SHARING_VIOLATION,),
    ReaderNotPermitted: (scard.SCARD_W_SECURITY_VIOLATION, scard.SCARD_E_NO_ACCESS),
    CardRemoved: (
        scard.SCARD_W_REMOVED_CARD,
        scard.SCARD_E_NO_SMARTCARD,
    ),
    CardResetByOther: (scard.SCARD_W_RESET_CARD,),
    CardMute: (
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_W_UNSUPPORTED_CARD,
        scard.SCARD_E_PROTO_MISMATCH,
    ),
}

FAULTS: dict[int, Kind] = {code & 0xFFFFFFFF: kind for kind, codes in CODES.items() for code in codes}


def is_code(result: int, code: int) -> bool:
    return result & 0xFFFFFFFF == code & 0xFFFFFFFF


def fault_of(step: str, result: int) -> ReaderFault | CardFault:
    """The fault a result other than success stands for; ``step`` names what was tried."""
    kind = FAULTS.get(result & 0xFFFFFFFF, ReaderBroken)
    return kind(f"{step}: {result & 0xFFFFFFFF:08X} {scard.SCardGetErrorMessage(result)}")


def check(step: str, result: int) -> None:
    """Raises the fault ``result`` stands for, unless it is success."""
    if result != scard.SCARD_S_SUCCESS:
        raise fault_of(step, result)
