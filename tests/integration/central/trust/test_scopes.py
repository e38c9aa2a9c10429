"""Scopes: a terminal's signed list of services, bounded by its profile, on every route with a service."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from cryptography import x509

from central.fleet import enrolments
from central.fleet.refusals import ProfileUnknown
from central.fleet.scopes import Scope, bounded
from config.catalogue.loading import catalogue
from domain.messages.enrolment import EnrolmentRequest
from tests.integration.central.fleet.city import BUDGET_MS, City, Machine, a_city
from tests.integration.central.trust.test_routes import asked

BUS = "BZ-BUS-0001"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with a_city(tmp_path_factory.mktemp("scopes")) as city:
        yield city


def asks(city: City, name: str, services: tuple[str, ...] = (), profile: str = "") -> Machine:
    machine = city.machine(name.lower(), name)
    applicant = machine.files.applicant(name)
    request = EnrolmentRequest(terminal=name, request=applicant.request, services=services, profile=profile)
    code = machine.stranger().enrol(request, BUDGET_MS).code
    city.approve(code)
    machine.fetch(code)
    return machine


def listed(machine: Machine) -> set[str]:
    certificate = x509.load_pem_x509_certificate(machine.identity.certificate_file.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    return {uri.removeprefix("urn:onecard:service:") for uri in uris if "service" in uri}


def a_transaction(machine: Machine, service: str, *, offline: bool = False) -> dict[str, object]:
    made = {
        "id": str(uuid4()),
        "terminal": machine.name,
        "sequence": 1,
        "previous": "0" * 64,
        "service": service,
        "action": "pay",
        "occurred_at": "2026-11-28T10:00:00+08:00",
        "trust": "holder",
        "body": {"amount_fen": 100},
    }
    delivery = {"transaction": made, "accepted_offline": offline}
    return {"terminal": machine.name, "pending": {"count": 0}, "deliveries": [delivery]}


def outcome(machine: Machine, service: str, *, offline: bool = False) -> str:
    from domain.messages.contract import TransactionBatch

    batch = TransactionBatch.model_validate(a_transaction(machine, service, offline=offline))
    return machine.client().deliver(batch, BUDGET_MS).results[0].code


def test_a_validator_does_its_own_service_and_no_other(city: City) -> None:
    """FC-41: also not with another flag; every service of the catalogue is tried."""
    bus = asks(city, BUS, ("bus",), "bus")
    assert listed(bus) == {"bus"}
    others = ["library", "hotel", *catalogue().services]
    for service in others:
        assert outcome(bus, service) == "trust.not_in_scope", service
        assert outcome(bus, service, offline=True) == "trust.not_in_scope", service
        question = {"terminal": BUS, "service": service, "name": "due"}
        assert asked(bus, "POST", "/v1/questions", body=question) == (403, "trust.not_in_scope"), service
    assert outcome(bus, "bus") != "trust.not_in_scope"


def test_a_library_reads_no_rights_of_riders(city: City) -> None:
    library = asks(city, "BZ-LIB-0001", ("library",), "library")
    assert asked(library, "GET", "/v1/entitlements") == (403, "trust.not_in_scope")


def test_a_list_is_bounded_by_the_profile(city: City) -> None:
    greedy = asks(city, "BZ-LIB-0002", ("library", "bus", "catalogue:hall"), "library")
    assert listed(greedy) == {"library"}
    with pytest.raises(ProfileUnknown):
        asks(city, "BZ-LIB-0003", ("library",), "no-such-profile")
    whole = asks(city, "BZ-VIL-0001", (), "village")
    assert listed(whole) == {"catalogue:village"}


def test_a_renewed_certificate_carries_the_same_list(city: City) -> None:
    from terminal.provisioning.enrolment import renew

    bus = asks(city, "BZ-BUS-0002", ("bus",), "bus")
    renew(bus.files, bus.identity, bus.client())
    assert listed(bus) == {"bus"}


def test_a_terminal_without_a_list_does_nothing_that_needs_a_pin(city: City) -> None:
    old = city.enrolled("old", "BZ-OLD-0001")
    assert listed(old) == set()
    for service, entry in catalogue().services.items():
        assert (outcome(old, service) == "trust.not_in_scope") == (entry.trust == "holder"), service


def test_a_list_of_a_kind_of_counter_is_its_services() -> None:
    known = catalogue()
    village = Scope(frozenset({"catalogue:village"}))
    for service, entry in known.services.items():
        assert village.holds(service, known) == ("village" in entry.counters)
    assert bounded(("bus", "library"), ("library",), known) == ("library",)
    assert bounded((), ("library",), known) == ("library",)
    assert not Scope(frozenset({"none"})).holds("library", known)
    assert enrolments.network_of("::ffff:192.0.2.7") == "192.0.2.7"
