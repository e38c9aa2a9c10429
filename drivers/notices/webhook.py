"""A call to the staff, sent to a program of the house: a pager, a chat, a lamp behind an HTTP address.

``POST`` with ``{"terminal", "counter", "called_at"}``; no personal data. The program may answer at once with
an empty body, or keep the request open until somebody has answered: ``{"answered_by": "王芳"}``. """

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import requests

from config.faults import Fault

CONNECT_S = 3.0
LONGEST_NAME = 40
LONGEST_ANSWER = 4_096


class NotRung(Fault):
    """The program of the house was not reached, or refused the call."""

    code = "staff.call_not_sent"


@dataclass(frozen=True, slots=True)
class StaffCall:
    """``terminal`` and ``counter_name`` as on its screen, ``called_at`` with offset."""

    terminal: str
    counter_name: str
    called_at: datetime


def ring(url: str, call: StaffCall, answer_s: float) -> str:
    """Send a call. Returns the name of the person who answered within ``answer_s``, empty without one.

    Raises ``NotRung``.
    """
    message = {
        "terminal": call.terminal,
        "counter": call.counter_name,
        "called_at": call.called_at.isoformat(timespec="seconds"),
    }
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(url, json=message, timeout=(CONNECT_S, answer_s), allow_redirects=False)
    except requests.ReadTimeout:
        return ""
    except requests.RequestException as error:
        raise NotRung(type(error).__name__) from error
    if not 200 <= answer.status_code < 300:
        raise NotRung(f"status {answer.status_code}")
    return _name(answer)


def _name(untrusted: requests.Response) -> str:
    if len(untrusted.content) > LONGEST_ANSWER:
        return ""
    try:
        said = untrusted.json()
    except ValueError:
        return ""
    name = said.get("answered_by") if isinstance(said, dict) else None
    shown = "".join(each for each in name if each.isprintable()).strip() if isinstance(name, str) else ""
    return shown[:LONGEST_NAME]
