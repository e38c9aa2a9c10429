"""Ride codes made: by an authority that certifies, an issuer that authorises, and a phone that shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.codes import sm2
from domain.codes.ride_code import (
    CERTIFICATE_FORMAT,
    CERTIFICATE_HEADER,
    HEAD_BYTES,
    LONGEST_OWN_FIELD,
    SIGNATURE_TAG,
    SIGNED_CERTIFICATE,
    SM2_ALGORITHM,
    WITH_CERTIFICATE,
)

SERVICE = bytes.fromhex("01010000")
"""The electronic purse of transport."""
AFTER_ISSUER = 1 + sm2.SIGNATURE_BYTES + 4 + 1 + sm2.SIGNATURE_BYTES


@dataclass(frozen=True, slots=True)
class RideAccount:
    """Authorisation by an issuer. ``card_account`` is 20 digits; amounts in fen."""

    payment_account: str
    card_account: str
    issuer: bytes
    platform: bytes
    user_key: bytes
    authorised_until: datetime
    account_type: int = 1
    single_ride_limit_fen: int = 2000
    valid_for_s: int = 30
    own_field: bytes = b""


def certify(
    authority: int, issuer: bytes, key: sm2.PublicKey, last_month: tuple[int, int], sign_with: sm2.PrivateKey
) -> bytes:
    """The authority's certificate over an issuer's key, 117 bytes."""
    year, month = last_month
    head = bytes([CERTIFICATE_HEADER]) + SERVICE + bytes([authority, CERTIFICATE_FORMAT]) + issuer
    expiry, serial = bytes.fromhex(f"{month:02}{year % 100:02}"), b"\x00\x00\x01"
    algorithms = bytes([SM2_ALGORITHM, SM2_ALGORITHM, 0, sm2.COMPRESSED_BYTES])
    certificate = head + expiry + serial + algorithms + key.compressed
    return certificate + sign_with.sign(certificate[SIGNED_CERTIFICATE])


def authorise(certificate: bytes, account: RideAccount, sign_with: sm2.PrivateKey) -> bytes:
    """Everything up to the issuer's signature, for the phone to keep."""
    if len(account.own_field) > LONGEST_OWN_FIELD:
        raise ValueError("own field too long")
    signed = b"".join(
        (
            certificate,
            account.payment_account.encode("ascii").rjust(16, b"\x00"),
            bytes.fromhex(account.card_account),
            account.issuer,
            account.platform,
            bytes([account.account_type]),
            account.single_ride_limit_fen.to_bytes(3),
            account.user_key,
            int(account.authorised_until.timestamp()).to_bytes(4),
            account.valid_for_s.to_bytes(2),
            bytes([len(account.own_field)]),
            account.own_field,
        )
    )
    length = len(signed) + AFTER_ISSUER
    head = bytes([WITH_CERTIFICATE]) + length.to_bytes(HEAD_BYTES - 1)
    return head + signed + bytes([SIGNATURE_TAG]) + sign_with.sign(signed)


def show(authorised: bytes, made_at: datetime, sign_with: sm2.PrivateKey) -> bytes:
    """The bytes of the code that the phone shows now, made without a network."""
    signed = authorised + int(made_at.timestamp()).to_bytes(4)
    return signed + bytes([SIGNATURE_TAG]) + sign_with.sign(signed)
