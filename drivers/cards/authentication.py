"""Proving a card genuine, and opening the holder's data of a version 3.00 card.

Internal authentication: the card enciphers the terminal's random bytes under its own key; the owner of
the master key computes the same and compares. A copied card has the data, and not the key.
External authentication: the terminal enciphers the card's random bytes, and the card opens EF06.

Exchanges beyond reading (``61xx`` fetches not counted):

    version 1.00, 2.00   card: INTERNAL AUTHENTICATE                                     1   PSAM: 2
    version 3.00         card: the same, GET CHALLENGE, EXTERNAL AUTHENTICATE            3   PSAM: 4
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace

from domain.cards.faults import CardDataInvalid, CardNotGenuine, CardNotProved, StatusFault
from drivers.cards.authenticator import Authenticator, Challenge, Cryptogram, keys_of
from drivers.cards.connection import Connection
from drivers.cards.psam import BLOCK, KeyUse
from drivers.cards.psam_faults import SamFault, SamRefused
from drivers.cards.social_security import (
    Authentication,
    SocialSecurityApplication,
    SocialSecurityCardFiles,
    read_holder,
    read_issuer_file,
)

READ_KEY = 0x0A
"""Number, on the card, of RKSSSE: the key that opens the holder's data to a terminal."""

Random = Callable[[int], bytes]


class AuthenticatedReading:
    """Reads cards with the help of an authenticator.

    The read key is tried on a card only after the same module proved it genuine, and never again once a
    card refused it: a module with a wrong key must not use up the tries of card after card.
    """

    def __init__(self, authenticator: Authenticator, random: Random) -> None:
        self._authenticator = authenticator
        self._random = random
        self._read_key_refused = False

    def read(self, connection: Connection) -> SocialSecurityCardFiles:
        """The card and, where it tells or can be opened, its holder.

        Raises ``CardNotGenuine`` for a card that answers with a wrong cryptogram. A card that answers with
        none (older cards lack the key or the command) is not proved, and a security module that fails is not
        the card's fault: the card is read all the same, ``authentication`` says ``none`` and
        ``authentication_fault`` why.
        """
        application = SocialSecurityApplication.open(connection)
        card = read_issuer_file(application)
        if self._authenticator.kind is not Authentication.NONE:
            card = self._authenticated(application, card, connection.atr)
        holder = read_holder(application)
        return replace(card, holder=holder, warnings=tuple(application.warnings))

    def _authenticated(
        self, application: SocialSecurityApplication, card: SocialSecurityCardFiles, atr: bytes
    ) -> SocialSecurityCardFiles:
        """Both proofs with one question to the module: a card waits in the field for an HSM far away."""
        proof = Challenge(KeyUse.INTERNAL, self._random(BLOCK), self._random(BLOCK))
        try:
            answer = _proof_of(application, proof)
        except CardNotProved as fault:
            return replace(card, authentication_fault=fault.code)
        challenges = [proof]
        if card.version >= "3" and not self._read_key_refused:
            challenges.append(Challenge(KeyUse.READ, application.get_challenge(), self._random(BLOCK)))
        try:
            expected, *opening = self._authenticator.cryptograms(keys_of(card, atr), tuple(challenges))
            _compare(answer, expected)
            card = replace(card, authentication=self._authenticator.kind)
            if card.version >= "3" and not opening:
                raise SamRefused("the read key was refused by a card before")
            for challenge, cryptogram in zip(challenges[1:], opening, strict=True):
                self._open_holder_file(application, challenge, cryptogram)
        except SamFault as fault:
            card = replace(card, authentication_fault=fault.code)
        return card

    def _open_holder_file(
        self, application: SocialSecurityApplication, challenge: Challenge, cryptogram: Cryptogram
    ) -> None:
        """External authentication with RKSSSE."""
        try:
            application.external_authenticate(READ_KEY, _made(cryptogram), challenge.content)
        except StatusFault as fault:
            self._read_key_refused = True
            raise SamRefused(str(fault)) from fault


def _proof_of(application: SocialSecurityApplication, challenge: Challenge) -> bytes:
    """Raises ``CardNotProved`` where the card answers with no cryptogram: it lacks the key, or the
    command."""
    try:
        answer = application.internal_authenticate(challenge.seed, challenge.content)
    except (StatusFault, CardDataInvalid) as fault:
        raise CardNotProved(str(fault)) from fault
    if len(answer) != BLOCK:
        raise CardNotProved(f"INTERNAL AUTHENTICATE: {len(answer)} bytes, {BLOCK} expected")
    return answer


def _compare(answer: bytes, expected: Cryptogram) -> None:
    if not hmac.compare_digest(answer, _made(expected)):
        raise CardNotGenuine("INTERNAL AUTHENTICATE: another answer than its key would give")


def _made(cryptogram: Cryptogram) -> bytes:
    if isinstance(cryptogram, SamFault):
        raise cryptogram
    return cryptogram
