"""An administrator's orders about terminals: enrol, invite, refuse, revoke, list."""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Iterator, Sequence

from central.fleet import enrolments, invitations
from central.fleet.fleet import Fleet
from central.fleet.refusals import NoSuchTerminal
from domain.messages.enrolment import ALPHABET


def new_secret(letters: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(letters))


def authority(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    yield fleet.code


def waiting(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    local = fleet.database.city.local
    with fleet.database.read() as connection:
        for code, terminal, at, profile, services in enrolments.waiting(connection, fleet.now()):
            asked = f"profile {profile or 'not named'}: {', '.join(services.split()) or 'all of it'}"
            yield f"{code}  {terminal}  since {local(at):%H:%M}  {asked}"


def approve(fleet: Fleet, words: Sequence[str], *, replace: bool = False) -> Iterator[str]:
    code, *profile = words
    named = "".join(profile)
    terminal = fleet.database.write(
        lambda connection: enrolments.approve(
            connection, fleet.authority, code, getpass.getuser(), fleet.now(), replace=replace, profile=named
        )
    )
    yield f"{terminal} is enrolled"
    with fleet.database.read() as connection:
        row = next(each for each in enrolments.listed(connection) if each.terminal == terminal)
    yield f"services: {_listed_services(row.services)}"


def _listed_services(services: str | None) -> str:
    """For a person; None is a certificate older than the lists."""
    if services is None:
        return "not listed: all but those that need a PIN; approve with a PROFILE to list them"
    return ", ".join(services.split()) or "none"


def invite(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    local = fleet.database.city.local
    terminal, who = "".join(words), getpass.getuser()
    secret, until = fleet.database.write(
        lambda connection: invitations.invite(connection, terminal, new_secret, who, fleet.now())
    )
    yield secret
    yield f"once, for {terminal or 'any one terminal'}, until {local(until):%Y-%m-%d %H:%M}"


def replace(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    yield from approve(fleet, words, replace=True)


def refuse(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    (code,) = words
    terminal = fleet.database.write(
        lambda connection: enrolments.refuse(connection, code, getpass.getuser(), fleet.now())
    )
    yield f"{terminal} is refused"


def revoke(fleet: Fleet, words: Sequence[str]) -> Iterator[str]:
    terminal, *reason = words
    ended = fleet.database.write(
        lambda connection: enrolments.revoke(connection, terminal, " ".join(reason), fleet.now())
    )
    if not ended:
        raise NoSuchTerminal(terminal)
    yield f"{terminal} is revoked; it wipes itself at its next contact"


def terminals(fleet: Fleet, _: Sequence[str]) -> Iterator[str]:
    """Each terminal ever enrolled, with its newest certificate's end, and what it still holds."""
    local = fleet.database.city.local
    with fleet.database.read() as connection:
        for row in enrolments.listed(connection):
            until = f"revoked: {row.reason}" if row.revoked_at else f"until {local(row.expires_at):%Y-%m-%d}"
            seen = f"seen {local(row.seen_at):%Y-%m-%d %H:%M}, {row.pending} pending" if row.seen_at else ""
            yield f"{row.terminal:16} {until:20} {seen}".rstrip()
            yield f"    services: {_listed_services(row.services)}"
