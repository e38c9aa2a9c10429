"""Keys of the journal, and the sealing of its personal fields (AES-256-GCM, NIST SP 800-38D).

The key lies outside the database directory: a file only its owner can read, or a credential of the
system's service manager. A copied database alone tells nothing about anybody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from runtime.whole_file import sync_folder
from terminal.journal.faults import JournalDamaged, KeyExposed, KeyMissing

KEY_BYTES = 32
NONCE_BYTES = 12
LANE_BYTES = 16
CREDENTIAL_NAME = "onecard-journal-keys"
RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """Keys by number; new records use ``current``. ``lane_key`` never changes, so that the order of
    transactions of one card outlives a rotation."""

    current: int
    keys: Mapping[int, bytes]
    lane_key: bytes
    _ciphers: dict[int, AESGCM] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        return f"KeyRing(current={self.current}, keys={sorted(self.keys)})"

    def seal(self, plain: bytes, bound_to: bytes, random_bytes: RandomBytes) -> bytes:
        """Nonce and ciphertext under the current key; opens only with the same ``bound_to``."""
        nonce = random_bytes(NONCE_BYTES)
        return nonce + self._cipher(self.current).encrypt(nonce, plain, bound_to)

    def open(self, number: int, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises ``KeyMissing`` for an unknown key, ``JournalDamaged`` when the seal is broken."""
        if number not in self.keys:
            raise KeyMissing(f"key {number} is not in the ring")
        try:
            return self._cipher(number).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError) as error:
            raise JournalDamaged("a sealed field does not open") from error

    def lane(self, name: str) -> bytes:
        """A lane's name as stored on disk: without the key it does not reveal the card."""
        return hmac.digest(self.lane_key, name.encode(), hashlib.sha256)[:LANE_BYTES]

    def _cipher(self, number: int) -> AESGCM:
        if number not in self._ciphers:
            self._ciphers[number] = AESGCM(self.keys[number])
        return self._ciphers[number]


def new_ring(random_bytes: RandomBytes) -> KeyRing:
    return KeyRing(1, {1: random_bytes(KEY_BYTES)}, random_bytes(KEY_BYTES))


def rotated(ring: KeyRing, random_bytes: RandomBytes) -> KeyRing:
    """The ring with one more key, which is now the current one."""
    number = max(ring.keys) + 1
    return replace(ring, current=number, keys={**ring.keys, number: random_bytes(KEY_BYTES)}, _ciphers={})


def without_unused(ring: KeyRing, used: set[int]) -> KeyRing:
    """The ring without the keys that no record needs any more."""
    kept = {number: key for number, key in ring.keys.items() if number in used or number == ring.current}
    return replace(ring, keys=kept, _ciphers={})


def encode(ring: KeyRing) -> bytes:
    keys = {str(number): base64.b64encode(key).decode() for number, key in ring.keys.items()}
    lane_key = base64.b64encode(ring.lane_key).decode()
    return json.dumps({"current": ring.current, "keys": keys, "lane_key": lane_key}).encode()


def decode(untrusted_content: bytes) -> KeyRing:
    """Raises ``KeyMissing`` for anything that is not a key ring."""
    try:
        fields = json.loads(untrusted_content)
        keys = {int(number): base64.b64decode(key) for number, key in fields["keys"].items()}
        ring = KeyRing(int(fields["current"]), keys, base64.b64decode(fields["lane_key"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing("the key file is not a key ring") from error
    sizes = {len(key) for key in (*ring.keys.values(), ring.lane_key)}
    if ring.current not in ring.keys or sizes != {KEY_BYTES}:
        raise KeyMissing("the key file is not a key ring")
    return ring


def key_path(fallback: Path, environment: Mapping[str, str]) -> Path:
    """Where the keys are: the service manager's credential when there is one, else ``fallback``."""
    directory = environment.get("CREDENTIALS_DIRECTORY")
    credential = Path(directory) / CREDENTIAL_NAME if directory else None
    return credential if credential and credential.is_file() else fallback


def load_ring(path: Path) -> KeyRing:
    """Raises ``KeyMissing`` or ``KeyExposed``."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise KeyMissing(f"{path}: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        if os.fstat(descriptor).st_mode & 0o077:
            raise KeyExposed(f"{path}: mode must be 0600")
        return decode(file.read())


def save_ring(path: Path, ring: KeyRing) -> None:
    """Whole or not at all, on disk when it returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(encode(ring))
        file.flush()
        os.fsync(descriptor)
    fresh.rename(path)
    sync_folder(path.parent)
