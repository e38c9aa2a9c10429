"""The PSAM: a card of the terminal that holds master keys and computes with them, never giving them out.

The keys of each citizen's card are derived from a master key by factors that the card itself tells. A
PSAM of the county holds a key already derived for its city and needs the card's factor only; one of the
province needs the city's factor too, one of the ministry also the province's. The factor nearest to the
card goes first. Command bytes after the published terminal flow of the social-security PSAM.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from domain.cards.aid import PSAM_APPLICATION, PSAM_DIRECTORY
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardFault
from drivers.cards import apdu
from drivers.cards.connection import Connection, Response
from drivers.cards.psam_faults import (
    SamAlgorithmUnsupported,
    SamKeyMissing,
    SamMissing,
    SamNotPsam,
    SamRefused,
    SamRemoved,
)
from drivers.cards.status_word import StatusWord, meaning_of
from drivers.pcsc.faults import ReaderFault

TERMINAL_NUMBER_FILE = 0x16
BLOCK = 8
"""Bytes of a challenge, of a factor, and of a cryptogram."""
KEY_NOT_FOUND = (StatusWord.KEY_NOT_FOUND, StatusWord.NO_SUCH_KEY)


class KeyUse(Enum):
    """Purpose of a card's key."""

    INTERNAL = "internal authentication"
    READ = "reading the holder's data (RKSSSE)"


class PsamLevel(Enum):
    """Issuer of the PSAM; the value is the number of derivations down to a card's key."""

    COUNTY = 1
    PROVINCE = 2
    MINISTRY = 3


@dataclass(frozen=True, slots=True)
class KeyReference:
    """A key in the PSAM: its type (7 enciphers, 8 enciphers and makes MACs) and its identifier."""

    identifier: int
    type: int = 7


DEFAULT_KEYS = {
    (Algorithm.TRIPLE_DES, KeyUse.INTERNAL): KeyReference(0x01),
    (Algorithm.TRIPLE_DES, KeyUse.READ): KeyReference(0x0A),
    (Algorithm.SM4, KeyUse.INTERNAL): KeyReference(0x41),
    (Algorithm.SM4, KeyUse.READ): KeyReference(0x4A),
}


@dataclass(frozen=True, slots=True)
class PsamKeys:
    """Where a region's PSAMs keep their keys. It differs from region to region, and is configuration."""

    level: PsamLevel = PsamLevel.COUNTY
    references: dict[tuple[Algorithm, KeyUse], KeyReference] = field(
        default_factory=lambda: dict(DEFAULT_KEYS)
    )

    def reference(self, algorithm: Algorithm, use: KeyUse) -> KeyReference:
        """Raises ``SamAlgorithmUnsupported``; SSF33 is never supported, its cipher is not public."""
        found = self.references.get((algorithm, use))
        if found is None or algorithm is Algorithm.SSF33:
            raise SamAlgorithmUnsupported(f"{algorithm.value} for {use.value}")
        return found


def derivation_factors(level: PsamLevel, region: str, card_factor: bytes) -> tuple[bytes, ...]:
    """The factors a PSAM of this level needs, the card's first. ``region``: six digits (GB/T 2260)."""
    city = f"{region}sx".encode("ascii")
    province = f"{region[:2]}0000sh".encode("ascii")
    return (card_factor, city, province)[: level.value]


class Psam:
    """A PSAM with its application selected. Every method raises ``SamFault``."""

    def __init__(self, connection: Connection, terminal_number: str) -> None:
        self._connection = connection
        self.terminal_number = terminal_number
        """Twelve digits, for the operator's page; empty when the PSAM does not tell it."""

    @classmethod
    def open(cls, connection: Connection) -> Psam:
        """Read the terminal number and select the application, by name or as directory DF01."""
        number = transmit(connection, apdu.read_binary_of(TERMINAL_NUMBER_FILE, 6))
        by_name = transmit(connection, apdu.select_name(PSAM_APPLICATION, apdu.ALL))
        if not by_name.ok:
            by_directory = transmit(connection, apdu.select_file(PSAM_DIRECTORY, apdu.ALL))
            if not by_directory.ok:
                raise SamNotPsam(f"SELECT: {by_name.status:04X}, {by_directory.status:04X}")
        return cls(connection, number.data.hex().upper() if number.ok else "")

    def cryptogram(self, key: KeyReference, factors: tuple[bytes, ...], seed: bytes, content: bytes) -> bytes:
        """``content`` enciphered under a session key made of ``seed`` with the key of one card; 8 bytes."""
        usage = len(factors) << 5 | key.type
        derive = apdu.command(0xBF, 0xDE, usage, key.identifier, b"".join(factors) + seed)
        self._expect("derive key", transmit(self._connection, derive))
        encipher = apdu.command(0x80, 0xFA, 0x00, 0x00, content, apdu.ALL)
        made = self._expect("encipher", transmit(self._connection, encipher))
        if len(made) != BLOCK:
            raise SamRefused(f"encipher: {len(made)} bytes, {BLOCK} expected")
        return made

    def _expect(self, step: str, response: Response) -> bytes:
        if response.ok:
            return response.data
        kind = SamKeyMissing if response.status in KEY_NOT_FOUND else SamRefused
        raise kind(f"{step}: {response.status:04X} {meaning_of(response.status)}")


def transmit(connection: Connection, command: bytes) -> Response:
    """One command to the PSAM; whatever fails on its line is the PSAM's fault, not the citizen's card's."""
    try:
        return connection.transmit(command)
    except CardFault as fault:
        raise SamRemoved(str(fault)) from fault
    except ReaderFault as fault:
        raise SamMissing(str(fault)) from fault
