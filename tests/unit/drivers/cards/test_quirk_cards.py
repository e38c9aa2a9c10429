"""More than two hundred cards as the field brings them: none is refused where card number and identification
code can be read."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from drivers.cards.connection import Response
from drivers.cards.presented import reading_transport_too
from drivers.cards.social_security import SocialSecurityCardFiles, read_card
from drivers.virtual.card import VirtualCard
from drivers.virtual.social_security_card import ORDINARY, VirtualSocialSecurityCard
from tests.cities import card_of, personas

from .conftest import DirectConnection

BINZHOU = "4660"
LIU = personas()["liu-zhiyong"]


class Quirk(NamedTuple):
    name: str
    tag: str
    data: str
    status: str
    warns: str


QUIRKS = [
    Quirk(**quirk)
    for quirk in tomllib.loads(Path(__file__).with_name("quirk_cards.toml").read_text("utf-8"))["quirk"]
]
BASE_CARDS = {
    "by tag": lambda: VirtualSocialSecurityCard(LIU, replace(ORDINARY, reads_by_number=False)),
    "by number": lambda: VirtualSocialSecurityCard(LIU, replace(ORDINARY, reads_by_tag=False)),
    "contactless, below the master file": lambda: VirtualSocialSecurityCard(
        LIU, replace(ORDINARY, contactless=True, environment_is_master=False)
    ),
    "version 1.00": lambda: card_of("patient"),
}


class QuirkCard(DirectConnection):
    """A card that answers one record in its own way, however it is asked for."""

    def __init__(self, card: VirtualCard, quirk: Quirk) -> None:
        super().__init__(card)
        self._quirk = quirk

    def transmit(self, command: bytes) -> Response:
        response = super().transmit(command)
        if command[1] == 0xB2 and response.ok and response.data[0] == int(self._quirk.tag, 16):
            return Response(bytes.fromhex(self._quirk.data), int(self._quirk.status, 16))
        return response


def test_the_table_makes_two_hundred_cards() -> None:
    assert len(QUIRKS) * len(BASE_CARDS) >= 200


@pytest.mark.parametrize("base", BASE_CARDS)
@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda quirk: quirk.name)
def test_a_quirk_refuses_nobody_and_is_named(quirk: Quirk, base: str) -> None:
    """FC-3, FC-4, FC-5, FC-11 and their kind."""
    read = reading_transport_too(read_card, BINZHOU)
    plain, card = read(DirectConnection(BASE_CARDS[base]())), read(QuirkCard(BASE_CARDS[base](), quirk))
    assert isinstance(card, SocialSecurityCardFiles)
    assert isinstance(plain, SocialSecurityCardFiles)
    if quirk.tag != "07":
        assert card.card_number == plain.card_number
    if quirk.tag != "01":
        assert card.identification_code == plain.identification_code
    assert ({warning.field for warning in card.warnings} - {quirk.warns}) == set()
    assert not quirk.warns or card.warnings


def test_what_is_odd_keeps_its_bytes_and_does_not_print_them() -> None:
    quirk = next(each for each in QUIRKS if each.name == "name with half a character at its end")
    (warning,) = read_card(QuirkCard(card_of("liu-zhiyong"), quirk)).warnings
    assert warning.raw.startswith(bytes.fromhex("C1F5D6"))
    assert repr(warning) == "name: not GBK text"


class Reordered(DirectConnection):
    """A card whose records stand in another order, with a record of the city's own among them."""

    ORDER = (7, 6, 5, 3, 2, 1, 4)

    def transmit(self, command: bytes) -> Response:
        if command[1] != 0xB2 or command[3] != 0x04:
            return super().transmit(command)
        number = command[2]
        if number == 1:
            return Response(bytes.fromhex("EA0131"), 0x9000)
        if number > len(self.ORDER) + 1:
            return Response(b"", 0x6A83)
        return super().transmit(command[:2] + bytes((self.ORDER[number - 2],)) + command[3:4] + b"\0")


def test_records_in_another_order_are_found() -> None:
    make = replace(ORDINARY, reads_by_tag=False, contactless=True)
    ordinary = read_card(DirectConnection(VirtualSocialSecurityCard(LIU, make)))
    card = read_card(Reordered(VirtualSocialSecurityCard(LIU, make)))
    assert card == ordinary
