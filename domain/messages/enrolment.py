"""Enrolment of a terminal: the messages, and the code that a person compares.

The code is no secret. It is a hash over the terminal's name, the public key it made and the authority it
received, so that approval of a code approves exactly that key for exactly that name: a request
that was changed on its way has another code, which is on no screen.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from domain.messages.contract import Message

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is read as another one."""
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
GROUP = 4
ENROLMENT_LETTERS = 16
"""80 bits, for a quarter of an hour: a second key with the same code cannot be found in that time."""
AUTHORITY_LETTERS = 24
"""120 bits, for the life of the authority."""

TerminalName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,32}$")]
ServiceName = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,48}(:[a-z0-9-]{1,48})?$")]
"""A service, or all of a kind of counter: ``catalogue:village``."""
Pem = Annotated[str, Field(min_length=1, max_length=8192, pattern=r"^[\x20-\x7e\r\n]+$")]


class AuthorityCertificate(Message):
    """The certificate of the centre's own authority, PEM. Believed by its code only, never by itself."""

    certificate: Pem


class EnrolmentRequest(Message):
    """``request``: a certificate signing request (RFC 2986), PEM; its signature proves the key."""

    terminal: TerminalName
    request: Pem
    invitation: Annotated[str, Field(max_length=64)] = ""
    """A one-time secret of the administrator: it lets this request pass while strangers are limited."""
    profile: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,32}$")] = ""
    services: Annotated[tuple[ServiceName, ...], Field(max_length=200)] = ()
    """What this terminal is to do, as its profile names it; the centre bounds it and signs the list."""


class EnrolmentState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class Enrolment(Message):
    """``certificate``, PEM, is there once ``state`` is approved. What waits ends at ``expires_at``."""

    code: str
    state: EnrolmentState
    expires_at: AwareDatetime
    certificate: Pem | Literal[""] = ""
    services: tuple[ServiceName, ...] = ()
    """What the terminal may do: the list that its certificate carries."""


class RenewalRequest(Message):
    """Asked over a connection that the certificate in force proves; ``request`` may bring a new key."""

    request: Pem


class Renewal(Message):
    certificate: Pem


def enrolment_code(terminal: str, public_key: bytes, authority: bytes) -> str:
    """Code on the terminal's screen, under which the centre lists it; ``public_key`` and ``authority`` as
    DER.
    """
    digest = hashlib.sha256(b"onecard enrolment 1\n")
    for part in (terminal.encode(), public_key, authority):
        digest.update(len(part).to_bytes(4, "big") + part)
    return _written(digest.digest(), ENROLMENT_LETTERS)


def authority_code(authority: bytes) -> str:
    """Code by which a terminal recognises its centre; ``authority``: the certificate as DER."""
    return _written(hashlib.sha256(b"onecard authority 1\n" + authority).digest(), AUTHORITY_LETTERS)


def normal_code(untrusted_code: str) -> str:
    """A code as somebody typed or scanned it, in the one form codes are written in; garbage stays garbage."""
    letters = untrusted_code.strip().upper().translate(MISREAD)
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def _written(digest: bytes, letters: int) -> str:
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - letters * 5)
    return normal_code("".join(ALPHABET[number >> shift & 31] for shift in range(letters * 5 - 5, -1, -5)))
