"""COSE_Sign1 (RFC 9052, section 4.2) with ES256 (RFC 9053, section 2.1): parsed, verified and made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.codes import cbor
from domain.codes.faults import Damaged, Forged

TAG = b"\xd2"
"""Tag 18, the only tag in a code."""
ALGORITHM, KEY_ID, CWT_CLAIMS = 1, 4, 15
"""Header parameters; the last one is RFC 9597's."""
ES256 = -7
SIGNATURE_BYTES = 64
COMPRESSED_BYTES = 33

Sign = Callable[[bytes], bytes]
"""Signs bytes, giving r and s of 32 bytes each. The key itself may be elsewhere."""


@dataclass(frozen=True, slots=True, repr=False)
class Sign1:
    """One signed message. ``header`` holds the protected parameters; there are no unprotected ones."""

    protected: bytes
    header: dict[int, cbor.Value]
    payload: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """The bytes under the signature (Sig_structure)."""
        return _signed(self.protected, self.payload)


def parse(untrusted: bytes) -> Sign1:
    """Takes the message apart; nothing of it is believed yet. Raises ``Damaged``."""
    if not untrusted.startswith(TAG):
        raise Damaged("no COSE_Sign1")
    match cbor.decode(untrusted[len(TAG) :]):
        case [bytes() as protected, dict() as unprotected, bytes() as payload, bytes() as signature]:
            pass
        case _:
            raise Damaged("no COSE_Sign1")
    header = cbor.decode(protected)
    if unprotected or not isinstance(header, dict) or header.get(ALGORITHM) != ES256:
        raise Damaged("no header of ours")
    if len(signature) != SIGNATURE_BYTES:
        raise Damaged("no ES256 signature")
    return Sign1(protected, header, payload, signature)


def verify(message: Sign1, key: EllipticCurvePublicKey) -> None:
    """Raises ``Forged``."""
    verify_raw(message.signed, message.signature, key)


def verify_raw(content: bytes, signature: bytes, key: EllipticCurvePublicKey) -> None:
    """ES256 over bytes that are no COSE message; r and s of 32 bytes each. Raises ``Forged``."""
    r, s = (int.from_bytes(half) for half in (signature[:32], signature[32:]))
    try:
        key.verify(encode_dss_signature(r, s), content, ECDSA(SHA256()))
    except InvalidSignature:
        raise Forged("ES256") from None


def make(header: dict[int, cbor.Value], payload: bytes, sign: Sign) -> bytes:
    protected = cbor.encode({ALGORITHM: ES256, **header})
    signature = sign(_signed(protected, payload))
    return TAG + cbor.encode([protected, {}, payload, signature])


def _signed(protected: bytes, payload: bytes) -> bytes:
    return cbor.encode(["Signature1", protected, b"", payload])


def public_key(untrusted_point: bytes) -> EllipticCurvePublicKey:
    """A compressed point of P-256. Raises ``Damaged`` where it is none, or not on the curve."""
    if len(untrusted_point) != COMPRESSED_BYTES:
        raise Damaged("no compressed point")
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), untrusted_point)
    except ValueError:
        raise Damaged("a point that is not on the curve") from None


@lru_cache(maxsize=32)
def issuer_key(point: bytes) -> EllipticCurvePublicKey:
    """As ``public_key``, remembered: issuers are few and come with every code."""
    return public_key(point)


def compressed(key: EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def signing_with(key: EllipticCurvePrivateKey) -> Sign:
    def sign(content: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(content, ECDSA(SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)

    return sign
