"""Every route of the centre × every sender; a route without a rule stops the start (FC-42, design 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from central.fleet.application import create_fleet_application
from central.fleet.guard import FOR_TERMINALS
from central.route_rules import RULES, Caller, RouteWithoutRule, check_routes, rule_of, within
from drivers.central.tls import as_stranger, as_terminal
from tests.integration.central.fleet.city import City, Machine, a_city

OTHER = "BZ-LIB-0002"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with a_city(tmp_path_factory.mktemp("routes")) as city:
        yield city


def routes_of(application: FastAPI) -> list[tuple[str, str]]:
    return [
        (method, re.sub(r"{\w+}", "a", route.path))
        for route in application.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    ]


def asked(
    machine: Machine, method: str, path: str, *, known: bool = True, body: object = None
) -> tuple[int, str]:
    """Status and code of an answer to this machine, or to it as a stranger."""
    make = as_terminal(machine.identity) if known else as_stranger(machine.files.authority_file)
    with make() as session:
        answer = session.request(method, machine.url + path, json=body, timeout=30, allow_redirects=False)
    kind = answer.headers.get("content-type", "")
    return answer.status_code, answer.json().get("code", "") if "json" in kind else ""


def test_a_route_without_a_rule_stops_the_start(city: City) -> None:
    application = create_fleet_application(city.fleet, demonstration=True)
    check_routes(application)
    application.add_api_route("/v1/forgotten", lambda: None, methods=["POST"])
    with pytest.raises(RouteWithoutRule, match="/v1/forgotten"):
        check_routes(application)
    assert rule_of("/v1/terminals") is Caller.THIS_MACHINE
    assert rule_of("/v1/terminal-states") is Caller.TERMINAL


def test_every_route_for_terminals_needs_a_certificate_in_force(city: City) -> None:
    """Without a certificate, with a revoked one: no route for terminals answers anything else."""
    thief = city.enrolled("thief", "BZ-LIB-0009")
    city.revoke("BZ-LIB-0009")
    walked = 0
    for method, path in routes_of(create_fleet_application(city.fleet, demonstration=False)):
        if rule_of(path) not in (Caller.TERMINAL, Caller.THIS_MACHINE):
            continue
        assert asked(thief, method, path, known=False) == (401, "enrolment.required"), path
        assert asked(thief, method, path) == (403, "enrolment.revoked"), path
        walked += 1
    assert walked >= len(FOR_TERMINALS)


def test_what_is_for_this_machine_is_for_no_terminal(city: City) -> None:
    machine = city.enrolled("curious", "BZ-LIB-0008")
    for path, caller in RULES.items():
        if caller is Caller.THIS_MACHINE:
            assert asked(machine, "GET", path) == (403, "enrolment.not_for_terminals")


def bodies(terminal: str) -> dict[str, object]:
    """A message in the name of ``terminal`` for every route that carries a name."""
    card = {
        "kind": "social_security_card",
        "card_number": "B00000001",
        "identification_code": "37160001" + "0" * 24,
    }
    return {
        "/v1/identifications": {"terminal": terminal, "trust": "read", "credential": card},
        "/v1/questions": {"terminal": terminal, "service": "hotel", "name": "today"},
        "/v1/attachments": {
            "terminal": terminal,
            "subject": "somebody",
            "service": "disability-allowance",
            "paper": "paper",
            "sha256": "0" * 64,
            "jpeg": "AAAA",
        },
        "/v1/cryptograms": {
            "terminal": terminal,
            "identification_code": "371600" + "0" * 26,
            "algorithm": "SM4",
            "factor": "0" * 16,
            "challenges": [{"use": "read", "seed": "0" * 16, "content": "0" * 16}],
        },
        "/v1/transactions": {
            "terminal": terminal,
            "pending": {"count": 0},
            "deliveries": [
                {
                    "transaction": {
                        "id": "0190f4c2-7b1a-7c3e-9d2f-0123456789ab",
                        "terminal": terminal,
                        "sequence": 1,
                        "previous": "0" * 64,
                        "service": "library",
                        "action": "return",
                        "occurred_at": "2026-11-28T10:00:00+08:00",
                        "trust": "none",
                        "body": {"barcode": "2371600000010"},
                    }
                }
            ],
        },
    }


def test_every_message_is_its_senders_own(city: City) -> None:
    """FC-42: another terminal's name is refused on every route that carries one."""
    machine = city.enrolled("liar", "BZ-LIB-0007")
    for path, body in bodies(OTHER).items():
        assert asked(machine, "POST", path, body=body) == (403, "enrolment.other_terminal"), path


def test_another_terminals_settings_are_not_read(city: City) -> None:
    machine, other = city.enrolled("reader", "BZ-LIB-0006"), city.enrolled("other", "BZ-LIB-0005")
    assert asked(machine, "GET", f"/v1/configurations/{other.name.lower()}")[1] == "enrolment.other_terminal"
    assert asked(machine, "GET", f"/v1/configurations/{machine.name.lower()}")[1] == "configuration.unknown"


def test_a_path_is_within_whole_parts_only() -> None:
    assert within("/v1/phones/claims", ("/v1/phones",))
    assert not within("/v1/phonesx", ("/v1/phones",))
