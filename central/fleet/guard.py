"""Only enrolled terminals pass, except to request enrolment.

Routes are closed unless named open. A revoked certificate gets that answer on every route, so that the first
contact of any kind is enough.
"""

from __future__ import annotations

import hmac

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from central.body_limit import BODY_LIMIT
from central.database import Database, DatabaseBusy
from central.fleet.enrolments import admit
from central.fleet.heard import Heard
from central.fleet.peer import Peer, peer_in
from central.fleet.refusals import FleetRefusal, NotEnrolled, NotForTerminals
from central.problems import problem, spread_retry_s
from central.route_rules import Caller, paths_for, within
from config.clock import Clock

OPEN = paths_for(Caller.ANYBODY, Caller.OFFICIAL, Caller.PHONE)
"""Officials and phones have doors of their own behind these paths."""
LOOPBACK_OPEN = ("/v1/health", *paths_for(Caller.OFFICIAL, Caller.PHONE))
DEMONSTRATION = paths_for(Caller.DEMONSTRATION)
FOR_TERMINALS = paths_for(Caller.TERMINAL)


class Guard:
    """ASGI middleware over one database. ``also_open``: places that ask for no certificate, because they
    ask for something else or show invented people only."""

    def __init__(
        self, application: ASGIApp, database: Database, now: Clock, also_open: tuple[str, ...] = ()
    ) -> None:
        self._application = application
        self._database = database
        self._now = now
        self._heard = Heard(database, now)
        self._open = OPEN + also_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        peer = peer_in(scope)
        try:
            if peer:
                await run_in_threadpool(self._admit, peer)
            if not within(scope["path"], self._open):
                only_for_terminals(peer, scope["path"])
        except FleetRefusal as fault:
            await _read_away(receive)
            await problem(fault.status, fault.code, "Not for this terminal")(scope, receive, send)
        except DatabaseBusy as fault:
            await problem(503, fault.code, "Busy", retry_after_s=spread_retry_s())(scope, receive, send)
        else:
            await self._application(scope, receive, send)

    def _admit(self, peer: Peer) -> None:
        with self._database.read() as connection:
            admit(connection, peer.serial, peer.terminal, self._now())
        self._heard.note(peer.terminal)


class LoopbackGuard:
    """ASGI middleware for a centre on loopback: its terminal and it share a secret for as long as both run.

    What others on this machine cannot know keeps them out; who could listen on loopback could read the
    terminal's memory as well, so that TLS would add nothing here.
    """

    def __init__(self, application: ASGIApp, secret: str, also_open: tuple[str, ...] = ()) -> None:
        self._application = application
        self._expected = f"Bearer {secret}".encode()
        self._open = LOOPBACK_OPEN + also_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not within(scope["path"], self._open):
            shown = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(shown, self._expected):
                await _read_away(receive)
                await problem(401, NotEnrolled.code, "Not for this process")(scope, receive, send)
                return
        await self._application(scope, receive, send)


async def _read_away(receive: Receive) -> None:
    """Takes what is on its way, within bounds: who is cut off while still sending may miss the answer."""
    size = 0
    while size <= BODY_LIMIT:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def only_for_terminals(peer: Peer | None, path: str) -> None:
    """Raises ``NotEnrolled`` without a terminal, ``NotForTerminals`` for what terminals have no need of."""
    if peer is None:
        raise NotEnrolled
    if not within(path, FOR_TERMINALS):
        raise NotForTerminals
