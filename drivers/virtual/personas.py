"""The virtual card of each invented person, made as that person's issuer would have made it."""

from __future__ import annotations

import secrets
from dataclasses import replace

from config.personas import Persona
from drivers.cards.social_security_files import Padding
from drivers.virtual.answer_times import CONTACT_38400, CONTACTLESS, INSTANT, AnswerTimes
from drivers.virtual.social_security_card import ORDINARY, Make, Random, VirtualSocialSecurityCard

ANSWER_TIMES = {"instant": INSTANT, "contact": CONTACT_38400, "contactless": CONTACTLESS}
"""The speeds a demonstration can be run at."""

OLD = replace(ORDINARY, named_algorithm=False, environment_is_master=False, padding=Padding.RIGHT_SPACE)
THIRD_GENERATION = replace(ORDINARY, contactless=True)


def make_of(persona: Persona) -> Make:
    """Version 1.00: contact, an own directory, space padding. Version 3.00: contactless."""
    if persona.version < "2":
        return OLD
    return THIRD_GENERATION if persona.version >= "3" else ORDINARY


def card_of(
    persona: Persona, times: AnswerTimes = INSTANT, random: Random = secrets.token_bytes
) -> VirtualSocialSecurityCard:
    """The card of this persona."""
    return VirtualSocialSecurityCard(persona, replace(make_of(persona), times=times), random)
