"""Signed codes that terminals accepted: verified again here, and counted for one terminal.

The terminal looked at time and replay on its own disk. Here a code accepted by two terminals is detected:

the first to submit it keeps it, for as many transactions as its visit has.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from central.codes.issuers import trusted
from central.codes.tables import ride_account, shown_code, signed_e_card
from central.tables import e_card
from central.unidentified import Unidentified
from domain.codes.faults import CodeFault
from domain.codes.verification import prove_e_card, prove_ride_code
from domain.messages.contract import RideCodePresented, SignedECardPresented

AHEAD = timedelta(minutes=2)
VISIT = timedelta(hours=2)
"""Business may follow the showing of a code by so much; a terminal never reuses it for another visit."""


class ShownElsewhere(Unidentified):
    """Another terminal took this very code before. ``subject``: whose it is, all the same."""

    def __init__(self, subject: str) -> None:
        super().__init__("code.replayed")
        self.subject = subject


def holder_of(
    connection: Connection, shown: SignedECardPresented | RideCodePresented, terminal: str, at: datetime
) -> str:
    """The subject. ``at``: when the business was done, by the terminal. Raises ``Unidentified``,
    ``ShownElsewhere``."""
    try:
        if isinstance(shown, SignedECardPresented):
            e_code = prove_e_card(shown.content, trusted(connection))
            owner, made_at, use = e_code.credential.holder, e_code.shown.made_at, e_code.use
            table, column = signed_e_card, signed_e_card.c.holder
            until = e_code.credential.not_after
        else:
            ride = prove_ride_code(base64.b64decode(shown.content), trusted(connection))
            owner, made_at, use = ride.parts.payment_account, ride.parts.made_at, ride.use
            table, column = ride_account, ride_account.c.payment_account
            until = ride.parts.authorised_until
    except (CodeFault, ValueError) as fault:
        raise Unidentified(fault.code if isinstance(fault, CodeFault) else "code.damaged") from fault
    if made_at > until or not made_at - AHEAD <= at <= made_at + VISIT:
        raise Unidentified("code.expired")
    subject = _subject(connection, table, column == owner)
    _count_for(connection, use, terminal, subject, made_at)
    return subject


def _subject(connection: Connection, table: Table, whose: object) -> str:
    query = select(table.c.subject, table.c.withdrawn_at, e_card.c.locked)
    query = query.join(e_card, e_card.c.id == table.c.e_card)
    found = connection.execute(query.where(whose)).one_or_none()  # type: ignore[arg-type]
    if found is None:
        raise Unidentified("e_card.unknown")
    if found.locked:
        raise Unidentified("holder.reported_lost")
    if found.withdrawn_at is not None:
        raise Unidentified("e_card.other_phone")
    return str(found.subject)


def _count_for(connection: Connection, use: bytes, terminal: str, subject: str, made_at: datetime) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"use": use, "terminal": terminal, "subject": subject, "at": made_at}
    connection.execute(dialect.insert(shown_code).values(row).on_conflict_do_nothing())
    first = connection.execute(select(shown_code.c.terminal).where(shown_code.c.use == use)).scalar_one()
    if first != terminal:
        raise ShownElsewhere(subject)
