"""Signed codes over HTTP: what a demonstration's phones are given, and whom terminals believe."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlalchemy import Connection

from central.codes import binding, issuers
from central.codes.issuers import CodeIssuers, IssuerFault
from central.codes.issuing import RandomBytes, issue_credential, issue_ride_account
from central.database import Database
from central.fleet.fleet import Fleet
from central.problems import problem
from central.unidentified import Unidentified
from domain.codes.faults import CodeFault
from domain.messages.contract import Message
from domain.messages.signed_documents import SignedDocument

Issue = Callable[[Connection, CodeIssuers, str, bytes, RandomBytes, datetime], bytes | None]


class PhoneKey(Message):
    """A phone's public key: a compressed point, 33 bytes in hexadecimal digits."""

    public_key: Annotated[str, Field(pattern=r"^0[23][0-9a-f]{64}$")]


def add_code_trust(application: FastAPI, fleet: Fleet) -> None:
    @application.get("/v1/code-trust", response_model=SignedDocument)
    def code_trust(request: Request) -> Response:
        with fleet.database.read() as connection:
            said = issuers.told(connection, fleet.now())
        tag = f'"code-trust-{said.version}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        document = fleet.signer.sign(said)
        return Response(document.model_dump_json(), media_type="application/json", headers={"ETag": tag})


def add_issuing(
    application: FastAPI, database: Database, keys: CodeIssuers, now: Callable[[], datetime]
) -> None:
    """Routes for phones of a demonstration that were bound at no counter; they need no sign-in."""

    def given(wallet: str, phone: PhoneKey, issue: Issue, name: str) -> JSONResponse:
        point = bytes.fromhex(phone.public_key)

        def work(connection: Connection) -> bytes | None:
            if binding.has_phone(connection, wallet):
                raise Unidentified("e_card.other_phone")
            return issue(connection, keys, wallet, point, secrets.token_bytes, now())

        try:
            issued = database.write(work)
        except CodeFault as fault:
            return problem(422, fault.code, "Not a key")
        except IssuerFault as fault:
            return problem(404, fault.code, "This centre issues no such codes")
        if issued is None:
            return problem(404, "e_card.unknown", "There is no such electronic card")
        return JSONResponse({name: base64.b64encode(issued).decode()})

    @application.post("/v1/wallets/{wallet}/credentials")
    def credentials(wallet: str, phone: PhoneKey) -> JSONResponse:
        return given(wallet, phone, issue_credential, "credential")

    @application.post("/v1/wallets/{wallet}/ride-accounts")
    def ride_accounts(wallet: str, phone: PhoneKey) -> JSONResponse:
        return given(wallet, phone, issue_ride_account, "ride_account")
