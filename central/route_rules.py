"""A rule for every route of the centre: who may call it. A route without a rule stops the start.

A rule is found by the first part of a path that fits. Behind a terminal's rule the message is its sender's
own (``speaks_for``) and within its scope; ``central.fleet.scopes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from config.faults import Fault


class Caller(StrEnum):
    """Who may call a route, and what lets them in."""

    ANYBODY = "anybody"
    """Before a caller can be known: health, the authority's certificate, asking to be enrolled."""
    TERMINAL = "terminal"
    """A certificate in force; on loopback the secret that terminal and centre share."""
    OFFICIAL = "official"
    """People: a session of ``central.officials``, a right for each page."""
    PHONE = "phone"
    """A code from a counter's screen, then the phone's own key."""
    DEMONSTRATION = "demonstration"
    """Invented people; the route exists only with ``--demonstration``."""
    THIS_MACHINE = "this machine"
    """On loopback with its secret; never for terminals of a city."""


RULES: dict[str, Caller] = {
    "/v1/health": Caller.ANYBODY,
    "/v1/authority": Caller.ANYBODY,
    "/v1/time": Caller.ANYBODY,
    "/v1/enrolments": Caller.ANYBODY,
    "/v1/identifications": Caller.TERMINAL,
    "/v1/attachments": Caller.TERMINAL,
    "/v1/questions": Caller.TERMINAL,
    "/v1/cryptograms": Caller.TERMINAL,
    "/v1/transactions": Caller.TERMINAL,
    "/v1/terminal-states": Caller.TERMINAL,
    "/v1/renewals": Caller.TERMINAL,
    "/v1/configurations": Caller.TERMINAL,
    "/v1/code-trust": Caller.TERMINAL,
    "/v1/hotlist": Caller.TERMINAL,
    "/v1/entitlements": Caller.TERMINAL,
    "/overview": Caller.OFFICIAL,
    "/phone": Caller.PHONE,
    "/v1/phones": Caller.PHONE,
    "/wallet": Caller.DEMONSTRATION,
    "/v1/wallets": Caller.DEMONSTRATION,
    "/v1/alarms": Caller.THIS_MACHINE,
    "/v1/terminals": Caller.THIS_MACHINE,
    "/openapi.json": Caller.THIS_MACHINE,
}


class RouteWithoutRule(Fault):
    """A route was added that nobody said who may call."""

    code = "central.route_without_rule"


def paths_for(*callers: Caller) -> tuple[str, ...]:
    return tuple(path for path, caller in RULES.items() if caller in callers)


def rule_of(path: str) -> Caller | None:
    """By the longest part that fits; None for a path without a rule."""
    fitting = [place for place in RULES if within(path, (place,))]
    return RULES[max(fitting, key=len)] if fitting else None


def check_routes(application: FastAPI) -> None:
    """Raises ``RouteWithoutRule``."""
    missing = sorted({*_unruled(application.routes)})
    if missing:
        raise RouteWithoutRule(", ".join(missing))


def _unruled(routes: Iterable[BaseRoute]) -> Iterator[str]:
    for route in routes:
        path = str(getattr(route, "path", ""))
        methods = route.methods or () if isinstance(route, APIRoute) else ("mount",)
        if rule_of(path) is None:
            yield f"{'/'.join(sorted(methods))} {path}"


def within(path: str, places: tuple[str, ...]) -> bool:
    """Whether ``path`` is one of ``places`` or below it."""
    return any(path == place or path.startswith(place + "/") for place in places)
