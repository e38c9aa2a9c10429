"""HTTP routes of bound phones. There is no sign-in: the phone's own key authenticates."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import JsonValue
from sqlalchemy import Connection, select

from central import e_cards
from central.codes import binding
from central.codes.binding import BoundPhone, NotBoundYet, NotThisPhone
from central.codes.issuers import CodeIssuers, IssuerFault
from central.codes.issuing import issue_credential, issue_ride_account
from central.database import Database
from central.problems import problem, problem_answers
from central.tables import e_card, holder
from domain.codes.faults import CodeFault
from domain.masking import mask_name, mask_number
from domain.messages.binding import PhoneMessage

PROBLEMS = problem_answers(403, 404, 409, 410, 422, 429, 503)
STATUS = {binding.UNKNOWN: 404, binding.USED: 409, binding.EXPIRED: 410, binding.TRIES: 429}
WAIT_S = 1


def add_phones(
    application: FastAPI, database: Database, keys: CodeIssuers, now: Callable[[], datetime]
) -> None:
    """``/v1/phones``: a code from a counter's screen is brought, then what a wallet shows is fetched."""

    def answered(work: Callable[[Connection], dict[str, JsonValue]]) -> JSONResponse:
        try:
            return JSONResponse(database.write(work))
        except NotThisPhone as fault:
            return problem(403, fault.code, "Not of the phone that is bound")
        except NotBoundYet as fault:
            return problem(409, fault.code, "Not confirmed at the counter", retry_after_s=WAIT_S)
        except CodeFault as fault:
            return problem(422, fault.code, "Not a key")
        except IssuerFault as fault:
            return problem(404, fault.code, "This centre issues no such codes")

    @application.post("/v1/phones/claims", responses=PROBLEMS)
    def claims(untrusted: PhoneMessage) -> JSONResponse:
        try:
            said = database.write(lambda connection: binding.claim(connection, untrusted, now()))
        except NotThisPhone as fault:
            return problem(403, fault.code, "Not signed by the key it brings")
        if said in STATUS:
            return problem(STATUS[said], said, "This code binds nothing")
        return JSONResponse({"digits": said})

    @application.post("/v1/phones/credentials", responses=PROBLEMS)
    def credentials(untrusted: PhoneMessage) -> JSONResponse:
        def work(connection: Connection) -> dict[str, JsonValue]:
            phone = binding.bound_phone(connection, untrusted, "credentials", now())
            given = issue_credential(connection, keys, phone.e_card, phone.key, secrets.token_bytes, now())
            return {"credential": base64.b64encode(given or b"").decode(), **_whose(connection, phone)}

        return answered(work)

    @application.post("/v1/phones/tokens", responses=PROBLEMS)
    def tokens(untrusted: PhoneMessage) -> JSONResponse:
        def work(connection: Connection) -> dict[str, JsonValue]:
            phone = binding.bound_phone(connection, untrusted, "tokens", now())
            issued = e_cards.issue(connection, phone.e_card, secrets.randbelow, now())
            if issued is None:
                raise NotThisPhone("its card is gone")
            return {"token": issued.token, "expires_at": issued.expires_at.isoformat()}

        return answered(work)

    @application.post("/v1/phones/ride-accounts", responses=PROBLEMS)
    def ride_accounts(untrusted: PhoneMessage) -> JSONResponse:
        def work(connection: Connection) -> dict[str, JsonValue]:
            phone = binding.bound_phone(connection, untrusted, "ride-accounts", now())
            key = bytes.fromhex(untrusted.ride_key)
            given = issue_ride_account(connection, keys, phone.e_card, key, secrets.token_bytes, now())
            return {"ride_account": base64.b64encode(given or b"").decode()}

        return answered(work)


def _whose(connection: Connection, phone: BoundPhone) -> dict[str, JsonValue]:
    query = select(holder.c.name, holder.c.social_security_number).join(e_card)
    found = connection.execute(query.where(e_card.c.id == phone.e_card)).one()
    return {
        "masked_name": mask_name(found.name),
        "masked_number": mask_number(found.social_security_number),
    }
