"""Who may speak to the centre, and whom a terminal believes: attacked over real TLS."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from requests.adapters import HTTPAdapter
from sqlalchemy import select

from central.fleet import enrolments
from central.fleet.authority import Role, new_authority, open_authority, server_names, together
from central.tables import alarm, received
from domain.messages.contract import Delivery, PendingWork, TransactionBatch
from domain.messages.enrolment import EnrolmentRequest, RenewalRequest
from drivers.central.client import CentralClient
from drivers.central.faults import CentreUntrusted, Final, OutcomeUnknown, Revoked
from drivers.central.identity import AuthorityDiffers
from drivers.central.tls import as_terminal
from terminal.provisioning.enrolment import meet
from tests.integration.central.desk import BOOK, Desk
from tests.integration.central.fleet.city import (
    BUDGET_MS,
    TERMINAL,
    City,
    Machine,
    a_city,
    in_the_name_of,
    utc_now,
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with a_city(tmp_path_factory.mktemp("city")) as city:
        yield city


def a_return(city: City, terminal: str) -> TransactionBatch:
    """A book handed in: business that needs nobody's card."""
    desk = Desk(city.fleet.database, terminal, utc_now())
    handed_in = Delivery(transaction=desk.make("return", BOOK))
    return TransactionBatch(terminal=terminal, pending=PendingWork(count=0), deliveries=(handed_in,))


def refusal(client: CentralClient, city: City) -> str:
    with pytest.raises(Final) as refused:
        client.deliver(a_return(city, TERMINAL), BUDGET_MS)
    return refused.value.problem_code


def test_an_enrolled_terminal_delivers(city: City) -> None:
    machine = city.enrolled("delivers", "BZ-LIB-0100")
    (result,) = machine.client().deliver(a_return(city, machine.name), BUDGET_MS).results
    assert result.code == "library.not_on_loan"


def test_without_a_certificate_only_the_way_in_is_open(city: City) -> None:
    stranger = city.machine("stranger").stranger()
    assert stranger.health(BUDGET_MS).server_time
    assert refusal(stranger, city) == "enrolment.required"
    with pytest.raises(Final, match=r"enrolment\.required"):
        stranger.hotlist(0, BUDGET_MS)
    with pytest.raises(Final, match=r"enrolment\.required"):
        stranger.renew(RenewalRequest(request="x"), BUDGET_MS)


def test_a_phone_needs_no_certificate_and_gets_no_further_than_its_own_page(city: City) -> None:
    with requests.Session() as browser:
        browser.trust_env = False
        browser.verify = str(city.machine("phone").files.authority_file)
        page = browser.get(f"{city.url}/phone", timeout=10)
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        claim = {"binding": "0" * 36, "code": "A" * 26, "public_key": "02" + "11" * 32, "at": 1}
        answer = browser.post(
            f"{city.url}/v1/phones/claims", json={**claim, "signature": "00" * 64}, timeout=10
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "binding.unknown")
        for place in ("/v1/terminals", "/v1/wallets", "/v1/hotlist", "/v1/phonesque", "/phones"):
            assert browser.get(f"{city.url}{place}", timeout=10).status_code == 401


def test_a_terminal_cannot_speak_in_the_name_of_another_and_the_centre_tells_a_person(city: City) -> None:
    machine = city.enrolled("thief", "BZ-LIB-0666")
    victim = in_the_name_of(a_return(city, machine.name), "BZ-BUS-0001")
    with pytest.raises(Final, match=r"enrolment\.other_terminal"):
        machine.client().deliver(victim, BUDGET_MS)
    with city.fleet.database.read() as connection:
        (raised,) = connection.execute(select(alarm).where(alarm.c.terminal == machine.name)).all()
        taken = connection.execute(select(received.c.id).where(received.c.terminal == "BZ-BUS-0001")).all()
    assert raised.kind == "other_terminal"
    assert not taken


