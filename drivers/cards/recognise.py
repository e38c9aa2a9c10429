"""Is it a social-security card? Asked by SELECT, never by ATR: bank cards share the ATR's form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from drivers.cards import apdu
from drivers.cards.aid import SSSE, SSSE_DIRECTORY
from drivers.cards.connection import Connection, Response
from drivers.cards.faults import CardDataInvalid, CardLocked, NotSocialSecurityCard
from drivers.cards.status_word import StatusWord, meaning_of
from drivers.cards.tlv import find

FCI_TEMPLATE = 0x6F
DF_NAME = 0x84
ISSUER_DISCRETIONARY = 0x9F0C
FCI_LIMIT = 256


class Algorithm(Enum):
    """Which cipher the card's keys are for. ``UNKNOWN`` cards can be read, not authenticated."""

    TRIPLE_DES = "3DES"
    SSF33 = "SSF33"
    SM4 = "SM4"
    UNKNOWN = "unknown"


_LOCKED = {StatusWord.INVALIDATED, StatusWord.PERMANENTLY_LOCKED}
_ALGORITHMS = {0x01: Algorithm.TRIPLE_DES, 0x02: Algorithm.SSF33, 0x03: Algorithm.SM4}


@dataclass(frozen=True, slots=True)
class Environment:
    """The social-security environment of a card, selected and ready."""

    algorithm: Algorithm


def select_environment(connection: Connection) -> Environment:
    """Select the environment by name, else as directory DDF1 below the master file.

    One exchange on an ordinary card. Raises ``NotSocialSecurityCard``, ``CardLocked``, ``CardDataInvalid``.
    """
    by_name = connection.transmit(apdu.select_name(SSSE, apdu.ALL))
    if by_name.status == StatusWord.OK:
        return parse_environment(by_name.data)
    if by_name.status in _LOCKED:
        raise _locked([by_name.status])
    return _select_directory(connection, by_name)


def _select_directory(connection: Connection, by_name: Response) -> Environment:
    """6A81 alone does not say locked: cards that cannot select by name say it too. Twice, it does."""
    master = connection.transmit(apdu.select_master_file())
    directory = connection.transmit(apdu.select_file(SSSE_DIRECTORY, apdu.ALL))
    if directory.ok:
        return parse_environment(directory.data)
    words = [response.status for response in (by_name, master, directory)]
    if _LOCKED & set(words) or words.count(StatusWord.NOT_SUPPORTED_OR_LOCKED) > 1:
        raise _locked(words)
    raise NotSocialSecurityCard(f"SELECT answered {_listed(words)}")


def _locked(words: Sequence[int]) -> CardLocked:
    return CardLocked(f"SELECT environment: {_listed(words)}")


def _listed(words: Sequence[int]) -> str:
    return ", ".join(f"{word:04X} {meaning_of(word)}" for word in words)


def parse_environment(untrusted_fci: bytes) -> Environment:
    """The environment from its file control information; an empty one says nothing against the card.

    Raises ``NotSocialSecurityCard`` when the FCI names another application, ``CardDataInvalid`` when it
    is no FCI.
    """
    if len(untrusted_fci) > FCI_LIMIT:
        raise CardDataInvalid(f"file control information of {len(untrusted_fci)} bytes")
    template = find(untrusted_fci, FCI_TEMPLATE, 0)
    if template is None:
        if untrusted_fci:
            raise NotSocialSecurityCard("SELECT answered with something that is no FCI")
        return Environment(Algorithm.TRIPLE_DES)
    name = find(template, DF_NAME, 0)
    if name is not None and name != SSSE:
        raise NotSocialSecurityCard("SELECT answered with another application's name")
    return Environment(parse_algorithm(find(template, ISSUER_DISCRETIONARY)))


def parse_algorithm(discretionary: bytes | None) -> Algorithm:
    """The algorithm from data object 9F0C, ``86 01 XX``, on some cards with its length 03 before it.

    An absent object means 3DES (terminal functions of the third-generation card).
    """
    if discretionary is None:
        return Algorithm.TRIPLE_DES
    content = discretionary[1:] if discretionary[:1] == b"\x03" else discretionary
    if content[:2] != b"\x86\x01" or len(content) < 3:
        return Algorithm.UNKNOWN
    return _ALGORITHMS.get(content[2], Algorithm.UNKNOWN)
