"""Opening the card's bank account for use: identity, agreement, a PIN the bank alone can read.

The terminal seals the new PIN for the bank's public key; neither it nor the centre's other departments
ever hold the digits.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import JsonValue
from sqlalchemy import Connection, select, update

from central.departments.catalogue.base import CatalogueDepartment
from central.departments.department import Business, Decision, Enquiry, confirmed, refused
from central.departments.tables import account, posting
from central.tables import received
from config.catalogue.entries import Activation
from domain.messages.contract import Transaction
from domain.messages.sealed_pin import SealBroken, open_pin, public_key_of


class PinVault(Protocol):
    """Where a bank keeps PINs: opens what was sealed for it and keeps what cannot be turned back."""

    @property
    def public_key(self) -> str: ...

    def keep(self, sealed: str, account: str) -> str: ...


class DemonstrationVault:
    """A bank's vault with a test key, for a demonstration alone: its private key stands in this source."""

    def __init__(self) -> None:
        seed = hashlib.sha256(b"TEST KEY of the demonstration bank").digest()
        self._key = X25519PrivateKey.from_private_bytes(seed)
        self._hasher = PasswordHasher()

    @property
    def public_key(self) -> str:
        return public_key_of(self._key)

    def keep(self, sealed: str, account: str) -> str:
        """Raises ``SealBroken``."""
        return self._hasher.hash(open_pin(self._key, sealed, account))


class ActivationDepartment(CatalogueDepartment[Activation]):
    """``vault``: None for a centre without a bank's vault; it then opens no account and seals no PIN."""

    def __init__(self, entry: Activation, vault: PinVault | None = None) -> None:
        super().__init__(entry)
        self.vault = vault

    def answer(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        """``account``: which account, whether it is in use, and the key a PIN is sealed for."""
        if enquiry.name != "account":
            return None
        if self.vault is None:
            return {"refusal": "activation.no_bank"}
        found = connection.execute(select(account).where(account.c.subject == enquiry.subject)).one_or_none()
        if found is None:
            return {"refusal": "payment.no_account"}
        if found.active:
            return {"refusal": "activation.already_active"}
        return {
            "zh": found.bank_zh,
            "en": found.bank_en,
            "ending": found.ending,
            "account": found.id,
            "key": self.vault.public_key,
        }

    def book(self, connection: Connection, business: Business) -> Decision:
        if self.vault is None:
            return refused("activation.no_bank")
        body = business.transaction.body
        found = connection.execute(
            select(account).where(account.c.subject == business.subject).with_for_update()
        ).one_or_none()
        if found is None:
            return refused("payment.no_account")
        if found.active:
            return refused("activation.already_active")
        if body.get("agreed") is not True:
            return refused("activation.not_agreed")
        try:
            pin_hash = self.vault.keep(str(body.get("sealed_pin", "")), found.id)
        except SealBroken:
            return refused("activation.pin_unreadable")
        connection.execute(
            update(account).where(account.c.id == found.id).values(active=True, pin_hash=pin_hash)
        )
        took = body.get("took_s")
        took_s = took if type(took) is int and took >= 0 else None
        return confirmed(zh=found.bank_zh, en=found.bank_en, ending=found.ending, took_s=took_s)

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        """The account is closed for use again, unless something was moved since."""
        subject = connection.execute(
            select(received.c.subject).where(received.c.id == str(transaction.id))
        ).scalar()
        moved = select(posting.c.id).where(
            posting.c.account == account.c.id, posting.c.at >= transaction.occurred_at
        )
        closed = update(account).where(account.c.subject == subject, ~moved.exists())
        return connection.execute(closed.values(active=False, pin_hash="")).rowcount == 1
