"""From a card in a reader to a credential: carries out ``ReadCard`` and posts what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date

from config.faults import Fault
from domain.cards.faults import PinWrong
from domain.credential import SocialSecurityCard, TUnionCard
from domain.messages.contract import TrustLevel
from drivers.cards.connection import Connection
from drivers.cards.pin import reading_with_pin
from drivers.cards.presented import reading_transport_too
from drivers.cards.social_security import Authentication, SocialSecurityCardFiles, refuse_expired
from drivers.cards.t_union import TUnionCardFiles, refuse_unusable
from drivers.pcsc.readers import Readers
from terminal.visit.events import CardFailed, CardRead, PinChecked

log = logging.getLogger(__name__)

Read = Callable[[Connection], SocialSecurityCardFiles]
Files = SocialSecurityCardFiles | TUnionCardFiles


class PresentedCards:
    """Reads cards on their readers' threads; ``post`` is called from there.

    ``read`` is one of the ways to read a card that ``drivers.cards`` offers: alone, or with an
    authenticator. ``today`` is the terminal's business date. ``refuse_blocked`` raises a fault for the
    subject key of a blocked card. ``city`` is where this terminal stands, for transport
    cards: those of another city are taken where they say so themselves.
    """

    def __init__(
        self,
        readers: Readers,
        read: Read,
        post: Callable[[CardRead | CardFailed | PinChecked], None],
        today: Callable[[], date],
        refuse_blocked: Callable[[str], None],
        city: str,
    ) -> None:
        self._refuse_blocked = refuse_blocked
        self._readers = readers
        self._read = read
        self._read_any = reading_transport_too(read, city)
        self._city = city
        self._post = post
        self._today = today

    def read(self, reader: str) -> None:
        """Returns at once; ``CardRead`` or ``CardFailed`` follows."""
        began = time.monotonic()

        def answer(result: Files | Fault) -> None:
            self._post(self._event(reader, result, (time.monotonic() - began) * 1000))

        self._readers.run(reader, self._read_any, answer)

    def look(self, reader: str, told: Callable[[SocialSecurityCard | TUnionCard | Fault], None]) -> None:
        """Read a card outside of a visit; ``told`` is called on the reader's thread."""

        def answer(result: Files | Fault) -> None:
            try:
                told(self._presented(result))
            except Fault as fault:
                told(fault)

        self._readers.run(reader, self._read_any, answer)

    def check_pin(self, reader: str, identification_code: str, pin: str) -> None:
        """Returns at once; ``PinChecked`` follows. The card is read again in the same session: a PIN given
        to another card, or to one that cannot prove itself any more, proves nothing."""

        def answer(result: SocialSecurityCardFiles | Fault) -> None:
            left = result.tries_left if isinstance(result, PinWrong) else None
            self._post(PinChecked(result.code if isinstance(result, Fault) else "", left))

        self._readers.run(reader, reading_with_pin(self._read, identification_code, pin), answer)

    def _event(self, reader: str, result: Files | Fault, elapsed_ms: float) -> CardRead | CardFailed:
        try:
            return CardRead(reader, self._presented(result), elapsed_ms)
        except Fault as fault:
            return CardFailed(reader, fault.code)

    def _presented(self, result: Files | Fault) -> SocialSecurityCard | TUnionCard:
        """Raises what keeps it from being served."""
        if isinstance(result, Fault):
            raise result
        for warning in result.warnings:
            log.warning("card: %s", warning)
        if isinstance(result, SocialSecurityCardFiles) and result.authentication_fault:
            log.warning("card is not proved, or not opened: %s", result.authentication_fault)
        credential = self._usable(result)
        self._refuse_blocked(credential.subject_key)
        return credential

    def _usable(self, card: Files) -> SocialSecurityCard | TUnionCard:
        """Raises a ``CardFault`` for a card outside its validity, or of another city."""
        if isinstance(card, TUnionCardFiles):
            refuse_unusable(card, self._today(), self._city)
            unknown = card.local_status_unknown and card.city != self._city
            return TUnionCard(
                card.number, card.issuer, card.city, card.expiry_date, local_status_unknown=unknown
            )
        refuse_expired(card, self._today())
        return credential_of(card)


def credential_of(card: SocialSecurityCardFiles) -> SocialSecurityCard:
    """Credential of a card; a card proved genuine by PSAM or HSM is ``verified``."""
    proved = card.authentication is not Authentication.NONE
    return SocialSecurityCard(
        card_number=card.card_number,
        identification_code=card.identification_code,
        version=card.version,
        algorithm=card.algorithm.value,
        issue_date=card.issue_date,
        expiry_date=card.expiry_date,
        name=card.holder.name if card.holder else None,
        social_security_number=card.holder.social_security_number if card.holder else None,
        trust=TrustLevel.VERIFIED if proved else TrustLevel.READ,
        proof_fault="" if proved else card.authentication_fault,
    )
