"""Connections to the one centre a terminal believes, with its own certificate once it has one."""

from __future__ import annotations

import ssl
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from pydantic import ValidationError
from requests.adapters import HTTPAdapter

from config.clock import Clock, utc_now
from domain.messages.enrolment import AuthorityCertificate
from drivers.central.certificate_clock import CertificateClock
from drivers.central.client import NewSession, plain_session
from drivers.central.faults import OutcomeUnknown, Unreachable
from drivers.central.identity import Identity

LONGEST_ANSWER = 64 * 1024
NO_CHECK_TIME = 0x200000
"""``X509_V_FLAG_NO_CHECK_TIME`` of OpenSSL, which the module ``ssl`` does not name."""


class _CentreOnly(HTTPAdapter):
    """TLS 1.3 with the private authority alone. The context is made here, because the library's own way
    adds the public authorities of the web to whatever context it is given."""

    def __init__(self, context: ssl.SSLContext, clock: CertificateClock) -> None:
        self._context = context
        self._clock = clock
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        clock, context = self._clock, self._context

        class Connection(urllib3.connection.HTTPSConnection):
            """A connection whose peer's certificate is in force by the believed time."""

            def connect(self) -> None:
                super().connect()
                if not isinstance(self.sock, ssl.SSLSocket):
                    raise ssl.SSLError("no TLS")
                certificate = self.sock.getpeercert(binary_form=True)
                try:
                    clock.check(certificate or b"", self.host, self.port, context)
                except ssl.SSLError:
                    self.close()
                    raise

        class Pool(urllib3.connectionpool.HTTPSConnectionPool):
            ConnectionCls = Connection

        self.poolmanager.pool_classes_by_scheme = {
            **self.poolmanager.pool_classes_by_scheme,
            "https": Pool,
        }

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: object,
        cert: object = None,
    ) -> tuple[Any, Any]:
        host, _ = super().build_connection_pool_key_attributes(request, True)
        return host, {"ssl_context": self._context}

    def cert_verify(self, conn: object, url: str, verify: object, cert: object) -> None:
        """The context already says all of this."""


def as_terminal(identity: Identity, wall: Clock = utc_now) -> NewSession:
    """Sessions in which both sides prove who they are. ``wall`` is the machine's clock."""
    return _sessions(identity.authority_file, identity, wall)


def as_stranger(authority_file: Path, wall: Clock = utc_now) -> NewSession:
    """Sessions in which the centre proves itself, and the terminal is not known yet."""
    return _sessions(authority_file, None, wall)


def untrusted_authority(url: str, budget_ms: int) -> AuthorityCertificate:
    """Authority claimed by the centre: the one answer that is proved by its code and not by TLS.

    Raises ``CentralFault``.
    """
    place = urlsplit(url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    asked = HTTPSConnection(
        place.hostname or "", place.port or 443, timeout=budget_ms / 1000, context=context
    )
    try:
        asked.request("GET", "/v1/authority")
        untrusted_content = asked.getresponse().read(LONGEST_ANSWER)
        return AuthorityCertificate.model_validate_json(untrusted_content)
    except ConnectionError as error:
        raise Unreachable(type(error).__name__) from error
    except (OSError, HTTPException, ValidationError) as error:
        raise OutcomeUnknown(type(error).__name__) from error
    finally:
        asked.close()


def _sessions(authority_file: Path, identity: Identity | None, wall: Clock) -> NewSession:
    issued = identity.issued_at if identity else None
    clock = CertificateClock(authority_file, wall, not_before=issued)

    def new_session() -> requests.Session:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        # OpenSSL goes by the machine's clock; ``CertificateClock`` checks the times in its place.
        context.verify_flags |= NO_CHECK_TIME
        context.load_verify_locations(authority_file)
        if identity:
            context.load_cert_chain(identity.certificate_file, identity.key_file)
        session = plain_session()
        session.mount("https://", _CentreOnly(context, clock))
        return session

    return new_session
