"""Electronic cards: short-lived opaque tokens for a phone to show.

A token carries no information. Only its hash is kept, so that a copied database reveals no code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from central.holders import token_hash
from central.tables import e_card, e_card_token, holder
from domain.masking import mask_name, mask_number

PREFIX = "OC1:"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOKEN_CHARACTERS = 40
LIFE = timedelta(seconds=60)

RandomBelow = Callable[[int], int]


@dataclass(frozen=True, slots=True, repr=False)
class IssuedToken:
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wallet:
    """An electronic card as its owner's phone lists it."""

    id: str
    persona: str
    masked_name: str
    masked_number: str


def issue(
    connection: Connection, wallet: str, random_below: RandomBelow, now: datetime
) -> IssuedToken | None:
    """A new token for this electronic card; None when there is no such card."""
    found = connection.execute(select(e_card.c.id).where(e_card.c.id == wallet)).one_or_none()
    if found is None:
        return None
    token = PREFIX + "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(TOKEN_CHARACTERS))
    connection.execute(
        insert(e_card_token).values(hash=token_hash(token), e_card=wallet, expires_at=now + LIFE)
    )
    return IssuedToken(token, now + LIFE)


def wallets(connection: Connection) -> list[Wallet]:
    """All electronic cards of a demonstration's people."""
    rows = connection.execute(
        select(e_card.c.id, holder.c.persona, holder.c.name, holder.c.social_security_number)
        .join(holder)
        .where(holder.c.persona != "")
    )
    return [
        Wallet(row.id, row.persona, mask_name(row.name), mask_number(row.social_security_number))
        for row in rows
    ]
