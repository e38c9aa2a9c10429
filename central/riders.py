"""Account that pays a ride: transport cards name no person, and a card from elsewhere has no account here.

Such a ride stands under a name of its own, made from the card's number by a hash: the same card is the same
rider (transfers, caps, groups), and what the ride cost is owed by its issuer in the clearing.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select

from central.departments.bus_tables import transport_card
from config.faults import Fault
from domain.messages.contract import Transaction, TUnionCardPresented

RIDES = "bus"
STRANGER = "t_union:"


class TransportCardLocked(Fault):
    code = "holder.reported_lost"


def beyond_rides(transaction: Transaction) -> bool:
    """Something else than a ride is asked for on what names no person."""
    return isinstance(transaction.credential, TUnionCardPresented) and transaction.service != RIDES


def rider_of_card(connection: Connection, shown: TUnionCardPresented) -> str:
    """The subject of the card's holder, or the stranger's name. Raises ``TransportCardLocked``."""
    found = connection.execute(
        select(transport_card.c.subject, transport_card.c.locked).where(
            transport_card.c.number == shown.number
        )
    ).one_or_none()
    if found is None:
        return STRANGER + hashlib.sha256(f"t_union:{shown.number}".encode()).hexdigest()[:40]
    if found.locked:
        raise TransportCardLocked("reported lost")
    return str(found.subject)
