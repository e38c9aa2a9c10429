"""The fleet's share of the contract over HTTP."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse

from central.allowance import Allowance
from central.departments.tariffs import CityTariffs
from central.fleet import configurations, enrolments, entitlements, hotlist, register_looks
from central.fleet.fleet import Fleet
from central.fleet.peer import SpeaksFor, peer_in
from central.fleet.refusals import FleetRefusal, NotEnrolled, NotInScope, OtherTerminal, TooManyFromHere
from central.fleet.scopes import EVERYTHING, Scope
from central.problems import problem, problem_answers
from central.riders import RIDES
from domain.messages.contract import MAXIMUM_COUNT
from domain.messages.enrolment import (
    AuthorityCertificate,
    Enrolment,
    EnrolmentRequest,
    Renewal,
    RenewalRequest,
)
from domain.messages.signed_documents import ConfigurationName, SignedDocument
from domain.messages.signed_time import Nonce, SignedTime

PROBLEMS = problem_answers(401, 403, 404, 422, 429, 503)
RETRY_S = {429: 60}
MOST_A_MINUTE = 60
"""Requests for enrolment from one address: a workshop that sets terminals up, and no flood."""
MOST_A_MINUTE_OF_STRANGERS = 600


def add_fleet(application: FastAPI, fleet: Fleet) -> None:
    @application.exception_handler(FleetRefusal)
    def refused(_: Request, fault: FleetRefusal) -> JSONResponse:
        return problem(
            fault.status, fault.code, "Not done", fault.detail, retry_after_s=RETRY_S.get(fault.status, 0)
        )

    _add_enrolment(application, fleet)
    _add_documents(application, fleet)


def _add_enrolment(application: FastAPI, fleet: Fleet) -> None:
    write = fleet.database.write
    from_one, from_all = Allowance(MOST_A_MINUTE), Allowance(MOST_A_MINUTE_OF_STRANGERS)

    @application.get("/v1/time", responses=PROBLEMS)
    def signed_time(nonce: Nonce) -> SignedDocument:
        return fleet.signer.sign(SignedTime(nonce=nonce, issued_at=fleet.now()))

    @application.get("/v1/authority")
    def authority() -> AuthorityCertificate:
        return AuthorityCertificate(certificate=fleet.authority.pem)

    @application.post("/v1/enrolments", responses=PROBLEMS)
    def enrol(asked: EnrolmentRequest, request: Request) -> Enrolment:
        address = request.client.host if request.client else ""
        kind = "invited" if asked.invitation else "strangers"
        here = f"{kind} {enrolments.network_of(address)}"
        if from_one.wait_s(here, time.monotonic()) or from_all.wait_s(kind, time.monotonic()):
            raise TooManyFromHere
        return write(
            lambda connection: enrolments.ask(connection, fleet.authority, asked, fleet.now(), address)
        )

    @application.get("/v1/enrolments/{code}", responses=PROBLEMS)
    def enrolment(code: str) -> Enrolment:
        with fleet.database.read() as connection:
            return enrolments.look(connection, code, fleet.now())

    @application.post("/v1/renewals", responses=PROBLEMS)
    def renew(asked: RenewalRequest, request: Request) -> Renewal:
        peer = peer_in(request.scope)
        if peer is None:
            raise NotEnrolled
        return Renewal(
            certificate=write(
                lambda connection: enrolments.renewed(
                    connection, fleet.authority, peer.serial, peer.terminal, asked.request, fleet.now()
                )
            )
        )


def _add_documents(application: FastAPI, fleet: Fleet) -> None:
    tariffs = CityTariffs()

    @application.get("/v1/configurations/{name}", responses=PROBLEMS, response_model=SignedDocument)
    def configuration(name: ConfigurationName, request: Request) -> Response:
        peer = peer_in(request.scope)
        with fleet.database.read() as connection:
            if peer and enrolments.is_of_another(connection, name, peer.terminal):
                raise OtherTerminal
            document = configurations.newest(connection, name)
        return _tagged(document, request)

    @application.get("/v1/hotlist", responses=PROBLEMS)
    def changes(since: Annotated[int, Query(ge=0, le=MAXIMUM_COUNT)] = 0) -> SignedDocument:
        with fleet.database.read() as connection:
            return fleet.signer.sign(hotlist.delta(connection, since, fleet.now()))

    @application.get("/v1/entitlements", responses=PROBLEMS)
    def entitled(
        request: Request, since: Annotated[int, Query(ge=0, le=MAXIMUM_COUNT)] = 0
    ) -> SignedDocument:
        peer = peer_in(request.scope)
        if peer and peer.scope.names is not None and RIDES not in peer.scope.names:
            raise NotInScope
        register_looks.renew_when_due(fleet.database, tariffs, fleet.now(), timedelta())
        with fleet.database.read() as connection:
            return fleet.signer.sign(entitlements.delta(connection, since, fleet.now()))


def _tagged(document: SignedDocument, request: Request) -> Response:
    """The document, or 304 for a client that has it (RFC 9110, 13.1.2). A signature is as good a tag as a
    hash.
    """
    tag = f'"{document.signature[:32]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(document.model_dump_json(), media_type="application/json", headers={"ETag": tag})


def proved_names(fleet: Fleet) -> SpeaksFor:
    """For routes whose message names a terminal: it must be the one of the certificate. An attempt at
    another's name is an alarm."""

    def speaks_for(request: Request, claimed: str) -> Scope:
        peer = peer_in(request.scope)
        try:
            enrolments.speaks_for(peer.terminal if peer else None, claimed)
        except OtherTerminal:
            proved = peer.terminal if peer else ""
            fleet.database.write(
                lambda connection: enrolments.note_stolen_name(connection, proved, fleet.now())
            )
            raise
        return peer.scope if peer else EVERYTHING

    return speaks_for
