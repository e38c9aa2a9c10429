"""The centre's face on a network: TLS 1.3 under its own authority, and a proved name for every terminal."""

from __future__ import annotations

import ssl
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.types import ASGIApp

from central.fleet.authority import Authority, Role, server_names, together
from central.fleet.peer import PeerProtocol
from config.clock import Clock
from runtime.periodic import PeriodicTask

RENEWED_EVERY_S = 86_400
KEPT_OPEN_S = 90
"""Longer than a terminal at rest is silent, so that it need not prove itself again and again."""
NO_CHECK_TIME = ssl.VerifyFlags(0x200000)
"""X509_V_FLAG_NO_CHECK_TIME. Whether a terminal's certificate ran out is looked at for each request, which
also ends a connection that outlives it, and can be answered with a reason; TLS would only hang up."""


class Tls:
    """The server's side of TLS. Its key lives in memory only: a new one is made at each start and day.

    ``hosts``: the names and addresses terminals know this centre by.
    """

    def __init__(self, authority: Authority, hosts: Sequence[str], now: Clock) -> None:
        self._authority = authority
        self._hosts = hosts
        self._now = now
        # Without spread: a certificate is renewed at the same distance from its end each time.
        self.renewal = PeriodicTask(
            "server certificate",
            RENEWED_EVERY_S,
            lambda: 0.5,
            self.renew,
            first_s=RENEWED_EVERY_S,
        )
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.load_verify_locations(cadata=authority.pem)
        self.context.verify_mode = ssl.CERT_OPTIONAL
        self.context.verify_flags |= NO_CHECK_TIME
        self.renew()

    def renew(self) -> None:
        """A new key and certificate, for connections made from now on."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._authority.issue(
            Role.SERVER, self._hosts[0], key.public_key(), server_names(self._hosts), self._now()
        )
        with tempfile.TemporaryDirectory() as private:
            pair = Path(private) / "server.pem"
            pair.touch(0o600)
            pair.write_bytes(together(key, certificate))
            self.context.load_cert_chain(pair)


def tls_server(application: ASGIApp, tls: Tls) -> uvicorn.Server:
    """Serves ``application`` over TLS; run it on listening sockets."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=PeerProtocol,
            ssl_context_factory=lambda _, __: tls.context,
            ws="none",
            proxy_headers=False,
            server_header=False,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=KEPT_OPEN_S,
            timeout_graceful_shutdown=2,
        )
    )
