"""Is it a social-security card? Asked by SELECT, never by ATR: bank cards share the ATR's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.cards.aid import SSSE, SSSE_DIRECTORY
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardDataInvalid, CardLocked, NotSocialSecurityCard
from drivers.cards import apdu
from drivers.cards.connection import Connection, Response
from drivers.cards.status_word import StatusWord, has_data, meaning_of
from drivers.cards.tlv import find, find_leniently

FCI_TEMPLATE = 0x6F
DF_NAME = 0x84
ISSUER_DISCRETIONARY = 0x9F0C
FCI_LIMIT = 256


_LOCKED = frozenset((StatusWord.INVALIDATED, StatusWord.PERMANENTLY_LOCKED))
_ALGORITHMS = {0x01: Algorithm.TRIPLE_DES, 0x02: Algorithm.SSF33, 0x03: Algorithm.SM4}


@dataclass(frozen=True, slots=True)
class Environment:
    """The social-security environment of a card, selected and ready.

    ``doubt`` is what the card turns out to be when its files cannot be read after all: locked, where SELECT
    by name answered 6A81 and directory DDF1 was found; no social-security card, where the FCI is none.
    """

    algorithm: Algorithm
    doubt: type[CardLocked] | type[NotSocialSecurityCard] | None = None


def select_environment(connection: Connection) -> Environment:
    """Select the environment by name, else as directory DDF1 below the master file.

    One exchange on an ordinary card. Raises ``NotSocialSecurityCard``, and ``CardLocked`` where the
    environment itself answers 6283 or 9303: cards of other kinds answer 6A81 and 6A82 to anything.
    """
    by_name = _answer(connection, lambda expected: apdu.select_name(SSSE, expected))
    if has_data(by_name) or by_name.ok:
        return parse_environment(by_name.data)
    if by_name.status in _LOCKED:
        raise _locked([by_name.status])
    return _select_directory(connection, by_name)


def _answer(connection: Connection, select: Callable[[int], bytes]) -> Response:
    """Some contactless cards take no ``Le`` in SELECT and answer 6700."""
    response = connection.transmit(select(apdu.ALL))
    if response.status == StatusWord.WRONG_LENGTH:
        return connection.transmit(select(0))
    return response


def _select_directory(connection: Connection, by_name: Response) -> Environment:
    """Cards that cannot select by name still have the directory; so has a locked card that answers 6A81."""
    master = connection.transmit(apdu.select_master_file())
    directory = _answer(connection, lambda expected: apdu.select_file(SSSE_DIRECTORY, expected))
    if has_data(directory) or directory.ok:
        environment = parse_environment(directory.data)
        perhaps_locked = by_name.status == StatusWord.NOT_SUPPORTED_OR_LOCKED
        return replace(environment, doubt=CardLocked) if perhaps_locked else environment
    words = [response.status for response in (by_name, master, directory)]
    if directory.status in _LOCKED:
        raise _locked(words)
    raise NotSocialSecurityCard(f"SELECT answered {_listed(words)}")


def _locked(words: Sequence[int]) -> CardLocked:
    return CardLocked(f"SELECT environment: {_listed(words)}")


def _listed(words: Sequence[int]) -> str:
    return ", ".join(f"{word:04X} {meaning_of(word)}" for word in words)


def parse_environment(untrusted_fci: bytes) -> Environment:
    """The environment from its file control information; an empty one says nothing against the card.

    What is no FCI leaves the files of the card to decide. Raises ``NotSocialSecurityCard`` when the FCI names
    another application.
    """
    if not untrusted_fci:
        return Environment(Algorithm.TRIPLE_DES)
    template = find_leniently(untrusted_fci[:FCI_LIMIT], FCI_TEMPLATE)
    if template is None:
        return Environment(Algorithm.UNKNOWN, NotSocialSecurityCard)
    name = find_leniently(template, DF_NAME)
    if name is not None and name.rstrip(b"\0") != SSSE:
        raise NotSocialSecurityCard("SELECT answered with another application's name")
    try:
        return Environment(parse_algorithm(find(template, ISSUER_DISCRETIONARY)))
    except CardDataInvalid:
        return Environment(Algorithm.UNKNOWN)


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
