"""Is this code what it says? Signature chain, audience, time, replay, in this order; nothing else decides.

Pure but for the replay table, which is asked last and only about codes that are right in everything else:
what is refused uses nothing up.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.codes import cose, e_card, ride_code, sm2
from domain.codes.code import RideCode, SignedECard
from domain.codes.e_card import AgeBand, Credential, Presentation
from domain.codes.faults import (
    AuthorisationExpired,
    CertificateExpired,
    ClockUntrusted,
    Expired,
    Forged,
    NotYetValid,
    OverLimit,
    Replayed,
    UnknownIssuer,
    WrongAudience,
)
from domain.codes.replay import Admission, ReplayTable, Use
from domain.codes.ride_code import RideCodeParts
from domain.codes.trust import LIMITS, ClockReading, Here, Limits, TrustAnchors

CITY_TIME = timedelta(hours=8)
"""Certificates end with a month of China standard time."""


@dataclass(frozen=True, slots=True, repr=False)
class ProvedECard:
    """Its signatures are right; whether it is shown here, now and for the first time is not looked at."""

    key_id: bytes
    credential: Credential
    shown: Presentation
    signed: bytes

    @property
    def use(self) -> bytes:
        """Names this presentation by what the phone signed, not by its signature: ECDSA has two for each."""
        return hashlib.sha256(self.signed).digest()


@dataclass(frozen=True, slots=True, repr=False)
class ProvedRideCode:
    """As ``ProvedECard``, for a ride code."""

    parts: RideCodeParts

    @property
    def use(self) -> bytes:
        return hashlib.sha256(self.parts.user_signed).digest()


@dataclass(frozen=True, slots=True, repr=False)
class VerifiedECard:
    """Signed by an issuer of the city and shown by the phone it was issued to, just now, here for the first
    time. ``use`` names this presentation, for the centre to see that two terminals took it."""

    holder: str
    masked_name: str
    ages: AgeBand
    entitlements: frozenset[int]
    issuer: bytes
    audience: str
    made_at: datetime
    not_after: datetime
    use: str

    def __repr__(self) -> str:
        return f"VerifiedECard(issuer={self.issuer.hex()}, use={self.use[:8]})"


@dataclass(frozen=True, slots=True, repr=False)
class VerifiedRideCode:
    """As ``VerifiedECard``, for a ride code; ``content``, the whole code, goes with the fare as proof."""

    payment_account: str
    card_account: str
    issuer: bytes
    platform: bytes
    account_type: int
    single_ride_limit_fen: int
    own_field: bytes
    made_at: datetime
    authorised_until: datetime
    use: str
    content: bytes

    def __repr__(self) -> str:
        return f"VerifiedRideCode(issuer={self.issuer.hex()}, use={self.use[:8]})"


def verify(
    untrusted: SignedECard | RideCode,
    anchors: TrustAnchors,
    clock: ClockReading,
    here: Here,
    replay: ReplayTable,
    limits: Limits = LIMITS,
) -> VerifiedECard | VerifiedRideCode:
    """Raises a ``CodeFault`` that says why not."""
    if isinstance(untrusted, SignedECard):
        return verify_e_card(untrusted, anchors, clock, here, replay, limits)
    return verify_ride_code(untrusted, anchors, clock, here, replay, limits)


def verify_e_card(
    untrusted: SignedECard,
    anchors: TrustAnchors,
    clock: ClockReading,
    here: Here,
    replay: ReplayTable,
    limits: Limits = LIMITS,
) -> VerifiedECard:
    """Raises a ``CodeFault``."""
    proved = prove_e_card(untrusted.untrusted_text, anchors)
    credential, shown = proved.credential, proved.shown
    issuer = anchors.e_card_issuers[proved.key_id]

    if shown.audience not in ("", here.audience):
        raise WrongAudience(f"for {shown.audience}")

    now = _trusted(clock)
    if not issuer.not_before <= now <= issuer.not_after:
        raise CertificateExpired(proved.key_id.hex())
    if now + limits.tolerance < credential.not_before:
        raise NotYetValid("credential")
    if now > credential.not_after:
        raise AuthorisationExpired("credential")
    use = _use(proved.use, shown.made_at, limits.life, now, limits.tolerance)
    _once(use, now, replay)
    return VerifiedECard(
        holder=credential.holder,
        masked_name=credential.masked_name,
        ages=credential.ages,
        entitlements=credential.entitlements,
        issuer=proved.key_id,
        audience=shown.audience,
        made_at=shown.made_at,
        not_after=credential.not_after,
        use=use.id.hex(),
    )


def verify_ride_code(
    untrusted: RideCode,
    anchors: TrustAnchors,
    clock: ClockReading,
    here: Here,
    replay: ReplayTable,
    limits: Limits = LIMITS,
) -> VerifiedRideCode:
    """Raises a ``CodeFault``."""
    proved = prove_ride_code(untrusted.untrusted_content, anchors)
    parts, certificate = proved.parts, proved.parts.certificate

    if not here.takes_ride_codes:
        raise WrongAudience("no rides here")

    now = _trusted(clock)
    local = now.astimezone(UTC) + CITY_TIME
    if (local.year, local.month) > certificate.last_month:
        raise CertificateExpired(f"issuer {certificate.issuer.hex()}")
    if now > parts.authorised_until:
        raise AuthorisationExpired("ride account")
    life = min(timedelta(seconds=parts.valid_for_s), limits.longest_ride_life)
    use = _use(proved.use, parts.made_at, life, now, limits.tolerance)
    if here.fare_fen > parts.single_ride_limit_fen:
        raise OverLimit(f"{here.fare_fen} fen of {parts.single_ride_limit_fen}")
    _once(use, now, replay)
    return VerifiedRideCode(
        payment_account=parts.payment_account,
        card_account=parts.card_account,
        issuer=parts.issuer,
        platform=parts.platform,
        account_type=parts.account_type,
        single_ride_limit_fen=parts.single_ride_limit_fen,
        own_field=parts.own_field,
        made_at=parts.made_at,
        authorised_until=parts.authorised_until,
        use=use.id.hex(),
        content=untrusted.untrusted_content,
    )


def prove_e_card(untrusted_text: str, anchors: TrustAnchors) -> ProvedECard:
    """The signature chain alone: issuer, phone. Raises a ``CodeFault``."""
    parts = e_card.take_apart(untrusted_text)
    issuer = anchors.e_card_issuers.get(parts.key_id)
    if issuer is None:
        raise UnknownIssuer(parts.key_id.hex())
    cose.verify(parts.credential, cose.issuer_key(issuer.public_key))
    credential = e_card.credential_of(parts.credential)
    cose.verify(parts.presentation, cose.public_key(credential.phone_key))
    shown = e_card.presentation_of(parts.presentation)
    return ProvedECard(parts.key_id, credential, shown, parts.presentation.signed)


def prove_ride_code(untrusted_content: bytes, anchors: TrustAnchors) -> ProvedRideCode:
    """The signature chain alone: authority, issuer, user. Raises a ``CodeFault``."""
    parts = ride_code.take_apart(untrusted_content)
    certificate = parts.certificate
    authority = anchors.ride_code_authorities.get(certificate.authority)
    if authority is None:
        raise UnknownIssuer(f"authority {certificate.authority}")
    sm2.remembered_key(authority.public_key).verify(certificate.signed, certificate.signature)
    if parts.issuer != certificate.issuer:
        raise Forged("another issuer's account")
    sm2.remembered_key(certificate.public_key).verify(parts.issuer_signed, parts.issuer_signature)
    sm2.PublicKey(parts.user_key).verify(parts.user_signed, parts.user_signature)
    return ProvedRideCode(parts)


def _trusted(clock: ClockReading) -> datetime:
    if not clock.trusted:
        raise ClockUntrusted("not confirmed")
    return clock.time


def _use(id: bytes, made_at: datetime, life: timedelta, now: datetime, tolerance: timedelta) -> Use:
    if made_at > now + tolerance:
        raise NotYetValid("presentation")
    if now > made_at + life + tolerance:
        raise Expired("presentation")
    return Use(id, made_at, made_at + life + tolerance)


def _once(use: Use, now: datetime, replay: ReplayTable) -> None:
    match replay.admit(use, now):
        case Admission.USED:
            raise Replayed(use.id.hex()[:8])
        case Admission.BEFORE_TABLE:
            raise Expired("older than the replay table")
        case Admission.CLOCK_SET_BACK:
            raise ClockUntrusted("set back")
        case Admission.FRESH:
            return
