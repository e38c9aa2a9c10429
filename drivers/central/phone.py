"""A bound phone's share of the contract: it brings a counter's code, then asks for what it shows."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests

from config.faults import Fault
from domain.codes.cose import Sign
from domain.messages.binding import PhoneMessage, signed_text

TIMEOUT_S = 5.0
UNSIGNED = "00" * 64


class PhoneUnreachable(Fault):
    """The phone has no network, or what answered is no centre."""

    code = "central.wallet_unreachable"


class PhoneRefused(Fault):
    """The centre said no; ``reason`` is its stable code."""

    code = "binding.not_this_phone"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CounterCode:
    """Content of the code on a counter's screen. ``centre``: the centre that issued it."""

    centre: str
    binding: str
    code: str


def counter_code(untrusted_text: str) -> CounterCode:
    """Raises ``PhoneRefused`` for anything else a phone may scan."""
    address, _, secret = untrusted_text.partition("#")
    binding, _, code = secret.partition(".")
    if not address.endswith("/phone") or not binding or not code:
        raise PhoneRefused("binding.unknown")
    return CounterCode(address.removesuffix("/phone"), binding, code)


class PhoneClient:
    """One phone, whose key signs by ``sign``. ``now`` is its clock. Raises ``PhoneUnreachable`` and
    ``PhoneRefused`` from every question."""

    def __init__(self, centre: str, binding: str, sign: Sign, now: Callable[[], datetime]) -> None:
        self._centre = centre.rstrip("/")
        self._binding = binding
        self._sign = sign
        self._now = now
        self._last = 0

    def claim(self, code: str, public_key: bytes) -> str:
        """The four digits that both screens show."""
        return str(self._ask("claims", code=code, public_key=public_key.hex())["digits"])

    def credential(self) -> bytes:
        return base64.b64decode(str(self._ask("credentials")["credential"]))

    def token(self) -> str:
        return str(self._ask("tokens")["token"])

    def ride_account(self, ride_key: bytes) -> bytes:
        return base64.b64decode(str(self._ask("ride-accounts", ride_key=ride_key.hex())["ride_account"]))

    def _ask(self, what: str, **more: str) -> dict[str, Any]:
        self._last = max(int(self._now().timestamp() * 1000), self._last + 1)
        plain = PhoneMessage(binding=self._binding, at=self._last, signature=UNSIGNED, **more)
        signature = self._sign(signed_text(what, plain)).hex()
        body = {"binding": self._binding, "at": self._last, "signature": signature, **more}
        try:
            answer = requests.post(f"{self._centre}/v1/phones/{what}", json=body, timeout=TIMEOUT_S)
            content = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise PhoneUnreachable(type(error).__name__) from error
        if not isinstance(content, dict) or answer.status_code >= 500:
            raise PhoneUnreachable("not an answer of the contract")
        if not answer.ok:
            raise PhoneRefused(str(content.get("code")))
        return content
