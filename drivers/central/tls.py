"""Connections to the one centre a terminal believes, with its own certificate once it has one."""

from __future__ import annotations

import ssl
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from pydantic import ValidationError
from requests.adapters import HTTPAdapter

from domain.messages.enrolment import AuthorityCertificate
from drivers.central.client import NewSession, plain_session
from drivers.central.faults import OutcomeUnknown, Unreachable
from drivers.central.identity import Identity

LONGEST_ANSWER = 64 * 1024


class _CentreOnly(HTTPAdapter):
    """TLS 1.3 with the private authority alone. The context is made here, because the library's own way
    adds the public authorities of the web to whatever context it is given."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

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


def as_terminal(identity: Identity) -> NewSession:
    """Sessions in which both sides prove who they are."""
    return _sessions(identity.authority_file, identity)


def as_stranger(authority_file: Path) -> NewSession:
    """Sessions in which the centre proves itself, and the terminal is not known yet."""
    return _sessions(authority_file, None)


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


def _sessions(authority_file: Path, identity: Identity | None) -> NewSession:
    def new_session() -> requests.Session:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_verify_locations(authority_file)
        if identity:
            context.load_cert_chain(identity.certificate_file, identity.key_file)
        session = plain_session()
        session.mount("https://", _CentreOnly(context))
        return session

    return new_session
