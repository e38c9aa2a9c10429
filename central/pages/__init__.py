"""Pages of the centre, rendered on the server: the wallets of phones."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from central import e_cards
from central.database import Database
from central.problems import problem
from config.fault_texts import fault_texts

HERE = Path(__file__).parent
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


FILES = {
    "wallet.css": "text/css",
    "wallet.js": "text/javascript",
    "wallet_code.js": "text/javascript",
    "wallet_phone.js": "text/javascript",
    "phone.js": "text/javascript",
}
TOLD = (
    *("binding.unknown", "binding.expired", "binding.used", "binding.too_many_tries"),
    *("binding.not_this_phone", "e_card.other_phone", "holder.reported_lost"),
)
"""Faults that a phone may be shown, in the words of the fault's own file."""
TEMPLATES = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape())


def add_phone_page(application: FastAPI) -> None:
    """``/phone``: where the code on a counter's screen leads, and from then on the wallet of that phone."""

    @application.get("/phone", include_in_schema=False)
    def phone() -> HTMLResponse:
        known = fault_texts()
        return _page("phone.html", faults={code: known[code] for code in TOLD})

    application.get("/phone/files/{name}", include_in_schema=False)(_file)


def add_wallet_pages(application: FastAPI, database: Database) -> None:
    """``/wallet`` lists the demonstration's phones; ``/wallet/{id}`` is one, its codes renewing themselves:
    the online one from the centre, the signed one made in the browser."""

    @application.get("/wallet", include_in_schema=False)
    def wallet_list() -> HTMLResponse:
        with database.read() as connection:
            return _page("wallets.html", wallets=e_cards.wallets(connection))

    application.get("/wallet/files/{name}", include_in_schema=False)(_file)

    @application.get("/wallet/{wallet}", include_in_schema=False)
    def wallet_page(wallet: str) -> Response:
        with database.read() as connection:
            found = next((each for each in e_cards.wallets(connection) if each.id == wallet), None)
        if found is None:
            return problem(404, "e_card.unknown", "There is no such electronic card")
        return _page("wallet.html", wallet=found)


def _page(name: str, **values: object) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(name).render(**values), headers=SECURITY_HEADERS)


def _file(name: str) -> Response:
    if name not in FILES:
        return problem(404, "central.not_found", "There is no such file")
    return Response((HERE / name).read_bytes(), media_type=FILES[name], headers=SECURITY_HEADERS)
