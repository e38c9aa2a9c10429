"""Pages of the centre, rendered on the server: the phone's wallet."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from central import e_cards
from central.database import Database
from central.problems import problem

HERE = Path(__file__).parent
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def add_wallet_pages(application: FastAPI, database: Database) -> None:
    """``/wallet`` lists the demonstration's phones; ``/wallet/{id}`` is one, its codes renewing themselves:
    the online one from the centre, the signed one made in the browser."""
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape())

    def page(name: str, **values: object) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(**values), headers=SECURITY_HEADERS)

    @application.get("/wallet", include_in_schema=False)
    def wallet_list() -> HTMLResponse:
        with database.read() as connection:
            return page("wallets.html", wallets=e_cards.wallets(connection))

    @application.get("/wallet/files/{name}", include_in_schema=False)
    def wallet_file(name: str) -> Response:
        kinds = {
            "wallet.css": "text/css",
            "wallet.js": "text/javascript",
            "wallet_code.js": "text/javascript",
        }
        if name not in kinds:
            return problem(404, "central.not_found", "There is no such file")
        return Response((HERE / name).read_bytes(), media_type=kinds[name], headers=SECURITY_HEADERS)

    @application.get("/wallet/{wallet}", include_in_schema=False)
    def wallet_page(wallet: str) -> Response:
        with database.read() as connection:
            found = next((each for each in e_cards.wallets(connection) if each.id == wallet), None)
        if found is None:
            return problem(404, "e_card.unknown", "There is no such electronic card")
        return page("wallet.html", wallet=found)
