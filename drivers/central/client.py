"""The terminal's side of the contract over HTTP.

Every answer is turned into what to do next (``drivers.central.faults``). Whatever is not recognised is an
unknown outcome: a proxy's error page, half a body, an answer that is too long.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import TypeVar

import requests
from pydantic import ValidationError
from urllib3.exceptions import HTTPError, NewConnectionError

from domain.messages.attachments import Attachment, AttachmentKept
from domain.messages.contract import (
    Answer,
    BatchResult,
    Health,
    Holder,
    IdentificationRequest,
    Message,
    Problem,
    Question,
    TransactionBatch,
)
from domain.messages.cryptograms import CryptogramAnswer, CryptogramRequest
from domain.messages.enrolment import Enrolment, EnrolmentRequest, Renewal, RenewalRequest
from domain.messages.signed_documents import SignedDocument
from domain.messages.terminal_state import StateNoted, TerminalState
from drivers.central.faults import (
    CentralFault,
    CentreUntrusted,
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
REVOKED_CODES = {"central.revoked", "enrolment.revoked"}
JSON_TYPES = {"application/json", "application/problem+json"}


NewSession = Callable[[], requests.Session]


def plain_session() -> requests.Session:
    """Nothing of the environment, neither its proxies nor its passwords, takes part."""
    session = requests.Session()
    session.trust_env = False
    return session


def sharing_secret(secret: str) -> NewSession:
    """Sessions for the embedded centre on loopback, which refuses requests without ``secret``."""

    def new_session() -> requests.Session:
        session = plain_session()
        session.headers["Authorization"] = f"Bearer {secret}"
        return session

    return new_session


class CentralClient:
    """One connection pool to one centre. Methods may be called from any thread.

    ``budget_ms`` bounds a whole call, from connecting to the last byte.
    """

    def __init__(self, url: str, new_session: NewSession = plain_session) -> None:
        self._url = url.rstrip("/")
        self._sessions = threading.local()
        self._new_session = new_session

    def use(self, new_session: NewSession) -> None:
        """From now on connections are made like this, e.g. with a renewed certificate."""
        self._new_session = new_session

    def health(self, budget_ms: int) -> Health:
        """Ask whether the centre can book now. Raises ``TryLater`` when it cannot, else ``CentralFault``."""
        return self._ask("GET", "/v1/health/ready", None, Health, budget_ms)

    def identify(self, request: IdentificationRequest, budget_ms: int) -> Holder:
        """Identify a person. Raises ``Final`` with the centre's reason when that is refused, else
        ``CentralFault``.
        """
        return self._ask("POST", "/v1/identifications", request, Holder, budget_ms)

    def ask(self, question: Question, budget_ms: int) -> Answer:
        """Raises ``Final`` with the centre's reason when it does not answer this, else ``CentralFault``."""
        return self._ask("POST", "/v1/questions", question, Answer, budget_ms)

    def attach(self, picture: Attachment, budget_ms: int) -> AttachmentKept:
        """Sends a photographed paper; again changes nothing. Raises ``Final`` where the centre will not have
        it, else ``CentralFault``."""
        return self._ask("POST", "/v1/attachments", picture, AttachmentKept, budget_ms)

    def deliver(self, batch: TransactionBatch, budget_ms: int) -> BatchResult:
        """Results in the order of the deliveries. Raises ``CentralFault``."""
        result = self._ask("POST", "/v1/transactions", batch, BatchResult, budget_ms)
        sent = [delivery.transaction.id for delivery in batch.deliveries]
        if [each.id for each in result.results] != sent:
            raise OutcomeUnknown("the answer is not about what was sent")
        return result

    def cryptograms(self, request: CryptogramRequest, budget_ms: int) -> CryptogramAnswer:
        """Cryptograms of the centre's HSM for a card's challenges. Raises ``Final`` where it has none, else
        ``CentralFault``.
        """
        return self._ask("POST", "/v1/cryptograms", request, CryptogramAnswer, budget_ms)

    def tell_state(self, state: TerminalState, budget_ms: int) -> StateNoted:
        """How this terminal is. Raises ``CentralFault``."""
        return self._ask("POST", "/v1/terminal-states", state, StateNoted, budget_ms)

    def enrol(self, request: EnrolmentRequest, budget_ms: int) -> Enrolment:
        """Raises ``Final`` for a request the centre does not take, else ``CentralFault``."""
        return self._ask("POST", "/v1/enrolments", request, Enrolment, budget_ms)

    def enrolment(self, code: str, budget_ms: int) -> Enrolment:
        """Raises ``Final`` once the request has ended, else ``CentralFault``."""
        return self._ask("GET", f"/v1/enrolments/{code}", None, Enrolment, budget_ms)

    def renew(self, request: RenewalRequest, budget_ms: int) -> Renewal:
        """Raises ``CentralFault``."""
        return self._ask("POST", "/v1/renewals", request, Renewal, budget_ms)

    def configuration(self, name: str, known_tag: str, budget_ms: int) -> tuple[SignedDocument, str] | None:
        """The newest one, not proved yet, and its tag; None when that is still ``known_tag``.

        Raises ``Final`` when there is none, else ``CentralFault``.
        """
        return self._tagged(f"/v1/configurations/{name}", known_tag, SignedDocument, budget_ms)

    def code_trust(self, known_tag: str, budget_ms: int) -> tuple[SignedDocument, str] | None:
        """List of trusted issuers, not proved yet, and its tag; None when that is still ``known_tag``.

        Raises ``CentralFault``.
        """
        return self._tagged("/v1/code-trust", known_tag, SignedDocument, budget_ms)

    def hotlist(self, since: int, budget_ms: int) -> SignedDocument:
        """The changes after a version, not proved yet. Raises ``CentralFault``."""
        return self._ask("GET", f"/v1/hotlist?since={since}", None, SignedDocument, budget_ms)

    def entitlements(self, since: int, budget_ms: int) -> SignedDocument:
        """Entitlements by card, the changes after a version, as ``hotlist``."""
        return self._ask("GET", f"/v1/entitlements?since={since}", None, SignedDocument, budget_ms)

    def _ask(self, method: str, path: str, body: Message | None, answer: type[M], budget_ms: int) -> M:
        deadline = time.monotonic() + budget_ms / 1000
        with self._answer(method, path, body, budget_ms) as response:
            return _message(path, response, _content(response, deadline), answer)

    def _tagged(self, path: str, known_tag: str, answer: type[M], budget_ms: int) -> tuple[M, str] | None:
        deadline = time.monotonic() + budget_ms / 1000
        known = {"If-None-Match": known_tag} if known_tag else {}
        with self._answer("GET", path, None, budget_ms, known) as response:
            content = _content(response, deadline)
            if known and response.status_code == requests.codes.not_modified:
                return None
            return _message(path, response, content, answer), response.headers.get("ETag", "")

    @contextmanager
    def _answer(
        self,
        method: str,
        path: str,
        body: Message | None,
        budget_ms: int,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Iterator[requests.Response]:
        """No redirects: an answer from elsewhere is not the centre's."""
        seconds = budget_ms / 1000
        try:
            with self._session().request(
                method,
                self._url + path,
                data=body.model_dump_json().encode() if body else None,
                headers={"Content-Type": "application/json", "Accept": "application/json", **headers},
                timeout=(seconds, seconds),
                stream=True,
                allow_redirects=False,
            ) as response:
                yield response
        except requests.ConnectTimeout as error:
            raise Unreachable("no connection within the budget") from error
        except requests.exceptions.SSLError as error:
            raise _distrust(error) from error
        except requests.ConnectionError as error:
            if _never_connected(error):
                raise Unreachable("no connection") from error
            raise OutcomeUnknown("the connection broke") from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise OutcomeUnknown(type(error).__name__) from error

    def _session(self) -> requests.Session:
        """One for each thread, a session is not made to be shared; a new one after ``use``."""
        made: tuple[NewSession, requests.Session] | None = getattr(self._sessions, "made", None)
        wanted = self._new_session
        if made is None or made[0] is not wanted:
            if made:
                made[1].close()
            made = (wanted, wanted())
            self._sessions.made = made
        return made[1]


def _message(path: str, response: requests.Response, content: bytes, answer: type[M]) -> M:
    if response.status_code != requests.codes.ok:
        raise fault_of(response.status_code, dict(response.headers), content)
    try:
        return answer.model_validate_json(content)
    except ValidationError as error:
        raise OutcomeUnknown(f"{path}: not an answer of the contract") from error


def fault_of(status: int, headers: dict[str, str], untrusted_content: bytes) -> CentralFault:
    """Fault for an answer other than 200; a problem document is believed only where it is one."""
    problem = _problem(headers, untrusted_content)
    after_ms = retry_after_ms(headers, datetime.now(UTC))
    if problem is None:
        if status in (429, 503):
            return TryLater(f"status {status}", after_ms)
        return OutcomeUnknown(f"status {status} without a problem document")
    if problem.code in REVOKED_CODES:
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
    if value.isascii() and value.isdigit() and len(value) < 9:
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


def _distrust(error: requests.exceptions.SSLError) -> CentralFault:
    """TLS itself failed. Where the centre could not prove itself, nothing was sent."""
    reason: object = error
    while isinstance(reason, BaseException):
        if isinstance(reason, ssl.SSLCertVerificationError):
            return CentreUntrusted(reason.verify_message)
        inner = getattr(reason, "reason", None)
        reason = inner if isinstance(inner, BaseException) else next(iter(reason.args), None)
    return OutcomeUnknown("TLS broke off")
