"""Hashes of PINs and card numbers, under a key that lies outside the database.

PINs: argon2id (RFC 9106, second recommended option: 64 MiB, 3 passes) over HMAC-SHA256 of the PIN.
Card numbers: HMAC-SHA256, so that a card finds its owner.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

from runtime.whole_file import sync_folder
from terminal.journal.encryption import RandomBytes
from terminal.staff.faults import StaffUnreadable

KEY_BYTES = 32
OTHERS = 0o077


class Hashing:
    """``hasher`` is argon2id with its costs; a test may take cheaper ones."""

    def __init__(self, key: bytes, hasher: PasswordHasher | None = None) -> None:
        self._key = key
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self.nobody = self.of_pin("")
        """The hash no PIN has: compared when there is no account, so that both take the same time."""

    def of_pin(self, pin: str) -> str:
        return self._hasher.hash(self._keyed(b"pin", pin))

    def is_pin(self, stored: str, pin: str) -> bool:
        try:
            return self._hasher.verify(stored, self._keyed(b"pin", pin))
        except (Argon2Error, InvalidHashError):
            return False

    def of_card(self, card_number: str) -> bytes:
        return self._keyed(b"card", card_number)

    def of_row(self, previous: bytes, row: str) -> bytes:
        """Binds a row of the record to the one before it; only the key's owner can make one."""
        return hmac.digest(self._key, b"row" + previous + row.encode(), hashlib.sha256)

    def _keyed(self, use: bytes, secret: str) -> bytes:
        return hmac.digest(self._key, use + b"\0" + secret.encode(), hashlib.sha256)


def key_in(path: Path, *, may_make: bool, random_bytes: RandomBytes = os.urandom) -> bytes:
    """The key at ``path``, readable by its owner only; made when there are no accounts yet.

    Raises ``StaffUnreadable``.
    """
    try:
        if not path.exists():
            if not may_make:
                raise StaffUnreadable(f"{path} is lost: restore it, or remove the accounts and add them anew")
            _make(path, random_bytes(KEY_BYTES))
        if path.stat().st_mode & OTHERS:
            raise StaffUnreadable(f"{path} can be read by others: chmod 600 it")
        key = path.read_bytes()
    except OSError as error:
        raise StaffUnreadable(str(error)) from error
    if len(key) != KEY_BYTES:
        raise StaffUnreadable(f"{path} is not a key")
    return key


def _make(path: Path, key: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
