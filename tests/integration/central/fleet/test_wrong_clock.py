"""A terminal whose clock is wrong is in touch all the same, by the centre's signed time and by nothing
else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from central.fleet.authority import Role, server_names
from config.clock import utc_now
from config.settings import CentralSettings, Settings
from domain.messages.signed_time import SignedTime
from drivers.central.certificate_clock import CertificateClock, ask_time
from drivers.central.client import CentralClient
from drivers.central.tls import as_stranger, as_terminal
from terminal.provisioning.access import to_city
from tests.integration.central.fleet.city import BUDGET_MS, City, a_city

WRONG = [
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2021, 1, 1, 8, 0, tzinfo=UTC),
    utc_now() + timedelta(days=400),
    datetime(2038, 1, 19, tzinfo=UTC),
    datetime(2099, 12, 31, tzinfo=UTC),
]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with a_city(tmp_path) as city:
        yield city


def client_at(city: City, wall: datetime) -> CentralClient:
    city.enrolled("data")
    settings = Settings(terminal="BZ-LIB-0001", central=CentralSettings(url=city.url))
    access = to_city(settings, city.directory / "data", {})
    assert access.identity is not None
    return CentralClient(city.url, as_terminal(access.identity, lambda: wall))


@pytest.mark.parametrize("wall", WRONG, ids=lambda moment: f"{moment:%Y}")
def test_a_terminal_with_a_wrong_clock_is_in_touch_at_once(city: City, wall: datetime) -> None:
    """FC-61."""
    health = client_at(city, wall).health(BUDGET_MS)
    assert abs(health.server_time - utc_now()) < timedelta(minutes=1)


def test_a_machine_that_is_not_enrolled_yet_reaches_the_centre_with_a_wrong_clock(city: City) -> None:
    authority = city.directory / "authority.pem"
    authority.write_text(city.fleet.authority.pem, encoding="utf-8")
    stranger = CentralClient(city.url, as_stranger(authority, lambda: WRONG[1]))
    assert stranger.health(BUDGET_MS).contract


def test_a_certificate_that_ran_out_is_refused_although_the_centres_time_is_right(
    city: City, tmp_path: Path
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    names = server_names(("127.0.0.1",))
    ago = utc_now() - timedelta(days=200)
    old = city.fleet.authority.issue(Role.SERVER, "127.0.0.1", key.public_key(), names, ago)
    authority = tmp_path / "authority.pem"
    authority.write_text(city.fleet.authority.pem, encoding="utf-8")
    for wall in (utc_now(), WRONG[1]):
        clock = CertificateClock(authority, lambda wall=wall: wall, ask_time)  # type: ignore[misc]
        with pytest.raises(ssl.SSLCertVerificationError):
            clock.check(old.public_bytes(Encoding.DER), "127.0.0.1", port_of(city), without_checks())


def port_of(city: City) -> int:
    return int(city.url.rpartition(":")[2])


def without_checks() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Played:
    """Answers the question for the time as somebody between would."""

    def __init__(self, answer: bytes | Exception) -> None:
        self.answer = answer

    def __call__(self, host: str, port: int, context: ssl.SSLContext, nonce: str) -> bytes:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def the_certificate(city: City) -> bytes:
    return load_pem_x509_certificate(city.fleet.authority.pem.encode()).public_bytes(Encoding.DER)


def signed(city: City, nonce: str, moment: datetime) -> bytes:
    document = city.fleet.signer.sign(SignedTime(nonce=nonce, issued_at=moment))
    return document.model_dump_json().encode()


def test_the_signed_time_is_believed_for_the_nonce_of_the_question_only(city: City, tmp_path: Path) -> None:
    """FC-61: an answer that is played again, forged, cut or missing changes nothing."""
    authority = tmp_path / "authority.pem"
    authority.write_text(city.fleet.authority.pem, encoding="utf-8")
    good = signed(city, "0" * 32, utc_now())
    answers: list[bytes | Exception] = [
        good,
        good.replace(b"issued_at", b"issued_By"),
        good[:-20],
        b"",
        b"<html>",
        OSError(),
        HTTPException(),
        city.fleet.signer.sign(SignedTime(nonce="0" * 32, issued_at=WRONG[1])).model_dump_json().encode(),
    ]
    for answer in answers:
        clock = CertificateClock(authority, lambda: WRONG[1], Played(answer))
        with pytest.raises(ssl.SSLCertVerificationError):
            clock.check(the_certificate(city), "127.0.0.1", 1, ssl.create_default_context())
        assert clock.seconds == 0


def test_the_machines_clock_is_believed_again_once_it_is_right(city: City, tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    authority.write_text(city.fleet.authority.pem, encoding="utf-8")
    wall = [WRONG[1]]
    port, context = port_of(city), without_checks()
    clock = CertificateClock(authority, lambda: wall[0], ask_time)
    clock.check(the_certificate(city), "127.0.0.1", port, context)
    assert clock.seconds > 0
    wall[0] = utc_now()
    clock.check(the_certificate(city), "127.0.0.1", port, context)
    assert abs(clock.now() - utc_now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("issued", "believed"), [(None, False), (timedelta(days=-30), True), (timedelta(days=1), False)]
)
def test_an_earlier_time_is_believed_after_the_issue_of_the_terminals_certificate_only(
    city: City, tmp_path: Path, issued: timedelta | None, believed: bool
) -> None:
    authority = tmp_path / "authority.pem"
    authority.write_text(city.fleet.authority.pem, encoding="utf-8")
    not_before = utc_now() + issued if issued is not None else None
    clock = CertificateClock(authority, lambda: WRONG[4], ask_time, not_before)
    if believed:
        clock.check(the_certificate(city), "127.0.0.1", port_of(city), without_checks())
    else:
        with pytest.raises(ssl.SSLCertVerificationError):
            clock.check(the_certificate(city), "127.0.0.1", port_of(city), without_checks())
