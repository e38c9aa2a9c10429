"""The city's signed electronic card, ``OC2:``: a credential of the issuer inside a presentation of the phone.

Both are CWTs (RFC 8392) in COSE_Sign1 with ES256. The issuer's says who holds which key (``cnf``, RFC 8747)
and as little else as an offline decision needs; the phone's has its claims in the protected header
(RFC 9597) and the credential as payload, so that one signature binds time, nonce and credential. The whole
is base45 in the alphanumeric mode of a QR code. Fields and sizes: docs/codes.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum

from domain.codes import base45, cbor, cose
from domain.codes.faults import Damaged

PREFIX = "OC2:"
LONGEST = 276
"""Bytes: with the prefix 418 characters, what QR version 12 holds at level M."""

SUBJECT, AUDIENCE, EXPIRES, NOT_BEFORE, ISSUED_AT, CWT_ID, CONFIRMATION = 2, 3, 4, 5, 6, 7, 8
HOLDER = -65537
"""Claims; the last one is our own: masked name, youngest and oldest age, entitlements."""
CONFIRMED_KEY = 1
KEY_TYPE, CURVE, X, Y = 1, -1, -2, -3
ELLIPTIC, P_256 = 2, 1

KEY_ID_BYTES = 4
NONCE_BYTES = 4
HOLDER_CHARACTERS = 11
"""64 random bits in base64url."""
AUDIENCE_CHARACTERS = 8
NAME_BYTES = 10
MOST_ENTITLEMENTS = 3
OLDEST = 150
LATEST = 1 << 33
"""Seconds since 1970: a number beyond it is no date."""


class Entitlement(IntEnum):
    """Entitlement that the issuer certifies beside the age. The number is in the code, the name in the
    tariffs.
    """

    STUDENT = 1
    DISABLED = 2
    VETERAN = 3
    MARTYRS_FAMILY = 4
    LOW_INCOME = 5
    BLOOD_DONOR = 6
    FIREFIGHTER = 7
    PENSIONER = 8
    CARER = 9


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Full years, both ends included, true as long as the credential is valid."""

    youngest: int
    oldest: int


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """Issuer's statement about a holder. ``holder`` is a pseudonym that only the centre can resolve."""

    holder: str
    masked_name: str
    ages: AgeBand
    entitlements: frozenset[int]
    not_before: datetime
    not_after: datetime
    phone_key: bytes

    def __repr__(self) -> str:
        return f"Credential(until {self.not_after:%Y-%m-%d})"


@dataclass(frozen=True, slots=True)
class Presentation:
    """Phone's statement of this moment. ``audience`` is empty where the holder named no service."""

    made_at: datetime
    nonce: bytes
    audience: str = ""


@dataclass(frozen=True, slots=True)
class SignedECardParts:
    """A code taken apart; nothing in it is believed yet."""

    presentation: cose.Sign1
    credential: cose.Sign1
    key_id: bytes


def take_apart(untrusted_text: str) -> SignedECardParts:
    """Raises ``Damaged``."""
    if not untrusted_text.startswith(PREFIX):
        raise Damaged("no prefix")
    presentation = cose.parse(base45.decode(untrusted_text[len(PREFIX) :], LONGEST))
    credential = cose.parse(presentation.payload)
    match credential.header:
        case {cose.KEY_ID: bytes() as key_id, **rest} if key_id and set(rest) == {cose.ALGORITHM}:
            return SignedECardParts(presentation, credential, key_id)
    raise Damaged("no issuer named")


