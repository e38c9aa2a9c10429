"""The officials' door stands beside the terminals': over TLS without a certificate, and never unencrypted."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from starlette.requests import Request

from central.city.naming import departments
from central.officials import accounts
from central.officials.door import from_here, may_carry_passwords, session_cookie
from central.officials.passwords import Passwords
from tests.integration.central.fleet.city import City, a_city, utc_now

CHOSEN = "quiet river 2026"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with a_city(tmp_path) as opened:
        yield opened


def asked(scheme: str, address: str, **headers: str) -> Request:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "scheme": scheme, "client": (address, 1), "server": ("centre", 8800)}
    scope |= {"headers": given, "path": "/overview", "query_string": b""}
    return Request(scope)


@pytest.mark.parametrize(
    ("scheme", "address", "may"),
    [
        ("https", "192.0.2.5", True),
        ("http", "127.0.0.1", True),
        ("http", "::1", True),
        ("http", "192.0.2.5", False),
        ("http", "testclient", False),
    ],
)
def test_passwords_travel_over_tls_or_not_at_all(scheme: str, address: str, may: bool) -> None:
    assert may_carry_passwords(asked(scheme, address)) is may


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({"host": "centre:8800", "origin": "https://centre:8800", "sec_fetch_site": "same-origin"}, True),
        ({"host": "centre:8800"}, True),
        ({"host": "centre:8800", "origin": "https://centre"}, False),
        ({"host": "centre:8800", "origin": "null"}, False),
        ({"host": "centre:8800", "sec_fetch_site": "same-site"}, False),
        ({"host": "centre:8800", "sec_fetch_site": "none"}, False),
    ],
)
def test_a_form_must_come_from_this_place(headers: dict[str, str], here: bool) -> None:
    assert from_here(asked("https", "192.0.2.5", **headers)) is here


def test_over_tls_the_session_has_a_name_no_other_host_can_set() -> None:
    assert session_cookie(asked("https", "192.0.2.5")) == "__Host-onecard_session"


def test_an_official_needs_no_certificate_and_gets_no_further_than_the_overview(city: City) -> None:
    accounts.make(
        city.fleet.database, "wang", "viewer", "", departments(), CHEAP, secrets.randbelow, utc_now(), "test"
    )
    accounts.choose_password(city.fleet.database, "wang", CHOSEN, CHEAP, utc_now(), "")
    authority = city.machine("browser").files.authority_file
    with requests.Session() as browser:
        browser.trust_env = False
        browser.verify = str(authority)
        page = browser.get(f"{city.url}/overview/sign-in", timeout=10)
        key = page.text.split('name="form_key" value="')[1].split('"')[0]
        form = {"name": "wang", "password": CHOSEN, "form_key": key}
        answer = browser.post(f"{city.url}/overview/sign-in", data=form, timeout=10, allow_redirects=False)
        assert answer.status_code == 303
        kept = answer.headers["Set-Cookie"]
        assert kept.startswith("__Host-onecard_session=")
        assert all(word in kept for word in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"))
        assert "Domain" not in kept
        assert browser.get(f"{city.url}/overview", timeout=10).status_code == 200
        for place in ("/v1/terminals", "/v1/alarms", "/v1/transactions", "/openapi.json"):
            assert browser.get(f"{city.url}{place}", timeout=10).status_code == 401
