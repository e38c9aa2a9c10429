"""The terminal's side of the contract over HTTP.

Every answer is turned into what to do next (``drivers.central.faults``). Whatever is not recognised is an
unknown outcome: a proxy's error page, half a body, an answer that is too long.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import requests
from pydantic import ValidationError
from urllib3.exceptions import HTTPError, NewConnectionError

from drivers.central.contract import (
    BatchResult,
    Health,
    Holder,
    IdentificationRequest,
    Message,
    Problem,
    TransactionBatch,
)
from drivers.central.faults import (
    CentralFault,
    Conflict,
    Final,
    OutcomeUnknown,
    Revoked,
    TryLater,
    Unreachable,
)

M = TypeVar("M", bound=Message)

ANSWER_LIMIT = 8 * 1024 * 1024
CHUNK = 64 * 1024
LONGEST_RETRY_MS = 3_600_000
FINAL_STATUSES = {400, 401, 403, 404, 405, 413, 422}
REVOKED_CODE = "central.revoked"
JSON_TYPES = {"application/json", "application/problem+json"}


class CentralClient:
    """One connection pool to one centre. Methods may be called from any thread.

    ``budget_ms`` bounds a whole call, from connecting to the last byte.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._sessions = threading.local()

    def health(self, budget_ms: int) -> Health:
        """Raises ``CentralFault``."""
        return self._ask("GET", "/v1/health", None, Health, budget_ms)

    def identify(self, request: IdentificationRequest, budget_ms: int) -> Holder:
        """Raises ``Final`` with the centre's reason when nobody can be served, else ``CentralFault``."""
        return self._ask("POST", "/v1/identifications", request, Holder, budget_ms)

    def deliver(self, batch: TransactionBatch, budget_ms: int) -> BatchResult:
        """Results in the order of the deliveries. Raises ``CentralFault``."""
        result = self._ask("POST", "/v1/transactions", batch, BatchResult, budget_ms)
        sent = [delivery.transaction.id for delivery in batch.deliveries]
        if [each.id for each in result.results] != sent:
            raise OutcomeUnknown("the answer is not about what was sent")
        return result

    def _ask(self, method: str, path: str, body: Message | None, answer: type[M], budget_ms: int) -> M:
        deadline = time.monotonic() + budget_ms / 1000
        with self._answer(method, path, body, budget_ms) as response:
            content = _content(response, deadline)
            if response.status_code != requests.codes.ok:
                raise fault_of(response.status_code, dict(response.headers), content)
        try:
            return answer.model_validate_json(content)
        except ValidationError as error:
            raise OutcomeUnknown(f"{path}: not an answer of the contract") from error

    @contextmanager
    def _answer(
        self, method: str, path: str, body: Message | None, budget_ms: int
    ) -> Iterator[requests.Response]:
        """No redirects: an answer from elsewhere is not the centre's."""
        seconds = budget_ms / 1000
        try:
            with self._session().request(
                method,
                self._url + path,
                data=body.model_dump_json().encode() if body else None,
                headers={"Content-Type": "application/json", "Accept": "application/json"},
                timeout=(seconds, seconds),
                stream=True,
                allow_redirects=False,
            ) as response:
                yield response
        except requests.ConnectTimeout as error:
            raise Unreachable("no connection within the budget") from error
        except requests.ConnectionError as error:
            if _never_connected(error):
                raise Unreachable("no connection") from error
            raise OutcomeUnknown("the connection broke") from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise OutcomeUnknown(type(error).__name__) from error

    def _session(self) -> requests.Session:
        """One for each thread: a session is not made to be shared."""
        session: requests.Session | None = getattr(self._sessions, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False
            self._sessions.session = session
        return session


def fault_of(status: int, headers: dict[str, str], untrusted_content: bytes) -> CentralFault:
    """What an answer other than 200 means; a problem document is believed only where it is one."""
    problem = _problem(headers, untrusted_content)
    after_ms = retry_after_ms(headers, datetime.now(UTC))
    if problem is None:
        if status in (429, 503):
            return TryLater(f"status {status}", after_ms)
        return OutcomeUnknown(f"status {status} without a problem document")
    if problem.code == REVOKED_CODE:
        return Revoked(problem.detail)
    if status == 409:
        return TryLater(problem.code, after_ms) if after_ms is not None else Conflict(problem.detail)
    if status in (423, 429, 503):
        return TryLater(problem.code, after_ms)
    if status in FINAL_STATUSES:
        return Final(problem.code, problem.detail)
    return OutcomeUnknown(f"status {status} {problem.code}")


def retry_after_ms(headers: dict[str, str], now: datetime) -> int | None:
    """``Retry-After`` in ms, as seconds or as a date (RFC 9110, 10.2.3); bounded, None when it is neither."""
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    if value.isdigit() and len(value) < 9:
        return min(int(value) * 1000, LONGEST_RETRY_MS)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max(0, round((moment - now).total_seconds() * 1000)), LONGEST_RETRY_MS)


def _problem(headers: dict[str, str], untrusted_content: bytes) -> Problem | None:
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    if kind.split(";")[0].strip().lower() not in JSON_TYPES:
        return None
    try:
        return Problem.model_validate_json(untrusted_content)
    except ValidationError:
        return None


def _content(response: requests.Response, deadline: float) -> bytes:
    """The whole answer, unless it is too long or too slow."""
    received = bytearray()
    try:
        for chunk in response.iter_content(CHUNK):
            received += chunk
            if len(received) > ANSWER_LIMIT:
                raise OutcomeUnknown("the answer is too long")
            if time.monotonic() > deadline:
                raise OutcomeUnknown("the answer came too slowly")
    except (requests.RequestException, HTTPError, json.JSONDecodeError) as error:
        raise OutcomeUnknown("the answer broke off") from error
    return bytes(received)


def _never_connected(error: requests.ConnectionError) -> bool:
    """True when no connection was made at all, so that nothing can have happened."""
    reason = error.args[0] if error.args else None
    return isinstance(getattr(reason, "reason", reason), NewConnectionError)
