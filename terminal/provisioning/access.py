"""How this terminal reaches its centre: over TLS as itself, or the embedded one by a shared secret."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.x509 import Certificate

from config.faults import Fault
from config.settings import Settings
from drivers.central.client import CentralClient, NewSession, plain_session, sharing_secret
from drivers.central.identity import Identity, IdentityFiles, authority_in
from drivers.central.tls import as_terminal
from terminal.provisioning.enrolment import identity_files


class NotEnrolledHere(Fault):
    """A centre on the network serves known terminals only, and this one is none."""

    code = "enrolment.required"


class NamedOtherwise(Fault):
    """The profile names another terminal than the certificate."""

    code = "enrolment.other_terminal"


@dataclass(frozen=True, slots=True)
class CentralAccess:
    """``authority`` proves documents, None while the centre has not said so yet. ``identity`` and ``files``
    are None where the terminal needs none."""

    url: str
    new_session: NewSession
    authority: Callable[[], Certificate | None]
    identity: Identity | None = None
    files: IdentityFiles | None = None

    def client(self) -> CentralClient:
        return CentralClient(self.url, self.new_session)


def new_secret() -> str:
    """Secret shared by a terminal and the centre it starts, for as long as both run: 256 bits."""
    return secrets.token_urlsafe(32)


def to_embedded(url: str, secret: str, authority_file: Path) -> CentralAccess:
    """The centre this terminal started itself."""
    return CentralAccess(url, sharing_secret(secret), lambda: authority_in(authority_file))


def to_city(settings: Settings, data: Path, environment: Mapping[str, str]) -> CentralAccess:
    """The centre of ``settings.central.url``. One without TLS is on this machine, or a test's.

    Raises ``NotEnrolledHere``, ``NamedOtherwise``, ``IdentityFault``.
    """
    url = settings.central.url
    if not url.startswith("https://"):
        return CentralAccess(url, plain_session, lambda: None)
    files = identity_files(data, environment)
    identity = files.load()
    if identity is None:
        raise NotEnrolledHere("run onecard enrol")
    if identity.terminal != settings.terminal:
        raise NamedOtherwise(f"{settings.terminal} in the profile, {identity.terminal} in the certificate")
    return CentralAccess(url, as_terminal(identity), lambda: identity.authority, identity, files)
