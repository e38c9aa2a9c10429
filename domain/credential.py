"""Credentials, and how far each is trusted.

A credential lives for one visit and is forgotten at its end. Personal fields do not print.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date

from domain.cards.numbers import number_for_centre
from domain.messages.contract import (
    ECardTokenPresented,
    RideCodePresented,
    SignedECardPresented,
    SocialSecurityCardPresented,
    TrustLevel,
    TUnionCardPresented,
)


@dataclass(frozen=True, slots=True, repr=False)
class SocialSecurityCard:
    """A social-security card that was read (facts 1.3).

    ``name`` and ``social_security_number`` are None where the card keeps its holder file closed
    (version 3.00 without authentication) or has none. Dates are the card's own validity, None where it has
    none. ``proof_fault`` is the code of what kept the card from being proved where a security module was
    there to prove it: the card, the module or the way to it; empty otherwise.
    """

    card_number: str
    identification_code: str
    version: str
    algorithm: str
    issue_date: date | None
    expiry_date: date | None
    name: str | None
    social_security_number: str | None
    trust: TrustLevel = TrustLevel.READ
    proof_fault: str = ""

    @property
    def subject_key(self) -> str:
        """Names the card for ordering and quiet times; never shown, never logged."""
        return f"card:{self.identification_code}"

    def message(self) -> SocialSecurityCardPresented:
        return SocialSecurityCardPresented(
            card_number=self.card_number,
            identification_code=self.identification_code,
            social_security_number=number_for_centre(self.social_security_number),
        )

    def __repr__(self) -> str:
        return f"SocialSecurityCard(version={self.version}, trust={self.trust.value})"


@dataclass(frozen=True, slots=True, repr=False)
class ECard:
    """An electronic card shown as an opaque token: nothing is known of it until the centre says so."""

    token: str
    trust: TrustLevel = TrustLevel.NONE

    @property
    def subject_key(self) -> str:
        return f"token:{self.token}"

    def message(self) -> ECardTokenPresented:
        return ECardTokenPresented(token=self.token)

    def __repr__(self) -> str:
        return f"ECard(trust={self.trust.value})"


@dataclass(frozen=True, slots=True, repr=False)
class TUnionCard:
    """A transport card: good for rides, and for nothing a person must be known for. ``number`` has 19
    digits; ``city`` is the issuer's. ``local_status_unknown``: the card does not say whether it is good in
    other cities than its own."""

    number: str
    issuer: str
    city: str
    expiry_date: date | None
    trust: TrustLevel = TrustLevel.READ
    local_status_unknown: bool = False

    @property
    def subject_key(self) -> str:
        return f"t_union:{self.number}"

    def message(self) -> TUnionCardPresented:
        return TUnionCardPresented(number=self.number, issuer=self.issuer)

    def __repr__(self) -> str:
        return f"TUnionCard(city={self.city})"


@dataclass(frozen=True, slots=True, repr=False)
class ProvedECard:
    """An electronic card that vouched for itself: signed by the city, shown by its own phone, just now.

    ``holder`` is a pseudonym, ``youngest`` the least age in full years that the holder can have,
    ``entitlements`` what the issuer vouches for beside it, as tariffs name it.
    """

    holder: str
    masked_name: str
    youngest: int
    content: str
    entitlements: tuple[str, ...] = ()
    trust: TrustLevel = TrustLevel.VERIFIED

    @property
    def subject_key(self) -> str:
        return f"e_card:{self.holder}"

    def message(self) -> SignedECardPresented:
        return SignedECardPresented(content=self.content)

    def __repr__(self) -> str:
        return f"ProvedECard(trust={self.trust.value})"


@dataclass(frozen=True, slots=True, repr=False)
class ProvedRideCode:
    """A transport ride code whose signatures are right, made just now. Amounts in fen."""

    payment_account: str
    single_ride_limit_fen: int
    content: bytes
    trust: TrustLevel = TrustLevel.VERIFIED

    @property
    def subject_key(self) -> str:
        return f"ride:{self.payment_account}"

    def message(self) -> RideCodePresented:
        return RideCodePresented(content=base64.b64encode(self.content).decode())

    def __repr__(self) -> str:
        return f"ProvedRideCode(trust={self.trust.value})"


PersonalCredential = SocialSecurityCard | ECard | ProvedECard | ProvedRideCode
"""Credentials that identify a person."""
Credential = PersonalCredential | TUnionCard


def ride_key(credential: Credential, holder_subject: str) -> str:
    """Key of the rider's history. A phone shows another opaque code each time: its holder, identified by the
    centre, stays the same.
    """
    if isinstance(credential, ECard) and holder_subject:
        return f"subject:{holder_subject}"
    return credential.subject_key
