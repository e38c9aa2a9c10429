"""A virtual phone's wallet: keys of its own, and the three codes a city's phone can show.

Loaded once while there is a network; from then on its signed codes are made on the phone alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from domain.codes import cose, e_card, ride_code_making, sm2
from domain.codes.e_card import NONCE_BYTES, Presentation
from drivers.central.phone import PhoneClient, counter_code
from drivers.central.wallet import WalletClient


class NotLoaded(Exception):
    """The phone was never in touch with the centre: it has nothing to show offline."""


class WalletPhone:
    """One persona's phone. ``now`` is its clock."""

    def __init__(self, client: WalletClient, persona: str, now: Callable[[], datetime]) -> None:
        self._client = client
        self._persona = persona
        self._now = now
        self._key = generate_private_key(SECP256R1())
        self._ride_key = sm2.PrivateKey(secrets.randbelow(sm2.N - 2) + 1)
        self._credential = self._ride_account = b""

    def load(self) -> None:
        """Fetches credential and ride account. Raises ``WalletUnreachable``."""
        self._credential = self._client.credential(self._persona, cose.compressed(self._key))
        ride_key = self._ride_key.public_key().compressed
        self._ride_account = self._client.ride_account(self._persona, ride_key)

    @property
    def loaded(self) -> bool:
        return bool(self._credential and self._ride_account)

    def token(self) -> str:
        """A fresh opaque token; needs the network. Raises ``WalletUnreachable``."""
        return self._client.token(self._persona)

    def signed_code(self, audience: str = "") -> str:
        """Made without a network, good for half a minute. Raises ``NotLoaded``."""
        if not self._credential:
            raise NotLoaded
        shown = Presentation(self._now(), secrets.token_bytes(NONCE_BYTES), audience)
        return e_card.present(self._credential, shown, cose.signing_with(self._key))

    def ride_code(self) -> bytes:
        """Made without a network. Raises ``NotLoaded``."""
        if not self._ride_account:
            raise NotLoaded
        return ride_code_making.show(self._ride_account, self._now(), self._ride_key)


class BoundPhone(WalletPhone):
    """A phone bound at a counter: requests for it need its own key."""

    def __init__(self, client: WalletClient, persona: str, now: Callable[[], datetime]) -> None:
        super().__init__(client, persona, now)
        self._bound: PhoneClient | None = None

    def scan(self, untrusted_text: str) -> str:
        """Brings the code on a counter's screen to the centre; the four digits this phone then shows.

        Raises ``PhoneUnreachable``, ``PhoneRefused``.
        """
        seen = counter_code(untrusted_text)
        self._bound = PhoneClient(seen.centre, seen.binding, cose.signing_with(self._key), self._now)
        return self._bound.claim(seen.code, cose.compressed(self._key))

    def load(self) -> None:
        """Once the person at the counter has said that it is theirs. Raises ``PhoneUnreachable``,
        ``PhoneRefused``."""
        if self._bound is None:
            raise NotLoaded
        self._credential = self._bound.credential()
        self._ride_account = self._bound.ride_account(self._ride_key.public_key().compressed)

    def token(self) -> str:
        if self._bound is None:
            raise NotLoaded
        return self._bound.token()
