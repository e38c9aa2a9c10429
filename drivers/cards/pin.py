"""Giving a card its PIN, and knowing which card it was given to."""

from __future__ import annotations

from collections.abc import Callable

from domain.cards.faults import AnotherCard
from drivers.cards.connection import Connection
from drivers.cards.social_security import SocialSecurityApplication, SocialSecurityCardFiles

Read = Callable[[Connection], SocialSecurityCardFiles]


def reading_with_pin(read: Read, identification_code: str, pin: str) -> Read:
    """``read``, then VERIFY (LD/T 32, command 00 20) in the same session with the card.

    Reading goes first: the PIN is given only to the card that began the visit, and where the terminal can
    prove cards, only to one that proved itself again. Raises ``AnotherCard``, ``PinWrong``,
    ``PinBlocked``, ``ValueError`` for what is no PIN.
    """

    def read_and_verify(connection: Connection) -> SocialSecurityCardFiles:
        card = read(connection)
        if card.identification_code != identification_code:
            raise AnotherCard("not the card this visit began with")
        SocialSecurityApplication.open(connection).verify_pin(pin)
        return card

    return read_and_verify
