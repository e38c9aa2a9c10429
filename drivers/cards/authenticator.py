"""Owners of the cards' keys: a PSAM in the terminal, the centre's HSM, or none.

One port, ``Authenticator``; nothing above it knows which of the three it speaks to.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Protocol

from config.faults import Fault
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardFault
from drivers.cards.atr import historical_bytes
from drivers.cards.connection import Connection
from drivers.cards.psam import BLOCK, KeyUse, Psam, PsamKeys, derivation_factors
from drivers.cards.psam_faults import (
    SamAlgorithmUnsupported,
    SamFault,
    SamKeyMissing,
    SamMissing,
    SamRefused,
    SamRemoved,
)
from drivers.cards.social_security import Authentication, SocialSecurityCardFiles
from drivers.pcsc.faults import ReaderFault


@dataclass(frozen=True, slots=True, repr=False)
class CardKeys:
    """Identifies the keys of one card, not its holder."""

    identification_code: str
    version: str
    algorithm: Algorithm
    factor: bytes

    @property
    def region(self) -> str:
        return self.identification_code[:6]


def keys_of(card: SocialSecurityCardFiles, atr: bytes) -> CardKeys:
    """Older cards take the last eight historical bytes of the ATR as factor of their keys; version 3.00
    ones, which a contactless reader may give any ATR, serial and check of their identification code."""
    code = bytes.fromhex(card.identification_code)
    factor = code[-BLOCK:] if card.version >= "3" else historical_bytes(atr)[-BLOCK:]
    return CardKeys(card.identification_code, card.version, card.algorithm, factor.rjust(BLOCK, b"\0"))


@dataclass(frozen=True, slots=True)
class Challenge:
    """Make a session key of ``seed`` with the card's key for ``use``, encipher ``content``; 8 bytes each."""

    use: KeyUse
    seed: bytes
    content: bytes


Cryptogram = bytes | SamFault
"""Eight bytes, or why this one cannot be made."""
Cryptograms = Callable[[CardKeys, tuple[Challenge, ...]], tuple[Cryptogram, ...]]


class Authenticator(Protocol):
    """Computes card cryptograms; implemented by PSAM and HSM."""

    @property
    def kind(self) -> Authentication: ...

    def cryptograms(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        """One for each challenge. Raises ``SamFault`` when none can be made."""
        ...


class NoAuthenticator:
    """A terminal without a security module: cards are read, and trusted no further."""

    kind = Authentication.NONE

    def cryptograms(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        raise SamMissing("this terminal has no security module")


class HsmAuthenticator:
    """The centre's HSM: step one gathers, ``ask`` brings it there and back, step two finishes."""

    kind = Authentication.HSM

    def __init__(self, ask: Cryptograms) -> None:
        self._ask = ask

    def cryptograms(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        return self._ask(keys, challenges)


class PsamAuthenticator:
    """A PSAM in a reader of its own, kept open from card to card and opened again after a fault.

    ``open_reader`` gives a connection to whatever sits in the PSAM's slot. Any thread may call.
    """

    kind = Authentication.PSAM

    def __init__(self, open_reader: Callable[[], AbstractContextManager[Connection]], keys: PsamKeys) -> None:
        self._open_reader = open_reader
        self._keys = keys
        self._lock = threading.Lock()
        self._held = ExitStack()
        self._psam: Psam | None = None

    def cryptograms(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        """One for each challenge. A PSAM that was open and got lost (pcscd restarted) is opened again."""
        with self._lock:
            was_open = self._psam is not None
            try:
                return self._computed(keys, challenges)
            except (SamRemoved, SamMissing):
                self._let_go()
                if not was_open:
                    raise
            try:
                return self._computed(keys, challenges)
            except (SamRemoved, SamMissing):
                self._let_go()
                raise

    def _computed(self, keys: CardKeys, challenges: tuple[Challenge, ...]) -> tuple[Cryptogram, ...]:
        psam = self._ready()
        return tuple(self._cryptogram(psam, keys, challenge) for challenge in challenges)

    def _cryptogram(self, psam: Psam, keys: CardKeys, challenge: Challenge) -> Cryptogram:
        factors = derivation_factors(self._keys.level, keys.region, keys.factor)
        try:
            key = self._keys.reference(keys.algorithm, challenge.use)
            return psam.cryptogram(key, factors, challenge.seed, challenge.content)
        except (SamAlgorithmUnsupported, SamKeyMissing, SamRefused) as fault:
            return fault

    def terminal_number(self) -> str:
        """Twelve digits, for the operator's page."""
        with self._lock:
            return self._ready().terminal_number

    def close(self) -> None:
        with self._lock:
            self._let_go()

    def _ready(self) -> Psam:
        if self._psam is None:
            try:
                self._psam = Psam.open(self._held.enter_context(self._open_reader()))
            except (CardFault, ReaderFault) as fault:
                raise SamMissing(str(fault)) from fault
            except SamFault:
                self._let_go()
                raise
        return self._psam

    def _let_go(self) -> None:
        """A PSAM that is gone cannot be closed in good order: what that says adds nothing."""
        self._psam = None
        held, self._held = self._held, ExitStack()
        try:
            held.close()
        except Fault:
            return
