"""The HTTP face of the centre."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection, select

from central import alarms, attachments, e_cards, pages
from central.allowance import Allowance
from central.body_limit import BodyLimit
from central.carrying_out import carried_out, here, with_knowledge
from central.city.pages import Figures, add_overview
from central.city.terminal_pages import add_terminal_pages
from central.codes.binding import has_phone
from central.codes.issuers import CodeIssuers
from central.codes.phones import add_phones
from central.codes.routes import add_issuing
from central.database import Database
from central.departments.application_pages import add_application_pages
from central.departments.catalogue.activation import DemonstrationVault
from central.departments.catalogue.application import ApplicationDepartment
from central.departments.chosen import departments_from
from central.departments.department import Department, Visitor
from central.departments.published import CatalogueInForce
from central.exports.pages import add_export_pages
from central.exports.settlement_pages import add_settlement_pages
from central.fleet.peer import SpeaksFor
from central.fleet.refusals import NotInScope
from central.fleet.scopes import EVERYTHING, Scope, Scopes
from central.fleet.told_states import add_told_states
from central.holders import identify
from central.hsm import MOST_A_MINUTE, Hsm, SoftwareHsm, cryptograms
from central.officials.door import Door
from central.officials.pages import add_official_pages
from central.problems import answer_faults, problem, problem_answers, spread_retry_s
from central.questions import answer
from central.readiness import Readiness
from central.retention import kept_days
from central.tables import terminal
from central.transactions import RUNNING_RETRY_MS, apply_batch
from central.unidentified import Unidentified
from config.clock import Clock, utc_now
from config.test_card_keys import TEST_CARD_KEYS
from domain.messages.attachments import Attachment, AttachmentKept
from domain.messages.contract import (
    CONTRACT_VERSION,
    Answer,
    BatchResult,
    Health,
    Holder,
    IdentificationRequest,
    Outcome,
    Question,
    TransactionBatch,
)
from domain.messages.cryptograms import CryptogramAnswer, CryptogramRequest

PROBLEMS = problem_answers(403, 409, 422, 503)


def anybody(_: Request, __: str) -> Scope:
    """On loopback a sender that got this far is the one terminal there is."""
    return EVERYTHING


def create_application(
    database: Database,
    *,
    demonstration: bool,
    now: Clock = utc_now,
    speaks_for: SpeaksFor = anybody,
    departments: Mapping[str, Department] | None = None,
    hsm: Hsm | None = None,
    issuers: CodeIssuers | None = None,
    readiness: Readiness | None = None,
) -> FastAPI:
    """The application over one database. ``demonstration`` opens the phones of its invented people, and
    proves their cards by test keys where there is no ``hsm``; only then is there a bank's vault, with a test
    key. ``issuers``: who signs what those phones show.

    ``readiness``: with the chores of this process; None where it has none.
    ``departments``: None for those the environment chooses. Raises ``SettingsFault`` when it cannot.
    """
    vault = DemonstrationVault() if demonstration else None
    chosen = departments_from(os.environ, database, vault) if departments is None else departments
    application = FastAPI(
        title="Onecard central service", version=CONTRACT_VERSION, docs_url=None, redoc_url=None
    )
    answer_faults(application)
    application.add_middleware(BodyLimit)
    known = CatalogueInForce(database)
    scopes = Scopes(known)
    _add_contract(application, database, now, speaks_for, chosen, scopes)
    _add_health(application, readiness or Readiness(database), now)
    add_told_states(application, database, now, speaks_for)
    door = Door(database, now)
    door.install(application)
    add_overview(application, door, Figures(database, now).newest, known)
    add_terminal_pages(application, door)
    add_official_pages(application, door, known)
    add_application_pages(application, door, known)
    add_settlement_pages(application, door, known)
    add_export_pages(application, door, known)
    _add_hsm(application, hsm or (SoftwareHsm(TEST_CARD_KEYS) if demonstration else None), speaks_for)
    if issuers:
        add_phones(application, database, issuers, now)
        pages.add_phone_page(application)
    if demonstration:
        _add_wallets(application, database, now)
        if issuers:
            add_issuing(application, database, issuers, now)
        pages.add_wallet_pages(application, database)
    return application


def _add_contract(
    application: FastAPI,
    database: Database,
    now: Clock,
    speaks_for: SpeaksFor,
    departments: Mapping[str, Department],
    scopes: Scopes,
) -> None:
    def check_scope(scope: Scope, service: str) -> None:
        if not scopes.hold(scope, service):
            raise NotInScope

    kept = kept_days(os.environ)

    @application.post("/v1/identifications", responses=PROBLEMS)
    def identifications(request: IdentificationRequest, sender: Request) -> Holder:
        scope = speaks_for(sender, request.terminal)
        services = tuple(each for each in request.services if scopes.hold(scope, each))
        kept_here = here(departments, services)
        holder = database.write(lambda connection: identify(connection, request, kept_here, now()))
        visitor = Visitor(holder.subject, request.terminal, now())
        return with_knowledge(database, holder, services, visitor, departments)

    @application.post("/v1/questions", responses=PROBLEMS)
    def questions(question: Question, sender: Request) -> Answer:
        check_scope(speaks_for(sender, question.terminal), question.service)
        with database.read() as connection:
            return Answer(data=answer(connection, question, departments, now()))

    @application.post("/v1/attachments", responses=PROBLEMS, response_model=AttachmentKept)
    def attached(untrusted: Attachment, sender: Request) -> Response:
        check_scope(speaks_for(sender, untrusted.terminal), untrusted.service)
        if not photographed(departments, untrusted):
            return problem(422, "central.malformed", "No paper that is photographed for this service")
        from central import pictures  # a third of a second to load, and no centre should start later for it

        try:
            picture = pictures.cleaned(untrusted)
            database.write(lambda connection: attachments.keep(connection, untrusted, picture, now()))
        except pictures.NotAPicture as fault:
            return problem(422, fault.code, "Not a picture")
        except attachments.TooManyWaiting as fault:
            return problem(422, fault.code, "Too many pictures wait for an application of this person")
        kept = AttachmentKept(sha256=untrusted.sha256)
        return Response(kept.model_dump_json(), media_type="application/json")

    @application.post("/v1/transactions", responses=PROBLEMS, response_model=BatchResult)
    def transactions(batch: TransactionBatch, sender: Request) -> Response:
        scope = speaks_for(sender, batch.terminal)
        if any(each.transaction.terminal != batch.terminal for each in batch.deliveries):
            return problem(422, "central.malformed", "A batch carries the transactions of one terminal")

        def in_scope(service: str) -> bool:
            return scopes.hold(scope, service)

        results = database.write_by_id(
            lambda connection: apply_batch(connection, batch, departments, now(), kept, in_scope)
        )
        results = carried_out(database, batch, results, departments, now())
        if len(results) == 1 and results[0].outcome is Outcome.DIFFERENT_BODY:
            return problem(409, "central.conflict", "This id was used for another body")
        if len(results) == 1 and results[0].outcome is Outcome.RUNNING:
            seconds = max(1, RUNNING_RETRY_MS // 1000)
            return problem(409, "central.running", "Still at work on it", retry_after_s=seconds)
        answer = BatchResult(server_time=now(), results=tuple(results))
        return Response(answer.model_dump_json(), media_type="application/json")

    @application.get("/v1/alarms")
    def alarm_list() -> JSONResponse:
        with database.read() as connection:
            return JSONResponse({"alarms": alarms.listed(connection)})

    @application.get("/v1/terminals")
    def terminals() -> JSONResponse:
        with database.read() as connection:
            rows = connection.execute(select(terminal).order_by(terminal.c.id)).all()
        listed = [
            {
                "terminal": row.id,
                "seen_at": row.seen_at.isoformat(),
                "pending": row.pending,
                "oldest_at": row.oldest_at.isoformat() if row.oldest_at else None,
            }
            for row in rows
        ]
        return JSONResponse({"terminals": listed})


def _add_health(application: FastAPI, readiness: Readiness, now: Clock) -> None:
    kept = kept_days(os.environ)

    @application.get("/v1/health")
    @application.get("/v1/health/live")
    async def live() -> Health:
        return Health(server_time=now(), retention_days=kept)

    @application.get("/v1/health/ready", responses=problem_answers(503), response_model=Health)
    def ready() -> Response:
        if lacking := readiness.lacking():
            wait_s = spread_retry_s()
            return problem(503, "central.not_ready", "Not ready", ", ".join(lacking), retry_after_s=wait_s)
        health = Health(server_time=now(), retention_days=kept)
        return Response(health.model_dump_json(), media_type="application/json")


def photographed(departments: Mapping[str, Department], named: Attachment) -> bool:
    department = departments.get(named.service)
    return isinstance(department, ApplicationDepartment) and named.paper in {
        each.id for each in department.entry.photographed
    }


def _add_hsm(application: FastAPI, hsm: Hsm | None, speaks_for: SpeaksFor) -> None:
    allowance = Allowance(MOST_A_MINUTE)

    @application.post("/v1/cryptograms", responses=PROBLEMS, response_model=CryptogramAnswer)
    def asked(request: CryptogramRequest, sender: Request) -> Response:
        speaks_for(sender, request.terminal)
        if hsm is None:
            return problem(404, "sam.missing", "This centre has no security module")
        if wait_s := allowance.wait_s(request.terminal, time.monotonic()):
            return problem(429, "central.try_later", "Too many cards in a minute", retry_after_s=wait_s)
        answer = CryptogramAnswer(results=cryptograms(hsm, request))
        return Response(answer.model_dump_json(), media_type="application/json")


def _add_wallets(application: FastAPI, database: Database, now: Clock) -> None:
    @application.get("/v1/wallets")
    def wallets() -> JSONResponse:
        with database.read() as connection:
            listed = e_cards.wallets(connection)
        fields = ("id", "persona", "masked_name", "masked_number")
        return JSONResponse({"wallets": [{name: getattr(each, name) for name in fields} for each in listed]})

    def fresh(connection: Connection, wallet: str) -> e_cards.IssuedToken | None:
        if has_phone(connection, wallet):
            raise Unidentified("e_card.other_phone")
        return e_cards.issue(connection, wallet, secrets.randbelow, now())

    @application.post("/v1/wallets/{wallet}/tokens", responses=PROBLEMS)
    def tokens(wallet: str) -> JSONResponse:
        issued = database.write(lambda connection: fresh(connection, wallet))
        if issued is None:
            return problem(404, "e_card.unknown", "There is no such electronic card")
        return JSONResponse({"token": issued.token, "expires_at": issued.expires_at.isoformat()})
