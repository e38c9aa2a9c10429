"""The transport ride code of JT/T 1179-2018: binary, an issuer's certificate and two SM2 signatures.

    version 1, length 2                                        length counts what follows it
    certificate 117                                            signed by the transport authority
    payment account 16, card account 10, issuer 4, platform 4, account type 1, limit of a ride 3,
    user's public key 33, authorised until 4, valid for 2, own field 1 + 0 to 32
    signature 65: 15h and 64                                   the issuer's: certificate to own field
    made at 4
    signature 65: 15h and 64                                   the user's, over everything before it

All numbers are big-endian. The signed part of a certificate begins at its format byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.codes import sm2
from domain.codes.faults import Damaged

FIRST_VERSION, WITH_CERTIFICATE = 0x80, 0x81
HEAD_BYTES = 3
CERTIFICATE_BYTES = 117
LONGEST_OWN_FIELD = 32
SHORTEST, LONGEST = 332, 332 + LONGEST_OWN_FIELD
SIGNATURE_TAG = 0x15
SIGNED_CERTIFICATE = slice(6, 53)

CERTIFICATE_HEADER, CERTIFICATE_FORMAT, SM2_ALGORITHM = 0x24, 0x12, 0x04


@dataclass(frozen=True, slots=True)
class Certificate:
    """Of an issuer of ride codes. ``last_month`` is (year, month), the last one it is valid in."""

    service: bytes
    authority: int
    issuer: bytes
    last_month: tuple[int, int]
    serial: bytes
    public_key: bytes
    signed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, repr=False)
class RideCodeParts:
    """A ride code taken apart; nothing in it is believed yet. Amounts in fen, times in seconds."""

    certificate: Certificate
    payment_account: str
    card_account: str
    issuer: bytes
    platform: bytes
    account_type: int
    single_ride_limit_fen: int
    user_key: bytes
    authorised_until: datetime
    valid_for_s: int
    own_field: bytes
    issuer_signed: bytes
    issuer_signature: bytes
    made_at: datetime
    user_signed: bytes
    user_signature: bytes

    def __repr__(self) -> str:
        return f"RideCodeParts(issuer={self.issuer.hex()})"


class Fields:
    """Takes fields off the front, each of a fixed number of bytes."""

    def __init__(self, untrusted: bytes) -> None:
        self.untrusted = untrusted
        self.at = 0

    def take(self, size: int) -> bytes:
        taken = self.untrusted[self.at : self.at + size]
        if len(taken) < size:
            raise Damaged("cut off")
        self.at += size
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size))

    def expect(self, *octets: int) -> None:
        if self.take(len(octets)) != bytes(octets):
            raise Damaged("not as the standard has it")


def has_shape(untrusted: bytes) -> bool:
    """Length and head of a ride code: what tells it from any other scan."""
    return (
        SHORTEST <= len(untrusted) <= LONGEST
        and untrusted[0] >= FIRST_VERSION
        and int.from_bytes(untrusted[1:HEAD_BYTES]) == len(untrusted) - HEAD_BYTES
    )


def says_length(untrusted_start: bytes | bytearray) -> int:
    """How long a scan that begins like this says it is, where that is the length of a ride code; else 0.
    For lines of bytes: a ride code holds line ends."""
    head = bytes(untrusted_start[:HEAD_BYTES])
    length = HEAD_BYTES + int.from_bytes(head[1:])
    if len(head) < HEAD_BYTES or head[0] < FIRST_VERSION or not SHORTEST <= length <= LONGEST:
        return 0
    return length


def take_apart(untrusted: bytes) -> RideCodeParts:
    """Raises ``Damaged``."""
    if not has_shape(untrusted) or untrusted[0] != WITH_CERTIFICATE:
        raise Damaged("no ride code with a certificate")
    fields = Fields(untrusted)
    fields.take(HEAD_BYTES)
    certificate = certificate_of(fields.take(CERTIFICATE_BYTES))
    payment_account, card_account = _text(fields.take(16)), fields.take(10).hex()
    issuer, platform, account_type = fields.take(4), fields.take(4), fields.number(1)
    limit, user_key = fields.number(3), fields.take(sm2.COMPRESSED_BYTES)
    authorised_until, valid_for_s = _moment(fields.number(4)), fields.number(2)
    own_length = fields.number(1)
    if own_length > LONGEST_OWN_FIELD:
        raise Damaged("own field too long")
    own_field = fields.take(own_length)
    issuer_signed = untrusted[HEAD_BYTES : fields.at]
    issuer_signature = _signature(fields)
    made_at = _moment(fields.number(4))
    user_signed = untrusted[: fields.at]
    user_signature = _signature(fields)
    if fields.at != len(untrusted):
        raise Damaged("bytes after the end")
    return RideCodeParts(
        certificate=certificate,
        payment_account=payment_account,
        card_account=card_account,
        issuer=issuer,
        platform=platform,
        account_type=account_type,
        single_ride_limit_fen=limit,
        user_key=user_key,
        authorised_until=authorised_until,
        valid_for_s=valid_for_s,
        own_field=own_field,
        issuer_signed=issuer_signed,
        issuer_signature=issuer_signature,
        made_at=made_at,
        user_signed=user_signed,
        user_signature=user_signature,
    )


def certificate_of(untrusted: bytes) -> Certificate:
    """117 bytes, in the form of card-scheme certificates. Raises ``Damaged``."""
    fields = Fields(untrusted)
    fields.expect(CERTIFICATE_HEADER)
    service, authority = fields.take(4), fields.number(1)
    fields.expect(CERTIFICATE_FORMAT)
    issuer, last_month, serial = fields.take(4), _month(fields.take(2)), fields.take(3)
    fields.expect(SM2_ALGORITHM, SM2_ALGORITHM)
    fields.take(1)
    fields.expect(sm2.COMPRESSED_BYTES)
    public_key, signature = fields.take(sm2.COMPRESSED_BYTES), fields.take(sm2.SIGNATURE_BYTES)
    return Certificate(
        service, authority, issuer, last_month, serial, public_key, untrusted[SIGNED_CERTIFICATE], signature
    )


def _signature(fields: Fields) -> bytes:
    fields.expect(SIGNATURE_TAG)
    return fields.take(sm2.SIGNATURE_BYTES)


def _month(digits: bytes) -> tuple[int, int]:
    """Month and year in packed decimals, as on bank cards: 1228 is December 2028."""
    text = digits.hex()
    if not text.isdecimal() or not 1 <= int(text[:2]) <= 12:
        raise Damaged("no month")
    return 2000 + int(text[2:]), int(text[:2])


def _text(padded: bytes) -> str:
    """ASCII, filled up with zeros at either end."""
    stripped = padded.strip(b"\x00")
    if not stripped.isascii() or not stripped.decode("ascii").isprintable():
        raise Damaged("no account")
    return stripped.decode("ascii")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
