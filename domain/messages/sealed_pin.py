"""A PIN on its way to a bank: sealed on the terminal, opened by the bank alone.

X25519, HKDF-SHA-256 and AES-256-GCM, a fresh key pair for each PIN; the account is bound in, so that a
sealed PIN cannot be moved to another account. The form is ``base64(public key ‖ nonce ‖ sealed digits)``.
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.faults import Fault

PURPOSE = b"onecard sealed pin 1"
KEY_BYTES = 32
NONCE_BYTES = 12


class SealBroken(Fault):
    """The sealed value cannot be opened by this key for this account."""

    code = "activation.pin_unreadable"


def seal_pin(pin: str, public_key: str, account: str) -> str:
    """Raises ``SealBroken`` for a key that is none."""
    try:
        theirs = X25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
    except (ValueError, binascii.Error) as error:
        raise SealBroken("not a public key") from error
    mine = X25519PrivateKey.generate()
    public = mine.public_key().public_bytes_raw()
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key(mine.exchange(theirs), public)).encrypt(nonce, pin.encode(), account.encode())
    return base64.b64encode(public + nonce + sealed).decode()


def open_pin(key: X25519PrivateKey, untrusted_sealed: str, account: str) -> str:
    """The digits. Raises ``SealBroken``."""
    try:
        content = base64.b64decode(untrusted_sealed, validate=True)
        public = content[:KEY_BYTES]
        nonce = content[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
        shared = key.exchange(X25519PublicKey.from_public_bytes(public))
        pin = AESGCM(_key(shared, public)).decrypt(
            nonce, content[KEY_BYTES + NONCE_BYTES :], account.encode()
        )
    except (ValueError, binascii.Error, InvalidTag) as error:
        raise SealBroken("sealed for another key or account, or damaged") from error
    return pin.decode()


def public_key_of(key: X25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _key(shared: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=public, info=PURPOSE).derive(shared)
