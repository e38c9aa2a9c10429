"""The overview: one page of the city's figures, refreshed every few seconds."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from central.city import figures
from central.city.showing import shown
from central.database import Database
from central.officials.door import (
    SECURITY_HEADERS,
    TEMPLATES,
    Door,
    language_of,
)
from central.officials.roles import Right
from central.problems import problem
from config.catalogue.loading import Catalogue

FRESH_S = 1.0
FILES = {"overview.css": "text/css", "overview.js": "text/javascript", "mark.svg": "image/svg+xml"}


class Figures:
    """The newest figures, read at most once a second however many walls show them."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._kept: figures.Overview | None = None

    def newest(self) -> figures.Overview:
        with self._lock:
            if self._kept is None or self._monotonic() - self._read_at >= FRESH_S:
                with self._database.read() as connection:
                    self._kept = figures.overview(connection, self._now())
                self._read_at = self._monotonic()
            return self._kept


def add_overview(
    application: FastAPI,
    door: Door,
    newest: Callable[[], figures.Overview],
    known: Callable[[], Catalogue],
) -> None:
    """``known``: the catalogue in force, which names the services."""

    @application.get("/overview", include_in_schema=False)
    def overview(request: Request) -> Response:
        session = door.let_in(request, Right.FIGURES)
        found = newest()
        values = shown(found, language_of(request), known())
        return door.page(request, "overview.html", session, here="overview", at=_clock(found), **values)

    @application.get("/overview/figures", include_in_schema=False)
    def fragment(request: Request) -> Response:
        """Only the figures; 304 where none changed. Does not count as somebody's work at the desk."""
        session = door.session(request, by_person=False)
        if session is None or not session.official.may(Right.FIGURES):
            return HTMLResponse("", 401, headers=SECURITY_HEADERS)
        found = newest()
        html = door.rendered(request, "figures.html", **shown(found, language_of(request), known()))
        tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
        headers = {**SECURITY_HEADERS, "ETag": tag, "X-Figures-At": _clock(found)}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    @application.get("/overview/files/{name}", include_in_schema=False)
    def file(name: str) -> Response:
        if name not in FILES:
            return problem(404, "central.not_found", "There is no such file")
        headers = {**SECURITY_HEADERS, "Cache-Control": "no-cache"}
        return Response((TEMPLATES / name).read_bytes(), media_type=FILES[name], headers=headers)


def _clock(found: figures.Overview) -> str:
    return f"{found.at:%Y-%m-%d %H:%M:%S}"
