"""The register of guests behind HTTP."""

from __future__ import annotations

from typing import Any

import requests

from central.departments.register import RegisterUnreachable, ReportFailed, ReportRefused

BUDGET_S = 10.0
REFUSALS = (400, 406, 410, 411, 413, 415, 416, 417, 422)
"""Statuses about the content of a report. Others speak of the way, the login, the load or the register."""


class HttpRegister:
    """A register behind HTTP: 2xx is accepted, 409 was accepted before, ``REFUSALS`` end in the inbox,
    anything else is sent again."""

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
        if 200 <= answer.status_code < 300 or answer.status_code == requests.codes.conflict:
            return
        if answer.status_code in REFUSALS:
            raise ReportRefused(_reason(answer))
        if answer.status_code == requests.codes.internal_server_error:
            raise ReportFailed("status 500")
        raise RegisterUnreachable(f"status {answer.status_code}")


def _reason(untrusted: requests.Response) -> str:
    """The register's words, printable and short; its status where it gave none."""
    words = "".join(each if each.isprintable() else " " for each in untrusted.text[:2_000])
    return f"{untrusted.status_code}: {' '.join(words.split())[:150]}".rstrip(": ")
