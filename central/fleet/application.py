"""The centre as a city runs it: the contract, the fleet, and a guard before both."""

from __future__ import annotations

from fastapi import FastAPI

from central.application import create_application
from central.codes.routes import add_code_trust
from central.fleet.fleet import Fleet
from central.fleet.guard import DEMONSTRATION, Guard, LoopbackGuard
from central.fleet.routes import add_fleet, proved_names
from central.readiness import Readiness
from central.route_rules import check_routes


def create_fleet_application(
    fleet: Fleet,
    *,
    demonstration: bool,
    also_open: tuple[str, ...] = (),
    readiness: Readiness | None = None,
) -> FastAPI:
    """Application for ``central.fleet.serving.tls_server``: requests without a proved peer are refused.

    ``also_open``: paths with their own authentication.
    ``demonstration`` opens the phones of invented people.
    """
    application = create_application(
        fleet.database,
        demonstration=demonstration,
        now=fleet.now,
        speaks_for=proved_names(fleet),
        issuers=fleet.issuers,
        readiness=readiness,
    )
    add_fleet(application, fleet)
    add_code_trust(application, fleet)
    check_routes(application)
    opened = also_open + (DEMONSTRATION if demonstration else ())
    application.add_middleware(Guard, database=fleet.database, now=fleet.now, also_open=opened)
    return application


def create_loopback_application(
    fleet: Fleet, secret: str, *, demonstration: bool, readiness: Readiness | None = None
) -> FastAPI:
    """The centre of one terminal on the same machine. Without a ``secret`` anybody there is let in: the
    process that serves it refuses that outside a demonstration (``central.exposure``)."""
    application = create_application(
        fleet.database,
        demonstration=demonstration,
        now=fleet.now,
        issuers=fleet.issuers,
        readiness=readiness,
    )
    add_fleet(application, fleet)
    add_code_trust(application, fleet)
    check_routes(application)
    if secret:
        opened = DEMONSTRATION if demonstration else ()
        application.add_middleware(LoopbackGuard, secret=secret, also_open=opened)
    return application
