"""Pages around the accounts: signing in and out, one's password, all accounts, the audit trail."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy import Row

from central.city.naming import departments
from central.officials import accounts, sessions, trail
from central.officials.door import (
    CHOOSE,
    FORM,
    LANGUAGE,
    LANGUAGES,
    SIGN_IN,
    YEAR_S,
    Door,
    address_of,
    keep_cookie,
    language_of,
    may_carry_passwords,
    message_of,
    see_other,
    session_cookie,
    texts,
)
from central.officials.faults import LockedOut, NotAccount, NotLetIn, PasswordWeak
from central.officials.passwords import LONGEST
from central.officials.roles import Right, Role
from central.officials.sessions import LONGEST_ON_A_WALL, Session
from config.catalogue.loading import Catalogue
from config.city.city import City
from config.faults import Fault

OVERVIEW = "/overview"
FORM_S = 3600

Word = Annotated[str, Form(max_length=64)]
Secret = Annotated[str, Form(max_length=LONGEST)]


def new_token() -> str:
    return secrets.token_urlsafe(32)


def add_official_pages(application: FastAPI, door: Door, known: Callable[[], Catalogue]) -> None:
    """``known``: the catalogue in force, whose departments accounts are made for."""
    _add_signing_in(application, door)
    _add_password(application, door)
    _add_accounts(application, door, known)
    _add_trail(application, door)


def _add_signing_in(application: FastAPI, door: Door) -> None:
    def form(request: Request, message: str = "", status: int = 200) -> Response:
        with door.database.read() as connection:
            some = accounts.any_account(connection)
        key = door.new_form_key(request)
        secure = may_carry_passwords(request)
        shown: dict[str, Any] = {"message": message, "secure": secure, "any_account": some, "form_key": key}
        page = door.page(request, "sign_in.html", None, status, **shown)
        keep_cookie(request, page, FORM, key, FORM_S)
        return page

    @application.get(SIGN_IN, include_in_schema=False)
    def ask(request: Request) -> Response:
        return form(request)

    @application.post(SIGN_IN, include_in_schema=False)
    def sign_in(request: Request, name: Word, password: Secret, form_key: Word = "") -> Response:
        if not may_carry_passwords(request):
            return form(request, "", 403)
        if not door.form_key_fits(request, form_key):
            return form(request, texts()["form_old"][language_of(request)], 400)
        try:
            token = sessions.sign_in(
                door.database, name, password, address_of(request), door.passwords, new_token, door.now()
            )
        except (NotLetIn, LockedOut) as fault:
            return form(
                request, message_of(fault.code, request), 429 if isinstance(fault, LockedOut) else 401
            )
        answer = see_other(OVERVIEW)
        seconds = int(LONGEST_ON_A_WALL.total_seconds())
        keep_cookie(request, answer, session_cookie(request), token, seconds)
        return answer

    @application.post("/overview/sign-out", include_in_schema=False)
    def sign_out(request: Request, form_key: Word = "") -> Response:
        session = door.session(request)
        answer = see_other(SIGN_IN)
        if session is not None:
            door.check_form(request, session, form_key)
            token, who = request.cookies[session_cookie(request)], session.official.name
            door.database.write(
                lambda connection: sessions.sign_out(connection, token, who, address_of(request), door.now())
            )
        keep_cookie(request, answer, session_cookie(request), "", 0)
        return answer

    @application.get("/overview/language/{language}", include_in_schema=False)
    def language(request: Request, language: str) -> Response:
        answer = see_other(OVERVIEW)
        if language in LANGUAGES:
            keep_cookie(request, answer, LANGUAGE, language, YEAR_S)
        return answer


def _add_password(application: FastAPI, door: Door) -> None:
    @application.get(CHOOSE, include_in_schema=False)
    def ask(request: Request) -> Response:
        session = door.session(request)
        return door.page(request, "password.html", session) if session else see_other(SIGN_IN)

    @application.post(CHOOSE, include_in_schema=False)
    def choose(request: Request, chosen: Secret, again: Secret, form_key: Word = "") -> Response:
        session = door.session(request)
        if session is None:
            return see_other(SIGN_IN)
        door.check_form(request, session, form_key)
        if chosen != again:
            message = texts()["passwords_differ"][language_of(request)]
            return door.page(request, "password.html", session, 400, message=message)
        who, address, now = session.official.name, address_of(request), door.now()
        try:
            accounts.choose_password(door.database, who, chosen, door.passwords, now, address)
        except PasswordWeak as fault:
            message = message_of(fault.code, request)
            return door.page(request, "password.html", session, 400, message=message)
        return see_other(SIGN_IN)


def _add_accounts(application: FastAPI, door: Door, known: Callable[[], Catalogue]) -> None:
    def shown(request: Request, session: Session, status: int = 200, **more: object) -> Response:
        with door.database.read() as connection:
            listed = accounts.listed(connection)
        language = language_of(request)
        named = {id: getattr(name, language) for id, name in departments(known()).items()}
        values: dict[str, object] = {"accounts": listed, "departments": named, "roles": list(Role)}
        values |= {"given": None, "here": "accounts", **more}
        return door.page(request, "accounts.html", session, status, **values)

    @application.get("/overview/accounts", include_in_schema=False)
    def listed(request: Request) -> Response:
        return shown(request, door.let_in(request, Right.ACCOUNTS))

    @application.post("/overview/accounts", include_in_schema=False)
    def make(
        request: Request, name: Word, role: Word, department: Word = "", form_key: Word = ""
    ) -> Response:
        session = door.let_in(request, Right.ACCOUNTS)
        door.check_form(request, session, form_key)
        by, now = session.official.name, door.now()
        try:
            password = accounts.make(
                door.database,
                name,
                role,
                department,
                departments(known()),
                door.passwords,
                secrets.randbelow,
                now,
                by,
            )
        except NotAccount as fault:
            return _refused(request, session, fault)
        return shown(request, session, given={"name": name, "password": password})

    @application.post("/overview/accounts/close", include_in_schema=False)
    def close(request: Request, name: Word, form_key: Word = "") -> Response:
        session = door.let_in(request, Right.ACCOUNTS)
        door.check_form(request, session, form_key)
        by, now = session.official.name, door.now()
        try:
            door.database.write(lambda connection: accounts.close(connection, name, now, by))
        except NotAccount as fault:
            return _refused(request, session, fault)
        return see_other("/overview/accounts")

    def _refused(request: Request, session: Session, fault: Fault) -> Response:
        return shown(request, session, 400, message=message_of(fault.code, request))


def _add_trail(application: FastAPI, door: Door) -> None:
    @application.get("/overview/audit", include_in_schema=False)
    def entries(request: Request, before: Annotated[int | None, Query(ge=1, le=2**62)] = None) -> Response:
        session = door.let_in(request, Right.AUDIT)
        with door.database.read() as connection:
            rows = trail.newest(connection, before)
        older = rows[-1].id if len(rows) == trail.SHOWN else None
        listed = [_entry(row, door.database.city) for row in rows]
        return door.page(request, "audit.html", session, here="audit", entries=listed, before=older)


def _entry(row: Row[Any], city: City) -> dict[str, str]:
    at = city.local(row.at)
    return {
        "at": f"{at:%Y-%m-%d %H:%M:%S}",
        "who": row.who,
        "did": row.did,
        "detail": row.detail,
        "address": row.address,
    }
