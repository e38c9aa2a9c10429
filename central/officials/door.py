"""The door of the centre's pages: who is asking, in which language, and whether a form is really theirs."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import tomllib
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from central.database import Database
from central.officials import sessions, trail
from central.officials.passwords import Passwords
from central.officials.roles import Right
from central.officials.sessions import Session
from config.fault_texts import fault_texts

TEMPLATES = Path(__file__).parent.parent / "pages" / "overview"
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LANGUAGES = ("zh", "en")
LANGUAGE, FORM, SESSION = "onecard_language", "onecard_form", "onecard_session"
YEAR_S = 365 * 86_400
SIGN_IN = "/overview/sign-in"
CHOOSE = "/overview/password"

Clock = Callable[[], datetime]


class SentElsewhere(Exception):
    """The request is answered by another page."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@cache
def texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((TEMPLATES / "texts.toml").read_text(encoding="utf-8"))


class Door:
    """Pages and sessions over one database."""

    def __init__(self, database: Database, now: Clock, passwords: Passwords | None = None) -> None:
        self.database = database
        self.now = now
        self.passwords = passwords or Passwords()
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined
        )

    def install(self, application: FastAPI) -> None:
        @application.exception_handler(SentElsewhere)
        def elsewhere(_: Request, sent: SentElsewhere) -> Response:
            return sent.response

    def page(
        self, request: Request, name: str, session: Session | None = None, status: int = 200, **values: object
    ) -> HTMLResponse:
        """A page in the language of the request. ``session`` puts its name and form key into it."""
        shown: dict[str, object] = {"official": None, "form_key": "", "here": "", "message": ""}
        if session:
            shown |= {"official": session.official, "form_key": session.form_key}
        html = self.rendered(request, name, **{**shown, **values})
        return HTMLResponse(html, status, headers=SECURITY_HEADERS)

    def rendered(self, request: Request, name: str, **values: object) -> str:
        language = language_of(request)

        def t(key: object) -> str:
            return texts()[str(key)][language]

        city = getattr(self.database.city.name, language)
        return self._templates.get_template(name).render(t=t, language=language, city=city, **values)

    def session(self, request: Request, *, by_person: bool = True) -> Session | None:
        token = request.cookies.get(session_cookie(request), "")
        return sessions.session_of(self.database, token, self.now(), by_person=by_person)

    def let_in(self, request: Request, right: Right) -> Session:
        """Session of an official with this right; any other request is sent to sign in, to choose a password,
        or refused, on record.
        """
        session = self.session(request)
        if session is None:
            raise SentElsewhere(see_other(SIGN_IN))
        if session.official.must_choose:
            raise SentElsewhere(see_other(CHOOSE))
        if not session.official.may(right):
            raise SentElsewhere(self.turned_away(request, session))
        return session

    def turned_away(self, request: Request, session: Session) -> HTMLResponse:
        """Page for a view that the role may not see, recorded in the audit log."""
        self.note(request, session, "not_allowed", request.url.path)
        return self.page(request, "not_allowed.html", session, 403)

    def note(self, request: Request, session: Session, did: str, detail: str) -> None:
        """On the audit trail: what this official did, from where."""
        who, address = session.official.name, address_of(request)
        self.database.write(
            lambda connection: trail.note(connection, who, did, self.now(), detail=detail, address=address)
        )

    def check_form(self, request: Request, session: Session, form_key: str) -> None:
        """Sends away what was not sent from a page of this session."""
        if not (from_here(request) and session.sent_with(form_key)):
            raise SentElsewhere(see_other("/overview"))

    def new_form_key(self, request: Request) -> str:
        """For a form before anybody is signed in: the same words in a cookie and in the form."""
        return request.cookies.get(FORM) or secrets.token_urlsafe(24)

    def form_key_fits(self, request: Request, form_key: str) -> bool:
        kept = request.cookies.get(FORM, "")
        return from_here(request) and bool(kept) and hmac.compare_digest(kept.encode(), form_key.encode())


def language_of(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE, "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def session_cookie(request: Request) -> str:
    """Over TLS under a name that a browser takes from this host alone, and only so."""
    return f"__Host-{SESSION}" if request.url.scheme == "https" else SESSION


def keep_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def see_other(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303, headers=SECURITY_HEADERS)


def from_here(request: Request) -> bool:
    """Whether the browser says that the form stood on a page of this place; older ones say nothing."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "")
    fits = not origin or urlsplit(origin).netloc == request.headers.get("host", "")
    return fits and site == "same-origin"


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def may_carry_passwords(request: Request) -> bool:
    """Over TLS, or on this machine."""
    if request.url.scheme == "https":
        return True
    try:
        return ipaddress.ip_address(address_of(request)).is_loopback
    except ValueError:
        return False


def message_of(code: str, request: Request) -> str:
    """Sentence for a person about a fault, and the next step."""
    told = fault_texts()[code]
    return f"{told.zh}{told.next_zh}" if language_of(request) == "zh" else f"{told.en} {told.next_en}"
