"""A transport card is own in the city it names and a guest in every other (FC-60)."""

from __future__ import annotations

from datetime import date

import pytest

from config.city.city import City
from domain.cards.faults import TransportNotHere
from drivers.cards.t_union import read_for_ride, refuse_unusable
from drivers.virtual.t_union_card import VirtualTUnionCard
from tests.cities import BINZHOU, LUGANG
from tests.unit.drivers.cards.conftest import DirectConnection

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize("home", [BINZHOU, LUGANG], ids=lambda city: city.id)
@pytest.mark.parametrize("here", [BINZHOU, LUGANG], ids=lambda city: city.id)
def test_a_local_card_rides_in_its_own_city_only(home: City, here: City) -> None:
    local = home.transport_cards["transport-card"].model_copy(update={"interoperable": False})
    card = read_for_ride(DirectConnection(VirtualTUnionCard(local)), here.transport_code)
    assert card.city == home.transport_code
    if home is here:
        refuse_unusable(card, TODAY, here.transport_code)
        return
    with pytest.raises(TransportNotHere):
        refuse_unusable(card, TODAY, here.transport_code)


@pytest.mark.parametrize("here", [BINZHOU, LUGANG], ids=lambda city: city.id)
def test_every_card_of_a_citys_demonstration_names_the_city(here: City) -> None:
    for name in ("transport-card", "transport-student", "transport-not-enabled", "transport-expired"):
        assert here.transport_cards[name].city == here.transport_code
