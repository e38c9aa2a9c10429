"""A card reported lost by a clerk, for a person with neither card nor phone.

The clerk's own card and PIN stand for it and are on record with the transaction; the person is
found only by number and name together, so that one mistyped digit locks no other person's card.
"""

from __future__ import annotations

import unicodedata

from pydantic import JsonValue
from sqlalchemy import Connection, select, update

from central.codes.blocking import fingerprint, lock_e_card
from central.departments.department import Business, Decision, confirmed, refused
from central.departments.tables import staff
from central.fleet import hotlist
from central.tables import card, e_card, holder

CLERK_ONLY = "card_management.clerk_only"


def is_clerk(connection: Connection, subject: str) -> bool:
    return connection.execute(select(staff.c.subject).where(staff.c.subject == subject)).first() is not None


def report_for_another(connection: Connection, business: Business) -> Decision:
    """Locks every card of the person typed, and with ``e_cards`` the electronic ones; tells their endings."""
    if not is_clerk(connection, business.subject):
        return refused(CLERK_ONLY)
    body = business.transaction.body
    subject = subject_of(connection, body.get("number"), body.get("name"))
    if not subject:
        return refused("card_management.no_such_holder")
    endings = _lock_cards(connection, subject)
    if body.get("e_cards") is True:
        endings += _lock_e_cards(connection, subject)
    if not endings:
        return refused("card_management.already_lost")
    return confirmed(endings=list[JsonValue](endings))


def subject_of(connection: Connection, untrusted_number: JsonValue, untrusted_name: JsonValue) -> str:
    """Subject with this number and name together; empty when they do not belong together."""
    if not (isinstance(untrusted_number, str) and isinstance(untrusted_name, str)):
        return ""
    number = untrusted_number.strip().upper()
    found = connection.execute(
        select(holder.c.subject, holder.c.name).where(holder.c.social_security_number == number)
    ).one_or_none()
    return str(found.subject) if found and _plain(found.name) == _plain(untrusted_name) else ""


def _plain(name: str) -> str:
    """A name as it is compared: the point within a name of a minority is typed in several ways, or not."""
    letters = unicodedata.normalize("NFKC", name)
    return "".join(each for each in letters if each.isalnum()).casefold()


def _lock_cards(connection: Connection, subject: str) -> list[str]:
    mine = select(card.c.identification_code, card.c.card_number).where(
        card.c.subject == subject, card.c.locked.is_(False)
    )
    found = connection.execute(mine.with_for_update()).all()
    codes = [each.identification_code for each in found]
    if codes:
        connection.execute(update(card).where(card.c.identification_code.in_(codes)).values(locked=True))
        hotlist.change(connection, [fingerprint(f"card:{code}") for code in codes], [])
    return sorted(each.card_number[-4:] for each in found)


def _lock_e_cards(connection: Connection, subject: str) -> list[str]:
    mine = select(e_card.c.id).where(e_card.c.subject == subject, e_card.c.locked.is_(False))
    found = connection.execute(mine.with_for_update()).scalars().all()
    for id in found:
        lock_e_card(connection, id, locked=True)
    return sorted(id[-4:] for id in found)