def credential_of(message: cose.Sign1) -> Credential:
    """To be asked once the issuer's signature is verified. Raises ``Damaged``."""
    match cbor.decode(message.payload):
        case {
            2: str() as holder,
            4: int() as not_after,
            5: int() as not_before,
            8: {1: {1: 2, -1: 1, -2: bytes() as x, -3: bool() as odd, **none}, **more},
            -65537: [str() as name, int() as youngest, int() as oldest, *entitlements],
            **others,
        } if not (none or more or others):
            pass
        case _:
            raise Damaged("no credential")
    if not 0 < len(holder) <= HOLDER_CHARACTERS or not holder.isascii() or not holder.isprintable():
        raise Damaged("no holder")
    if not 0 < len(name.encode()) <= NAME_BYTES or not name.isprintable():
        raise Damaged("no name")
    if not 0 <= youngest <= oldest <= OLDEST or isinstance(youngest, bool) or isinstance(oldest, bool):
        raise Damaged("no ages")
    if len(entitlements) > MOST_ENTITLEMENTS or any(type(kind) is not int for kind in entitlements):
        raise Damaged("no entitlements")
    return Credential(
        holder=holder,
        masked_name=name,
        ages=AgeBand(youngest, oldest),
        entitlements=frozenset(entitlements),
        not_before=_moment(not_before),
        not_after=_moment(not_after),
        phone_key=bytes([2 + odd]) + x,
    )


def presentation_of(message: cose.Sign1) -> Presentation:
    """To be asked once the phone's signature is verified. Raises ``Damaged``."""
    match message.header:
        case {
            1: cose.ES256,
            15: {6: int() as made_at, 7: bytes() as nonce, **rest},
            **others,
        } if not others and len(nonce) == NONCE_BYTES:
            pass
        case _:
            raise Damaged("no presentation")
    match rest:
        case {} if not rest:
            return Presentation(_moment(made_at), nonce)
        case {3: str() as audience, **none} if not none and 0 < len(audience) <= AUDIENCE_CHARACTERS:
            return Presentation(_moment(made_at), nonce, audience)
    raise Damaged("no presentation")


def issue(credential: Credential, key_id: bytes, sign: cose.Sign) -> bytes:
    """The credential under the issuer's signature, for the phone to keep. Raises ``ValueError`` where it
    would not fit a code."""
    if len(credential.entitlements) > MOST_ENTITLEMENTS or len(key_id) > KEY_ID_BYTES:
        raise ValueError("more than fits a code")
    key = {KEY_TYPE: ELLIPTIC, CURVE: P_256, X: credential.phone_key[1:], Y: credential.phone_key[0] == 3}
    claims = {
        SUBJECT: credential.holder,
        EXPIRES: int(credential.not_after.timestamp()),
        NOT_BEFORE: int(credential.not_before.timestamp()),
        CONFIRMATION: {CONFIRMED_KEY: key},
        HOLDER: [
            fitting_name(credential.masked_name),
            credential.ages.youngest,
            credential.ages.oldest,
            *sorted(credential.entitlements),
        ],
    }
    issued = cose.make({cose.KEY_ID: key_id}, cbor.encode(claims), sign)
    credential_of(cose.parse(issued))
    return issued


def present(credential: bytes, presentation: Presentation, sign: cose.Sign) -> str:
    """The text of the code that the phone shows now, made without a network."""
    claims: dict[int, cbor.Value] = {
        ISSUED_AT: int(presentation.made_at.timestamp()),
        CWT_ID: presentation.nonce,
    }
    if presentation.audience:
        claims[AUDIENCE] = presentation.audience
    return PREFIX + base45.encode(cose.make({cose.CWT_CLAIMS: claims}, credential, sign))


def fitting_name(masked_name: str) -> str:
    """The masked name with no more stars than fit: the longest names lose stars, never letters."""
    while len(masked_name.encode()) > NAME_BYTES and "**" in masked_name:
        masked_name = masked_name.replace("**", "*", 1)
    return masked_name


def age_band(birth_date: date, day: date, thresholds: Collection[int]) -> AgeBand:
    """The widest band around an age that no threshold (a first year of a fare or a right) divides."""
    years = day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
    youngest = max((threshold for threshold in thresholds if threshold <= years), default=0)
    oldest = min((threshold for threshold in thresholds if threshold > years), default=OLDEST + 1) - 1
    return AgeBand(youngest, oldest)


def _moment(seconds: int) -> datetime:
    if isinstance(seconds, bool) or not 0 <= seconds < LATEST:
        raise Damaged("no time")
    return datetime.fromtimestamp(seconds, UTC)
