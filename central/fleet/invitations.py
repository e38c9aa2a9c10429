"""Invitations: a one-time secret lets a terminal ask to be enrolled while strangers are limited.

An invitation is no approval: a person still compares the code. The database keeps its hash only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from central.fleet.refusals import InvitationUnknown
from central.fleet.tables import invitation
from domain.messages.enrolment import normal_code

GOOD_FOR = timedelta(hours=24)
SECRET_LETTERS = 24


def invite(
    connection: Connection, terminal: str, new_secret: Callable[[int], str], who: str, now: datetime
) -> tuple[str, datetime]:
    """The secret for ``terminal`` (empty: for any one terminal) and until when it is good. Earlier
    invitations of the same terminal end."""
    connection.execute(delete(invitation).where(invitation.c.expires_at <= now))
    if terminal:
        connection.execute(delete(invitation).where(invitation.c.terminal == terminal))
    secret = normal_code(new_secret(SECRET_LETTERS))
    connection.execute(
        insert(invitation).values(
            hash=_hash(secret), terminal=terminal, made_by=who, made_at=now, expires_at=now + GOOD_FOR
        )
    )
    return secret, now + GOOD_FOR


def redeem(connection: Connection, untrusted_secret: str, terminal: str, code: str, now: datetime) -> None:
    """Uses the invitation up for the request under ``code``, which may be repeated. Raises
    ``InvitationUnknown``."""
    mine = (
        invitation.c.hash == _hash(normal_code(untrusted_secret)),
        invitation.c.terminal.in_(("", terminal)),
        invitation.c.expires_at > now,
        invitation.c.used_for.in_(("", code)),
    )
    if not connection.execute(update(invitation).where(*mine).values(used_for=code)).rowcount:
        raise InvitationUnknown


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
