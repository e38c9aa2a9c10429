"""The phones of a demonstration: asks the centre for a persona's electronic-card code, as an app would."""

from __future__ import annotations

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
        wallets = self._ask("GET", "/v1/wallets").get("wallets", [])
        wallet = next((each["id"] for each in wallets if each["persona"] == persona), None)
        if wallet is None:
            raise WalletUnreachable(f"no electronic card for {persona}")
        return str(self._ask("POST", f"/v1/wallets/{wallet}/tokens")["token"])

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        try:
            response = requests.request(method, self._url + path, timeout=TIMEOUT_S)
            response.raise_for_status()
            content = response.json()
        except (requests.RequestException, ValueError) as error:
            raise WalletUnreachable(type(error).__name__) from error
        if not isinstance(content, dict):
            raise WalletUnreachable("not an answer of the contract")
        return content
