"""Holders: from a presented credential to a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from central.codes.blocking import fingerprint
from central.codes.shown import holder_of
from central.departments.department import Department, Visitor
from central.fleet import hotlist
from central.riders import TransportCardLocked, rider_of_card
from central.tables import card, e_card, e_card_token, holder, identification
from central.unidentified import Unidentified
from domain.masking import mask_name, mask_number
from domain.messages.contract import (
    CredentialMessage,
    ECardTokenPresented,
    Holder,
    HolderPresented,
    IdentificationRequest,
    RideCodePresented,
    SignedECardPresented,
    SocialSecurityCardPresented,
    TrustLevel,
    TUnionCardPresented,
)

REPEATED_WITHIN = timedelta(seconds=10)
"""A terminal whose answer was lost may ask again for a token this long after its first use."""
KNOWN_FOR = timedelta(hours=12)
"""A holder named to a terminal may be referred to by it this long."""
CLOCKS_DIFFER = timedelta(minutes=10)
"""What was accepted offline names a visit of its own time, by its terminal's clock, however late it comes."""
END_OF_TIME = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)


_SHOWN_SINCE = (
    select(identification.c.id)
    .where(
        identification.c.terminal == bindparam("terminal"),
        identification.c.subject == bindparam("subject"),
        identification.c.at >= bindparam("since"),
        identification.c.at <= bindparam("until"),
    )
    .limit(1)
)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def identify(
    connection: Connection,
    request: IdentificationRequest,
    departments: Mapping[str, Department],
    now: datetime,
) -> Holder:
    """Raises ``Unidentified``. The terminal may from now on refer to the holder by ``subject``."""
    subject = resolve(connection, request.credential, request.terminal, now)
    found = connection.execute(select(holder).where(holder.c.subject == subject)).one()
    connection.execute(insert(identification).values(terminal=request.terminal, subject=subject, at=now))
    visitor = Visitor(subject, request.terminal, now)
    return Holder(
        subject=subject,
        masked_name=mask_name(found.name),
        masked_number=mask_number(found.social_security_number),
        trust=trust_of(request),
        services={
            name: departments[name].know(connection, visitor)
            for name in request.services
            if name in departments
        },
    )


def trust_of(request: IdentificationRequest) -> TrustLevel:
    """A token the centre issued itself is verified, and a code whose signatures it proved; a card is what
    the terminal found it to be."""
    if not isinstance(request.credential, SocialSecurityCardPresented):
        return TrustLevel.VERIFIED
    return request.trust


def resolve(
    connection: Connection,
    credential: CredentialMessage | None,
    terminal: str,
    now: datetime,
    *,
    late: bool = False,
    done_at: datetime | None = None,
) -> str:
    """The subject of a credential, empty for none. ``late`` for what was accepted offline some time ago,
    ``done_at`` when it was done.

    Raises ``Unidentified``; ``ShownElsewhere`` for a signed code that another terminal took.
    """
    match credential:
        case None:
            return ""
        case SocialSecurityCardPresented():
            return _holder_of_card(connection, credential)
        case ECardTokenPresented():
            return _holder_of_token(connection, credential.token, terminal, now)
        case TUnionCardPresented():
            try:
                return rider_of_card(connection, credential)
            except TransportCardLocked as fault:
                raise Unidentified(fault.code) from fault
        case SignedECardPresented() | RideCodePresented():
            return holder_of(connection, credential, terminal, done_at or now)
        case HolderPresented():
            if late and done_at is not None:
                since, until = done_at - KNOWN_FOR, done_at + CLOCKS_DIFFER
            else:
                since, until = now - KNOWN_FOR, now
            return holder_known_to(connection, credential.subject, terminal, since, until)


def _holder_of_card(connection: Connection, shown: SocialSecurityCardPresented) -> str:
    """All data read must fit together: a card with another card's number matches no holder."""
    query = (
        select(card.c.subject, card.c.card_number, card.c.locked, holder.c.social_security_number)
        .join(holder, holder.c.subject == card.c.subject)
        .where(card.c.identification_code == shown.identification_code)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        # A card that was replaced is nobody's any more; that it was stopped is what its finder should hear.
        stopped = hotlist.blocks(connection, fingerprint(f"card:{shown.identification_code}"))
        raise Unidentified("hotlist.blocked" if stopped else "holder.unknown")
    if found.card_number != shown.card_number:
        raise Unidentified("holder.unknown")
    if shown.social_security_number not in (None, found.social_security_number):
        raise Unidentified("holder.unknown")
    if found.locked:
        raise Unidentified("holder.reported_lost")
    return str(found.subject)


def _holder_of_token(connection: Connection, token: str, terminal: str, now: datetime) -> str:
    """A token serves one visit at one terminal, within its minute."""
    query = (
        select(e_card_token, e_card.c.subject, e_card.c.locked)
        .join(e_card, e_card.c.id == e_card_token.c.e_card)
        .where(e_card_token.c.hash == token_hash(token))
        .with_for_update()
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise Unidentified("e_card.unknown")
    if found.expires_at <= now:
        raise Unidentified("e_card.expired")
    if found.locked:
        raise Unidentified("holder.reported_lost")
    if found.used_at is not None and not _same_use(found, terminal, now):
        raise Unidentified("e_card.already_used")
    if found.used_at is None:
        connection.execute(
            update(e_card_token)
            .where(e_card_token.c.hash == found.hash)
            .values(used_at=now, used_by=terminal)
        )
    return str(found.subject)


def _same_use(found: Row[Any], terminal: str, now: datetime) -> bool:
    return bool(found.used_by == terminal and now - found.used_at <= REPEATED_WITHIN)


def holder_known_to(
    connection: Connection, subject: str, terminal: str, since: datetime, until: datetime | None = None
) -> str:
    """Only a terminal that saw a holder's card or code may book and ask in that holder's name.

    Raises ``Unidentified``.
    """
    shown = {"terminal": terminal, "subject": subject, "since": since, "until": until or END_OF_TIME}
    if connection.execute(_SHOWN_SINCE, shown).first() is None:
        raise Unidentified("holder.not_presented")
    return subject
