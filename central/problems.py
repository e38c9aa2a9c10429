"""Every error as a problem document (RFC 9457) with a stable code, and nothing personal in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from random import SystemRandom
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from central.database import CommitInDoubt, DatabaseBusy
from central.unidentified import Unidentified
from domain.messages.contract import Problem

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
CHANCE = SystemRandom().random
"""Of its own: a request changes nothing of the random numbers that others in this process repeat."""
BUSY_RETRY_S = (1, 4)
"""Shortest and longest wait asked for: terminals that failed together do not come back together."""
STATUS_CODES = {404: "central.not_found", 405: "central.method_not_allowed", 413: "central.too_large"}


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problem responses of a route, for the published contract."""
    told = {"model": Problem, "content": {MEDIA_TYPE: {}}}
    return dict.fromkeys(statuses, told)


def problem(status: int, code: str, title: str, detail: str = "", retry_after_s: int = 0) -> JSONResponse:
    body = Problem(title=title, status=status, code=code, detail=detail)
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else None
    return JSONResponse(body.model_dump(mode="json"), status, headers, MEDIA_TYPE)


def problem_of_validation(errors: list[Any]) -> JSONResponse:
    """Names the places of the mistakes; what stood there is never repeated."""
    places = sorted({".".join(str(part) for part in error["loc"]) for error in errors})
    return problem(422, "central.malformed", "Not what the contract says", ", ".join(places)[:400])


def spread_retry_s(chance: Callable[[], float] = CHANCE) -> int:
    """Whole seconds for ``Retry-After``. ``chance``: 0 up to 1."""
    shortest, longest = BUSY_RETRY_S
    return shortest + int(chance() * (longest - shortest + 1))


def answer_faults(application: FastAPI) -> None:
    """From now on nothing leaves this application but answers of the contract."""

    @application.exception_handler(RequestValidationError)
    def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        return problem_of_validation(list(error.errors()))

    @application.exception_handler(Unidentified)
    def unidentified(_: Request, error: Unidentified) -> JSONResponse:
        return problem(403, error.reason, "Nobody can be served on what was presented")

    @application.exception_handler(DatabaseBusy)
    def busy(_: Request, error: DatabaseBusy) -> JSONResponse:
        return problem(
            503, error.code, "Nothing was booked; make the same request again", retry_after_s=spread_retry_s()
        )

    @application.exception_handler(CommitInDoubt)
    def in_doubt(_: Request, error: CommitInDoubt) -> JSONResponse:
        # No 503: that would say that nothing was booked.
        return problem(
            500, error.code, "Outcome not known; the same id tells it", retry_after_s=spread_retry_s()
        )

    @application.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        code = STATUS_CODES.get(error.status_code, "central.fault")
        return problem(error.status_code, code, str(error.detail))

    @application.exception_handler(Exception)
    def unexpected(_: Request, error: Exception) -> JSONResponse:
        log.error("unexpected %s", type(error).__name__)
        return problem(500, "central.fault", "The centre failed; the outcome is not known")
