"""Enrolment at the centre: what is asked for, who approves it, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from central.fleet import enrolments
from central.fleet.fleet import Fleet
from central.fleet.peer import Peer, peer_of
from central.fleet.refusals import (
    AlreadyEnrolled,
    Expired,
    FleetRefusal,
    NoSuchCode,
    RequestInvalid,
    Revoked,
    TooManyWaiting,
    Unknown,
)
from domain.messages.enrolment import Enrolment, EnrolmentRequest, EnrolmentState
from drivers.central.identity import signing_request
from tests.integration.central.conftest import NOW

NAME = "BZ-LIB-0001"


def a_request(name: str = NAME) -> EnrolmentRequest:
    return EnrolmentRequest(
        terminal=name, request=signing_request(name, ec.generate_private_key(ec.SECP256R1()))
    )


def ask(fleet: Fleet, request: EnrolmentRequest, **later: float) -> Enrolment:
    at = NOW + timedelta(**later)
    return fleet.database.write(lambda c: enrolments.ask(c, fleet.authority, request, at))


def approve(fleet: Fleet, code: str, *, replace: bool = False, **later: float) -> str:
    at = NOW + timedelta(**later)
    return fleet.database.write(
        lambda c: enrolments.approve(c, fleet.authority, code, "Wang", at, replace=replace)
    )


def look(fleet: Fleet, code: str, **later: float) -> Enrolment:
    with fleet.database.read() as connection:
        return enrolments.look(connection, code, NOW + timedelta(**later))


def peer(enrolment: Enrolment) -> Peer:
    certificate = x509.load_pem_x509_certificate(enrolment.certificate.encode())
    found = peer_of(certificate.public_bytes(Encoding.DER))
    assert found is not None
    return found


def admit(fleet: Fleet, who: Peer, **later: float) -> None:
    with fleet.database.read() as connection:
        enrolments.admit(connection, who.serial, who.terminal, NOW + timedelta(**later))


def enrolled(fleet: Fleet, name: str = NAME, *, replace: bool = False) -> Peer:
    code = ask(fleet, a_request(name)).code
    approve(fleet, code, replace=replace)
    return peer(look(fleet, code))


def test_a_terminal_waits_until_a_person_approves_and_then_has_a_certificate_for_ninety_days(
    fleet: Fleet,
) -> None:
    waiting = ask(fleet, a_request())
    assert (waiting.state, waiting.certificate) == (EnrolmentState.WAITING, "")
    assert approve(fleet, waiting.code) == NAME
    approved = look(fleet, waiting.code)
    certificate = x509.load_pem_x509_certificate(approved.certificate.encode())
    assert certificate.not_valid_after_utc == NOW + timedelta(days=90)
    assert peer(approved).terminal == NAME
    admit(fleet, peer(approved))


def test_the_code_may_be_typed_as_people_do(fleet: Fleet) -> None:
    code = ask(fleet, a_request()).code
    sloppy = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}"
    assert approve(fleet, sloppy) == NAME


@pytest.mark.parametrize("typed", ["", "-", "0000-0000-0000-0000", "'; DROP TABLE", "\x00", "码" * 400])
def test_a_code_nobody_waits_under_approves_nothing(fleet: Fleet, typed: str) -> None:
    ask(fleet, a_request())
    with pytest.raises(NoSuchCode):
        approve(fleet, typed.replace("\x00", ""))


def test_a_code_ends_after_a_quarter_of_an_hour_and_begins_anew_when_asked_again(fleet: Fleet) -> None:
    request = a_request()
    code = ask(fleet, request).code
    with pytest.raises(NoSuchCode):
        approve(fleet, code, minutes=16)
    assert ask(fleet, request, minutes=17).code == code
    assert approve(fleet, code, minutes=18) == NAME


def test_an_approved_code_is_of_no_use_a_second_time(fleet: Fleet) -> None:
    request = a_request()
    code = ask(fleet, request).code
    approve(fleet, code)
    with pytest.raises(NoSuchCode, match="already approved"):
        approve(fleet, code)
    assert ask(fleet, request).state is EnrolmentState.APPROVED


def test_a_refused_terminal_is_told_so(fleet: Fleet) -> None:
    code = ask(fleet, a_request()).code
    fleet.database.write(lambda c: enrolments.refuse(c, code, "Wang", NOW))
    assert look(fleet, code).state is EnrolmentState.REFUSED
    with pytest.raises(NoSuchCode, match="already refused"):
        approve(fleet, code)


def test_a_name_in_use_is_given_to_another_machine_only_on_purpose(fleet: Fleet) -> None:
    first = enrolled(fleet)
    code = ask(fleet, a_request()).code
    with pytest.raises(AlreadyEnrolled):
        approve(fleet, code)
    admit(fleet, first)
    approve(fleet, code, replace=True)
    with pytest.raises(Revoked):
        admit(fleet, first)
    admit(fleet, peer(look(fleet, code)))


def test_a_name_whose_certificates_ran_out_is_free(fleet: Fleet) -> None:
    enrolled(fleet)
    code = ask(fleet, a_request(), days=91).code
    assert approve(fleet, code, days=91) == NAME


def test_revoking_ends_every_certificate_of_a_terminal_and_no_others(fleet: Fleet) -> None:
    first, other = enrolled(fleet), enrolled(fleet, "BZ-BUS-0001")
    second = fleet.database.write(
        lambda c: enrolments.give(c, fleet.authority, NAME, a_request().request, NOW)
    )
    assert fleet.database.write(lambda c: enrolments.revoke(c, NAME, "stolen", NOW)) == 2
    for gone in (first, peer(Enrolment(code="", state="approved", expires_at=NOW, certificate=second))):
        with pytest.raises(Revoked):
            admit(fleet, gone)
    admit(fleet, other)
    assert fleet.database.write(lambda c: enrolments.revoke(c, NAME, "again", NOW)) == 0


def test_a_certificate_is_admitted_within_its_time_under_its_own_name_only(fleet: Fleet) -> None:
    who = enrolled(fleet)
    with pytest.raises(Expired):
        admit(fleet, who, days=90)
    with pytest.raises(Unknown):
        admit(fleet, replace(who, terminal="BZ-BUS-0001"))
    with pytest.raises(Unknown):
        admit(fleet, replace(who, serial="ff"))


def test_only_so_many_wait_at_once(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolments, "MOST_WAITING", 2)
    ask(fleet, a_request()), ask(fleet, a_request())
    with pytest.raises(TooManyWaiting):
        ask(fleet, a_request())
    ask(fleet, a_request(), minutes=16)


def test_what_waits_is_listed_for_a_person(fleet: Fleet) -> None:
    first, second = ask(fleet, a_request()), ask(fleet, a_request("BZ-BUS-0001"), minutes=1)
    approve(fleet, ask(fleet, a_request("BZ-BUS-0002")).code)
    with fleet.database.read() as connection:
        listed = enrolments.waiting(connection, NOW + timedelta(minutes=15, seconds=30))
        assert listed == [(second.code, "BZ-BUS-0001", NOW + timedelta(minutes=1), "", "")]
        both = enrolments.waiting(connection, NOW + timedelta(minutes=2))
    assert [code for code, *_ in both] == [first.code, second.code]


def _tampered(request: str) -> str:
    """The signature of one request over another's key."""
    read = x509.load_pem_x509_csr(request.encode())
    der = bytearray(read.public_bytes(Encoding.DER))
    der[der.index(b"BZ-LIB")] ^= 1
    return x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode()


def _with(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    named = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return named.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize(
    "request_text",
    [
        "x",
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        _tampered(a_request().request),
        _with(rsa.generate_private_key(65537, 2048)),
        _with(ec.generate_private_key(ec.SECP384R1())),
    ],
    ids=["words", "nonsense", "tampered", "rsa", "p384"],
)
def test_only_a_p256_key_that_signed_for_itself_is_enrolled(fleet: Fleet, request_text: str) -> None:
    with pytest.raises(RequestInvalid):
        ask(fleet, EnrolmentRequest(terminal=NAME, request=request_text))


def test_every_refusal_has_its_own_text() -> None:
    from config.fault_texts import fault_texts

    assert {kind.code for kind in FleetRefusal.__subclasses__()} <= fault_texts().keys()


def test_the_keys_of_the_centre_are_read_by_nobody_else(fleet: Fleet, tmp_path: Path) -> None:
    modes = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "fleet").iterdir()}
    private = {"authority.pem": 0o600, "signing.pem": 0o600, "e-card-issuer.pem": 0o600}
    assert modes == {**private, "authority.crt": 0o644}
