"""The register of guests behind HTTP."""

from __future__ import annotations

from typing import Any

import requests

from central.departments.register import RegisterUnreachable

BUDGET_S = 10.0


class HttpRegister:
    """A register behind HTTP: 2xx is accepted, 409 was accepted before, anything else is sent again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._session.trust_env = False

    def tell(self, number: int, kind: str, content: dict[str, Any]) -> None:
        message = {"number": number, "kind": kind, **content}
        try:
            answer = self._session.post(self._url, json=message, timeout=BUDGET_S, allow_redirects=False)
        except requests.RequestException as error:
            raise RegisterUnreachable(type(error).__name__) from error
        if not (200 <= answer.status_code < 300 or answer.status_code == requests.codes.conflict):
            raise RegisterUnreachable(f"status {answer.status_code}")
