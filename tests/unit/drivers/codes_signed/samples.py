"""A city with its keys: an issuer of electronic cards, an authority and an issuer of ride codes, a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from domain.codes import base45, cose, e_card, ride_code_making, sm2
from domain.codes.code import RideCode, SignedECard
from domain.codes.e_card import AgeBand, Credential, Presentation
from domain.codes.ride_code_making import RideAccount
from domain.codes.trust import ClockReading, ECardIssuer, Here, RideCodeAuthority, TrustAnchors, anchors
from domain.codes.verification import VerifiedECard, VerifiedRideCode, verify
from drivers.codes.replay import SqliteReplayTable

NOW = datetime(2026, 5, 20, 4, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HERE = Here("bus", takes_ride_codes=True, fare_fen=200)

ISSUER_KEY = derive_private_key(0x1001, SECP256R1())
OTHER_KEY = derive_private_key(0x1002, SECP256R1())
PHONE_KEY = derive_private_key(0x1003, SECP256R1())
KEY_ID = b"\x16\x00\x00\x01"
CREDENTIAL = Credential(
    holder="c2FtcGxlMDE",
    masked_name="张**",
    ages=AgeBand(60, 64),
    entitlements=frozenset({e_card.Entitlement.VETERAN}),
    not_before=NOW - DAY,
    not_after=NOW + 30 * DAY,
    phone_key=cose.compressed(PHONE_KEY),
)

AUTHORITY_KEY, RIDE_ISSUER_KEY, RIDER_KEY = (sm2.PrivateKey(number) for number in (0x2001, 0x2002, 0x2003))
RIDE_ISSUER = bytes.fromhex("04664600")
ACCOUNT = RideAccount(
    payment_account="3716000000000001",
    card_account="31000000000000000001",
    issuer=RIDE_ISSUER,
    platform=bytes.fromhex("00000001"),
    user_key=RIDER_KEY.public_key().compressed,
    authorised_until=NOW + DAY,
)

ANCHORS = anchors(
    [ECardIssuer(KEY_ID, cose.compressed(ISSUER_KEY), NOW - 365 * DAY, NOW + 365 * DAY)],
    [RideCodeAuthority(1, AUTHORITY_KEY.public_key().compressed)],
)


@cache
def issued(credential: Credential) -> bytes:
    """Once for each phone, as at the centre: an issuer never signs the same way twice."""
    return e_card.issue(credential, KEY_ID, cose.signing_with(ISSUER_KEY))


def e_card_text(
    credential: Credential = CREDENTIAL,
    made_at: datetime = NOW,
    nonce: bytes = b"once",
    audience: str = "",
) -> str:
    return e_card.present(
        issued(credential), Presentation(made_at, nonce, audience), cose.signing_with(PHONE_KEY)
    )


def ride_code_bytes(
    account: RideAccount = ACCOUNT, made_at: datetime = NOW, last_month: tuple[int, int] = (2028, 12)
) -> bytes:
    certificate = ride_code_making.certify(
        1, RIDE_ISSUER, RIDE_ISSUER_KEY.public_key(), last_month, AUTHORITY_KEY
    )
    return ride_code_making.show(
        ride_code_making.authorise(certificate, account, RIDE_ISSUER_KEY), made_at, RIDER_KEY
    )


def bytes_in(text: str) -> bytes:
    return base45.decode(text.removeprefix(e_card.PREFIX), e_card.LONGEST)


def text_of(content: bytes) -> str:
    return e_card.PREFIX + base45.encode(content)


class Terminal:
    """A counter with its own replay table on disk; ``restart`` opens the same file again."""

    def __init__(self, path: Path, began_at: datetime = NOW - DAY) -> None:
        self.path = path
        self.table = SqliteReplayTable(path, began_at)

    def restart(self, now: datetime = NOW) -> None:
        self.table.close()
        self.table = SqliteReplayTable(self.path, now)

    def take(
        self,
        code: str | bytes,
        now: datetime = NOW,
        here: Here = HERE,
        trusted: bool = True,
        trust: TrustAnchors = ANCHORS,
    ) -> VerifiedECard | VerifiedRideCode:
        shown = SignedECard(code) if isinstance(code, str) else RideCode(code)
        return verify(shown, trust, ClockReading(now, trusted), here, self.table)


def flipped(content: bytes) -> Iterator[bytes]:
    """The content with each of its bits turned over, one at a time."""
    for at in range(len(content) * 8):
        changed = bytearray(content)
        changed[at // 8] ^= 1 << at % 8
        yield bytes(changed)
