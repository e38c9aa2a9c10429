"""Papers photographed at a counter: the picture of one person's paper, waiting for the application that
names it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection, Delete, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from central.departments.tables import application, attachment
from central.holders import KNOWN_FOR, holder_known_to
from config.faults import Fault
from domain.messages.attachments import Attachment

UNNAMED_FOR = timedelta(days=1)
"""A picture no application names by then goes: its person went away."""
MOST_WAITING = 24
"""Pictures of one person that no application names yet."""


class TooManyWaiting(Fault):
    code = "attachment.too_many"


def keep(connection: Connection, untrusted: Attachment, picture: bytes, now: datetime) -> None:
    """Keeps ``picture``, the one that ``cleaned`` made; a second time changes nothing.

    Raises ``Unidentified`` where this terminal has not identified the holder, ``TooManyWaiting``.
    """
    subject = holder_known_to(connection, untrusted.subject, untrusted.terminal, now - KNOWN_FOR)
    of_person = attachment.c.subject == subject
    same = (
        of_person,
        attachment.c.service == untrusted.service,
        attachment.c.paper == untrusted.paper,
        attachment.c.sha256 == untrusted.sha256,
        attachment.c.application == "",
    )
    if connection.execute(select(attachment.c.id).where(*same)).first():
        return
    unnamed = select(func.count()).where(of_person, attachment.c.application == "")
    if connection.execute(unnamed).scalar_one() >= MOST_WAITING:
        raise TooManyWaiting
    values = {
        "subject": subject,
        "service": untrusted.service,
        "paper": untrusted.paper,
        "sha256": untrusted.sha256,
        "picture": picture,
        "terminal": untrusted.terminal,
        "at": now,
    }
    # Sent twice at the same moment, the other one keeps it.
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(attachment).values(**values))


def name_all(
    connection: Connection, number: str, subject: str, service: str, named: Mapping[str, str]
) -> None:
    """From now on these pictures (hash by paper) belong to the application with this number."""
    for paper, sha256 in named.items():
        connection.execute(
            update(attachment)
            .where(
                attachment.c.subject == subject,
                attachment.c.service == service,
                attachment.c.paper == paper,
                attachment.c.sha256 == sha256,
                attachment.c.application == "",
            )
            .values(application=number)
        )


def all_here(connection: Connection, subject: str, service: str, named: Mapping[str, str]) -> bool:
    """Whether each of these pictures is this person's, for this service, and no other application's."""
    mine = select(attachment.c.paper, attachment.c.sha256).where(
        attachment.c.subject == subject, attachment.c.service == service, attachment.c.application == ""
    )
    here = {(row.paper, row.sha256) for row in connection.execute(mine)}
    return set(named.items()) <= here


def throw_away(connection: Connection, number: str) -> None:
    """The application was undone."""
    connection.execute(delete(attachment).where(attachment.c.application == number))


def outlived(now: datetime, before: datetime) -> Delete:
    """Delete attachments that no application named within a day, and those of applications answered before
    ``before``.
    """
    answered = select(application.c.number).where(application.c.decided_at < before)
    unnamed = (attachment.c.application == "") & (attachment.c.at < now - UNNAMED_FOR)
    return delete(attachment).where(or_(unnamed, attachment.c.application.in_(answered)))
