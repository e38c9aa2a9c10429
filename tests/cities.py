"""The shipped city for tests: its people, cards, shelf and tariff, and devices of the city."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from config.city.city import City
from config.city.loading import load_city
from config.personas import Persona
from config.transport_cards import TransportCard
from domain.fares import Tariff
from drivers.virtual import blank_card, psam
from drivers.virtual import personas as virtual_personas
from drivers.virtual.answer_times import INSTANT, AnswerTimes
from drivers.virtual.social_security_card import Random, VirtualSocialSecurityCard

BINZHOU: City = load_city("binzhou")
LUGANG: City = load_city(str(Path(__file__).parent / "city_folders" / "lugang"))
"""An invented city with another zone and other codes, people and fares."""
ZONE = BINZHOU.zone


def personas() -> Mapping[str, Persona]:
    """The invented people of the city by id."""
    return BINZHOU.personas


def transport_cards() -> Mapping[str, TransportCard]:
    """The invented transport cards of the city by id."""
    return BINZHOU.transport_cards


def shipped_tariffs() -> dict[str, Tariff]:
    """The tariff of the city by its version."""
    from central.departments import tariffs

    return tariffs.shipped_tariffs(BINZHOU)


def shipped_tariff(_name: str = "binzhou") -> Tariff:
    """The tariff of the city."""
    from terminal.ticketing import fare_desk

    return fare_desk.shipped_tariff(BINZHOU)


def card_of(
    person: str, times: AnswerTimes = INSTANT, random: Random = secrets.token_bytes
) -> VirtualSocialSecurityCard:
    """The card of the persona with this id."""
    return virtual_personas.card_of(BINZHOU.personas[person], times, random)


def PsamMake(region: str = BINZHOU.region, **make: object) -> psam.PsamMake:
    """A PSAM of the city, or of another region."""
    return psam.PsamMake(region, **make)  # type: ignore[arg-type]


def VirtualPsam(make: psam.PsamMake | None = None) -> psam.VirtualPsam:
    """A virtual PSAM of the city."""
    return psam.VirtualPsam(make or PsamMake())


def VirtualBlankCard(
    times: AnswerTimes = INSTANT, random: Random = secrets.token_bytes
) -> blank_card.VirtualBlankCard:
    """A virtual blank card of the city."""
    return blank_card.VirtualBlankCard(BINZHOU.region, times, random)
