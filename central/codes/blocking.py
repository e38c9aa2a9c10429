"""An electronic card reported lost: every code its phones can make is on the hotlist from that moment."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select, update

from central.codes.tables import ride_account, signed_e_card
from central.fleet import hotlist
from central.tables import e_card
from domain.messages.signed_documents import FINGERPRINT_BYTES


def lock_e_card(connection: Connection, id: str, *, locked: bool) -> None:
    """Its tokens are refused here, its signed codes by every terminal that has heard, in touch or not.

    What was withdrawn from a phone stays blocked, whatever becomes of the card.
    """
    connection.execute(update(e_card).where(e_card.c.id == id).values(locked=locked))
    holders = select(signed_e_card.c.holder).where(
        signed_e_card.c.e_card == id, signed_e_card.c.withdrawn_at.is_(None)
    )
    accounts = select(ride_account.c.payment_account).where(
        ride_account.c.e_card == id, ride_account.c.withdrawn_at.is_(None)
    )
    names = [f"e_card:{holder}" for holder in connection.execute(holders).scalars()]
    names += [f"ride:{account}" for account in connection.execute(accounts).scalars()]
    listed = [fingerprint(name) for name in names]
    hotlist.change(connection, listed if locked else [], [] if locked else listed)


def fingerprint(subject_key: str) -> bytes:
    """Name of a credential on the terminals' lists: a hash that reveals no number."""
    return hashlib.sha256(subject_key.encode()).digest()[:FINGERPRINT_BYTES]