def test_a_terminal_does_not_see_what_is_for_the_centres_people(city: City) -> None:
    session = as_terminal(city.enrolled("curious", "BZ-LIB-0101").identity)()
    for path in ("/v1/alarms", "/v1/terminals", "/openapi.json", "/v1/transactionsx"):
        answer = session.get(city.url + path, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (403, "enrolment.not_for_terminals")
    session.close()


def test_a_revoked_terminal_is_told_at_its_next_contact_of_any_kind(city: City) -> None:
    machine = city.enrolled("revoked", "BZ-LIB-0102")
    client = machine.client()
    client.health(BUDGET_MS)
    city.revoke(machine.name)
    for contact in (
        lambda: client.health(BUDGET_MS),
        lambda: client.deliver(a_return(city, machine.name), BUDGET_MS),
        lambda: client.hotlist(0, BUDGET_MS),
        lambda: client.configuration("library", "", BUDGET_MS),
        lambda: client.renew(
            RenewalRequest(request=machine.files.applicant(machine.name).request), BUDGET_MS
        ),
    ):
        with pytest.raises(Revoked):
            contact()


def test_a_refused_batch_of_the_largest_size_still_hears_why(city: City) -> None:
    machine = city.enrolled("large", "BZ-LIB-0103")
    batch = a_return(city, machine.name)
    large = batch.model_copy(update={"deliveries": batch.deliveries * 200})
    filled = large.model_copy(
        update={
            "deliveries": tuple(
                each.model_copy(
                    update={"transaction": each.transaction.model_copy(update={"body": {"note": "x" * 4000}})}
                )
                for each in large.deliveries
            )
        }
    )
    city.revoke(machine.name)
    with pytest.raises(Revoked):
        machine.client().deliver(filled, BUDGET_MS)


def test_a_certificate_of_another_authority_is_refused_by_tls_itself(city: City, tmp_path: Path) -> None:
    machine = city.enrolled("forged", "BZ-LIB-0104")
    identity = machine.identity
    forger = new_authority(utc_now())
    key = enrolments.requested_key(machine.files.applicant(machine.name).request)
    forged = forger.issue(Role.TERMINAL, machine.name, key, (), utc_now())
    (machine.directory / "identity" / "waiting.key").rename(identity.key_file)
    identity.certificate_file.write_bytes(forged.public_bytes(Encoding.PEM))
    with pytest.raises(OutcomeUnknown):
        CentralClient(city.url, as_terminal(identity)).health(BUDGET_MS)


def test_a_terminal_whose_certificate_ran_out_is_told_so(city: City) -> None:
    machine = city.machine("expired", "BZ-LIB-0105")
    request = machine.files.applicant(machine.name).request
    long_ago = utc_now() - timedelta(days=100)
    old = city.fleet.database.write(
        lambda connection: enrolments.give(connection, city.fleet.authority, machine.name, request, long_ago)
    )
    machine.files.keep(old, machine.name)
    with pytest.raises(Final, match=r"enrolment\.expired"):
        machine.client().health(BUDGET_MS)


def test_a_certificate_this_database_never_gave_is_refused(city: City) -> None:
    machine = city.machine("unknown", "BZ-LIB-0106")
    key = enrolments.requested_key(machine.files.applicant(machine.name).request)
    names = enrolments.terminal_names(machine.name)
    given = city.fleet.authority.issue(Role.TERMINAL, machine.name, key, names, utc_now())
    machine.files.keep(given.public_bytes(Encoding.PEM).decode(), machine.name)
    with pytest.raises(Final, match=r"enrolment\.unknown"):
        machine.client().health(BUDGET_MS)


def test_the_centres_own_certificate_does_not_pass_for_a_terminals(city: City, tmp_path: Path) -> None:
    machine = city.enrolled("server", "BZ-LIB-0107")
    key = ec.generate_private_key(ec.SECP256R1())
    names = [*server_names(["127.0.0.1"]), *enrolments.terminal_names(machine.name)]
    servers = city.fleet.authority.issue(Role.SERVER, machine.name, key.public_key(), names, utc_now())
    pair = tmp_path / "pair.pem"
    pair.write_bytes(together(key, servers))
    forged = replace(machine.identity, certificate_file=pair, key_file=pair)
    with pytest.raises(OutcomeUnknown):
        CentralClient(city.url, as_terminal(forged)).hotlist(0, BUDGET_MS)


def test_a_centre_of_another_authority_gets_nothing(city: City, tmp_path: Path) -> None:
    machine = city.enrolled("misled", "BZ-LIB-0108")
    with a_city(tmp_path) as impostor:
        client = CentralClient(impostor.url, as_terminal(machine.identity))
        with pytest.raises(CentreUntrusted):
            client.deliver(a_return(city, machine.name), BUDGET_MS)
        with impostor.fleet.database.read() as connection:
            assert not connection.execute(select(received.c.id)).all()


def test_a_centre_with_a_certificate_for_another_host_gets_nothing(tmp_path: Path) -> None:
    with a_city(tmp_path, hosts=("central.example",)) as elsewhere:
        machine = elsewhere.machine("terminal")
        with pytest.raises(CentreUntrusted, match="IP address mismatch"):
            machine.stranger().health(BUDGET_MS)


def test_a_centre_whose_certificate_ran_out_gets_nothing(tmp_path: Path) -> None:
    open_authority(tmp_path / "fleet", utc_now() - timedelta(days=200))
    with a_city(tmp_path, now=lambda: utc_now() - timedelta(days=100)) as late:
        machine = late.machine("terminal")
        with pytest.raises(CentreUntrusted, match="expired"):
            machine.stranger().health(BUDGET_MS)


def test_the_authorities_of_the_web_are_not_believed(city: City) -> None:
    session = as_terminal(city.enrolled("web", "BZ-LIB-0109").identity)()
    asked = session.prepare_request(requests.Request("GET", city.url + "/v1/health"))
    session.send(asked, timeout=30).close()
    adapter = session.get_adapter(city.url)
    assert isinstance(adapter, HTTPAdapter)
    _, chosen = adapter.build_connection_pool_key_attributes(asked, True)
    believed = chosen["ssl_context"].get_ca_certs()
    assert [dict(*name["subject"]) for name in believed] == [{"commonName": "Onecard authority"}]
    session.close()


def test_older_tls_is_refused(city: City) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    place = urlsplit(city.url)
    with socket.create_connection((str(place.hostname), place.port or 0), 5) as plain:  # noqa: SIM117
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(plain)


def test_what_speaks_no_tls_gets_no_answer(city: City) -> None:
    with pytest.raises(OutcomeUnknown):
        CentralClient(city.url.replace("https", "http")).health(BUDGET_MS)


def test_a_man_between_cannot_have_his_own_key_approved(city: City, tmp_path: Path) -> None:
    """He passes the request on with another key: the code read from the screen is then nobody's."""
    machine = city.machine("honest", "BZ-LIB-0110")
    on_the_screen = machine.files.applicant(machine.name).code
    between = city.machine("between", "BZ-LIB-0110")
    request = EnrolmentRequest(terminal=machine.name, request=between.files.applicant(machine.name).request)
    city.machine("way").stranger().enrol(request, BUDGET_MS)
    with pytest.raises(Exception, match=r"enrolment\.code_unknown"):
        city.approve(on_the_screen)


def test_a_man_between_cannot_pass_for_the_centre(city: City, tmp_path: Path) -> None:
    with a_city(tmp_path) as impostor:
        machine = Machine(impostor.url, tmp_path / "new")
        with pytest.raises(AuthorityDiffers):
            meet(machine.files, impostor.url, city.fleet.code)
        assert machine.files.authority() is None
