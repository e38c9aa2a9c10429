"""Whatever card was laid down: a social-security card first, a transport card where it is none.

A card of the third generation that is both is a social-security card, and its holder is known by it.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.cards.faults import NotSocialSecurityCard, NotTUnionCard
from drivers.cards.connection import Connection
from drivers.cards.social_security import SocialSecurityCardFiles
from drivers.cards.t_union import TUnionCardFiles, read_for_ride, read_whole

Read = Callable[[Connection], SocialSecurityCardFiles]
ReadAny = Callable[[Connection], SocialSecurityCardFiles | TUnionCardFiles]


def reading_transport_too(read: Read, city: str) -> ReadAny:
    """``read``, and for a card without that application what a ride needs of the transport card's, in the
    same session. Raises what ``read`` raises; a card that is neither ends as ``read`` said."""
    return _either(read, lambda connection: read_for_ride(connection, city))


def reading_transport_whole(read: Read) -> ReadAny:
    """As ``reading_transport_too``, with everything that the transport card tells."""
    return _either(read, read_whole)


def _either(read: Read, transport: Callable[[Connection], TUnionCardFiles]) -> ReadAny:
    def read_either(connection: Connection) -> SocialSecurityCardFiles | TUnionCardFiles:
        try:
            return read(connection)
        except NotSocialSecurityCard as fault:
            try:
                return transport(connection)
            except NotTUnionCard:
                raise fault from None

    return read_either
