"""Refusal to start a centre that anybody could speak to."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.faults import Fault

SECRET_VARIABLE = "ONECARD_CENTRAL_SECRET"  # noqa: S105 (its name)
CREDENTIAL = "central-secret"
SHORTEST_SECRET = 16


class Unprotected(Fault):
    """The centre would listen without proof of who speaks to it."""

    code = "central.unprotected"


def check_exposure(host: str, names: Sequence[str], secret: str, *, demonstration: bool) -> None:
    """Beyond loopback: mutual TLS (``names``). On loopback: mutual TLS or a ``secret``. A demonstration
    with its invented people needs neither. Raises ``Unprotected``."""
    if any(name.strip() for name in names) or demonstration:
        return
    if not is_loopback(host):
        raise Unprotected(f"--host {host} needs --name: beyond this machine, mutual TLS proves each terminal")
    if not secret:
        raise Unprotected(
            f"--host {host} needs --name for mutual TLS, or a secret in {SECRET_VARIABLE} or in the "
            f"credential {CREDENTIAL}"
        )
    if len(secret) < SHORTEST_SECRET:
        raise Unprotected(f"the secret has fewer than {SHORTEST_SECRET} characters")


def is_loopback(host: str) -> bool:
    """Names are not resolved, apart from ``localhost`` (RFC 6761, 6.3): another name may change."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def secret_of(environment: Mapping[str, str]) -> str:
    """The secret of a centre on loopback: a credential of the service manager, or a variable of the
    environment; empty for none. Raises ``OSError`` for a credential that cannot be read."""
    folder = environment.get("CREDENTIALS_DIRECTORY", "")
    file = Path(folder) / CREDENTIAL
    if folder and file.is_file():
        return file.read_text(encoding="utf-8").strip()
    return environment.get(SECRET_VARIABLE, "").strip()
