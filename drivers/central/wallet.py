"""The phones of a demonstration: asks the centre, as an app would, for a persona's electronic-card code, or
for what a phone needs to make codes without a network."""

from __future__ import annotations

import base64
from typing import Any

import requests

from config.faults import Fault

TIMEOUT_S = 5.0


class WalletUnreachable(Fault):
    """The phone has no network, or the centre is not a demonstration's."""

    code = "central.wallet_unreachable"


class WalletClient:
    """``url`` is the centre's. Every call opens its own connection, as phones do."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def token(self, persona: str) -> str:
        """A fresh token of this persona's electronic card. Raises ``WalletUnreachable``."""
        return str(self._ask("POST", f"/v1/wallets/{self._wallet_of(persona)}/tokens")["token"])

    def credential(self, persona: str, public_key: bytes) -> bytes:
        """For a phone with this key (a compressed point of P-256). Raises ``WalletUnreachable``."""
        return self._issued(persona, "credentials", public_key, "credential")

    def ride_account(self, persona: str, public_key: bytes) -> bytes:
        """For a phone with this key (a compressed point of SM2). Raises ``WalletUnreachable``."""
        return self._issued(persona, "ride-accounts", public_key, "ride_account")

    def _issued(self, persona: str, what: str, public_key: bytes, name: str) -> bytes:
        path = f"/v1/wallets/{self._wallet_of(persona)}/{what}"
        answer = self._ask("POST", path, {"public_key": public_key.hex()})
        return base64.b64decode(str(answer[name]))

    def _wallet_of(self, persona: str) -> str:
        wallets = self._ask("GET", "/v1/wallets").get("wallets", [])
        wallet = next((each["id"] for each in wallets if each["persona"] == persona), None)
        if wallet is None:
            raise WalletUnreachable(f"no electronic card for {persona}")
        return str(wallet)

    def _ask(self, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            response = requests.request(method, self._url + path, json=body, timeout=TIMEOUT_S)
            response.raise_for_status()
            content = response.json()
        except (requests.RequestException, ValueError) as error:
            raise WalletUnreachable(type(error).__name__) from error
        if not isinstance(content, dict):
            raise WalletUnreachable("not an answer of the contract")
        return content
