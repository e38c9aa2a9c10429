"""Peer of a connection, as TLS proved it.

uvicorn checks a client's certificate and then does not expose it; ``PeerProtocol`` passes it on with every
request of the connection, as ASGI's TLS extension would (``scope["extensions"]["tls"]``).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope
from uvicorn.protocols.http.h11_impl import H11Protocol

from central.fleet.authority import TERMINAL_URN
from central.fleet.scopes import Scope, scope_of

SpeaksFor = Callable[[Request, str], Scope]
"""The services of a sender. Raises a fault unless it is the terminal that its request names."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A terminal, by a certificate of our authority that is within its time. Whether it was revoked is
    asked for each request. ``serial`` in hexadecimal; ``scope``: the services the certificate lists."""

    terminal: str
    serial: str
    scope: Scope


class PeerProtocol(H11Protocol):
    """HTTP/1.1 that knows its peer. One connection is one peer: TLS 1.3 has no renegotiation."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        secured = transport.get_extra_info("ssl_object")
        shown = secured.getpeercert(binary_form=True) if secured else None
        self._socket = transport.get_extra_info("socket")
        self.app: Any = _told(self.app, peer_of(shown) if shown else None)

    def shutdown(self) -> None:
        """Says goodbye, and when nothing is under way does not wait for the other side to say it too: a
        terminal at rest would take half a minute."""
        super().shutdown()
        if self.cycle is None or self.cycle.response_complete:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RD)


def peer_of(certificate: bytes) -> Peer | None:
    """The terminal a certificate names (DER, already verified by TLS); None when it is no terminal's."""
    read = x509.load_der_x509_certificate(certificate)
    try:
        usage = read.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    terminals = [uri.removeprefix(TERMINAL_URN) for uri in uris if uri.startswith(TERMINAL_URN)]
    if ExtendedKeyUsageOID.CLIENT_AUTH not in usage or len(terminals) != 1:
        return None
    return Peer(terminals[0], f"{read.serial_number:x}", scope_of(uris))


def peer_in(scope: AsgiScope) -> Peer | None:
    """The peer of a request; None for none, or where there is no TLS."""
    tls = scope.get("extensions", {}).get("tls", {})
    peer = tls.get("onecard_peer")
    return peer if isinstance(peer, Peer) else None


def _told(application: ASGIApp, peer: Peer | None) -> ASGIApp:
    async def tell(scope: AsgiScope, receive: Receive, send: Send) -> None:
        extensions = {**scope.get("extensions", {}), "tls": {"onecard_peer": peer}}
        await application({**scope, "extensions": extensions}, receive, send)

    return tell
