"""Status words and what they mean (ISO/IEC 7816-4, 5.3.4; LD/T 32.5 for 93xx and 94xx)."""

from __future__ import annotations

from enum import IntEnum

from domain.cards.faults import StatusFault
from drivers.cards.connection import Response


class StatusWord(IntEnum):
    """Every fixed word of the social-security card's commands, with its meaning in plain English."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> StatusWord:
        word = int.__new__(cls, value)
        word._value_ = value
        word.meaning = meaning
        return word

    OK = 0x9000, "done"
    DATA_MAY_BE_CORRUPTED = 0x6281, "part of the data may be corrupted"
    END_OF_FILE = 0x6282, "end of file or record before the expected length"
    INVALIDATED = 0x6283, "file or application invalidated"
    FCI_FORMAT = 0x6284, "file control information in another format"
    AUTHENTICATION_FAILED = 0x6300, "authentication failed"
    MEMORY_FAILURE = 0x6581, "memory failure"
    WRONG_LENGTH = 0x6700, "wrong length"
    INVALID_STATE = 0x6901, "not in the state for this command"
    INCOMPATIBLE_FILE = 0x6981, "command does not fit the structure of the file"
    SECURITY_STATUS_NOT_SATISFIED = 0x6982, "security status not satisfied"
    AUTHENTICATION_BLOCKED = 0x6983, "authentication method blocked"
    DATA_INVALIDATED = 0x6984, "referenced data invalidated, or no challenge was fetched"
    CONDITIONS_NOT_SATISFIED = 0x6985, "conditions of use not satisfied"
    NO_CURRENT_FILE = 0x6986, "no current file"
    SECURE_MESSAGING_WRONG = 0x6988, "secure messaging object wrong"
    WRONG_DATA = 0x6A80, "wrong parameters in the data"
    NOT_SUPPORTED_OR_LOCKED = 0x6A81, "function not supported, or card locked"
    FILE_NOT_FOUND = 0x6A82, "file not found"
    RECORD_NOT_FOUND = 0x6A83, "record not found"
    NO_ROOM = 0x6A84, "not enough memory in the file"
    LENGTH_INCONSISTENT = 0x6A85, "length inconsistent with the structure"
    WRONG_PARAMETERS = 0x6A86, "wrong P1 or P2"
    KEY_NOT_FOUND = 0x6A88, "referenced key not found"
    OUTSIDE_FILE = 0x6B00, "outside the file"
    INSTRUCTION_UNKNOWN = 0x6D00, "instruction not supported"
    CLASS_UNKNOWN = 0x6E00, "class not supported"
    UNKNOWN_FAILURE = 0x6F00, "no precise diagnosis"
    MAC_WRONG = 0x9302, "MAC wrong"
    PERMANENTLY_LOCKED = 0x9303, "application permanently locked"
    TOO_LITTLE_MONEY = 0x9401, "not enough money"
    COUNTER_LIMIT = 0x9402, "transaction counter at its limit"
    NO_SUCH_KEY = 0x9403, "key not found"
    MAC_NOT_AVAILABLE = 0x9406, "MAC not available"
    ISSUER_9840 = 0x9840, "refused by a rule of the card system"
    ISSUER_9850 = 0x9850, "refused by a rule of the card system"


MEANINGS = {word.value: word.meaning for word in StatusWord}


def meaning_of(status: int) -> str:
    """Meaning of a status word, including the ranges 61xx, 63Cx and 6Cxx."""
    if status in MEANINGS:
        return MEANINGS[status]
    if status >> 8 == 0x61:
        return f"{status & 0xFF or 256} more bytes to fetch"
    if status >> 8 == 0x6C:
        return f"wrong expected length, {status & 0xFF or 256} is right"
    if status >> 4 == 0x63C:
        return f"wrong secret, {status & 0xF} tries left"
    return "unknown status word"


def tries_left(status: int) -> int | None:
    """The counter of a ``63Cx``; None for any other word."""
    return status & 0xF if status >> 4 == 0x63C else None


def has_data(response: Response) -> bool:
    """Whether an answer carries data that can be used: 9000, or a warning (62xx, 63xx) with data.

    ISO/IEC 7816-4, 5.3.4: warnings are completed commands. 6283 says that the file is invalidated, and 63Cx
    that a secret was wrong.
    """
    warning = response.status >> 8 in (0x62, 0x63) and response.status != StatusWord.INVALIDATED
    return bool(response.data) and (response.ok or (warning and tries_left(response.status) is None))


def expect(step: str, response: Response) -> bytes:
    """The data of an answer that must end in 9000. Raises ``StatusFault`` naming the step and the word."""
    if response.ok:
        return response.data
    raise StatusFault(step, response.status, meaning_of(response.status))


def expect_data(step: str, response: Response) -> bytes:
    """The data of an answer, also of one that ends in a warning. Raises ``StatusFault``."""
    return response.data if has_data(response) else expect(step, response)
