"""A blank card written through the real PC/SC service, and torn out of it in the middle."""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest

from central.departments.catalogue.replacing import numbers_of, values_of
from config.faults import Fault
from config.test_card_keys import TEST_PERSONALISATION_KEY
from domain.cards.algorithms import Algorithm
from domain.cards.faults import CardNotBlank, CardSpoilt, StatusFault
from domain.cards.keys import derived, enciphered
from drivers.cards.connection import Connection
from drivers.cards.personalisation import Permit, personalise
from drivers.cards.psam import PsamLevel, derivation_factors
from drivers.cards.social_security import SocialSecurityCardFiles, read_card
from drivers.pcsc.events import CardArrived
from drivers.pcsc.readers import PcscReaders
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.vpcd_slot import VpcdSlot
from tests.cities import BINZHOU, VirtualBlankCard, personas
from tests.hardware.conftest import DESK

CONTENT = bytes(8)
DAY = date(2026, 11, 23)
CODE, NUMBER = numbers_of(BINZHOU.region, "0f9b", 1)
VALUES = values_of(personas()["yang-ying"], CODE, NUMBER, DAY)


def permit(challenge: bytes, factor: bytes, key: bytes = TEST_PERSONALISATION_KEY) -> Permit:
    factors = derivation_factors(PsamLevel.MINISTRY, "371600", factor)[::-1]
    proof = enciphered(Algorithm.TRIPLE_DES, derived(Algorithm.TRIPLE_DES, key, factors), challenge, CONTENT)
    return Permit(proof, CONTENT, VALUES)


T = TypeVar("T")


def done(readers: PcscReaders, work: Callable[[Connection], T]) -> T | Fault:
    answers: queue.SimpleQueue[T | Fault] = queue.SimpleQueue()
    readers.run(DESK, work, answers.put)
    return answers.get(timeout=20)


def written(readers: PcscReaders) -> Fault | None:
    return done(readers, lambda connection: personalise(connection, permit))


@pytest.mark.usefixtures("attached")
def test_a_written_blank_is_read_as_the_card_of_its_holder_and_never_written_again(
    readers: PcscReaders, slot: VpcdSlot, arrive: Callable[[], CardArrived]
) -> None:
    slot.insert(VirtualBlankCard())
    arrive()
    assert written(readers) is None
    card = done(readers, read_card)
    assert isinstance(card, SocialSecurityCardFiles)
    assert (card.identification_code, card.card_number, card.warnings) == (CODE, NUMBER, ())
    assert (card.issue_date, card.expiry_date) == (DAY, date(2036, 11, 23))
    assert card.holder is not None
    assert card.holder.name == personas()["yang-ying"].full_name
    assert isinstance(written(readers), CardNotBlank)


@pytest.mark.usefixtures("attached")
@pytest.mark.parametrize("exchanges", [10, 15, 23, 30])
def test_a_blank_torn_out_in_mid_write_is_void_and_nobodys_card(
    readers: PcscReaders, slot: VpcdSlot, arrive: Callable[[], CardArrived], exchanges: int
) -> None:
    blank = VirtualBlankCard()
    slot.insert(blank, Disturbance(torn_after=exchanges))
    arrive()
    assert isinstance(written(readers), CardSpoilt)
    slot.remove()
    blank.power_on()
    assert blank.written is (exchanges >= 25)


@pytest.mark.usefixtures("attached")
def test_nothing_is_written_without_the_issuers_key(
    readers: PcscReaders, slot: VpcdSlot, arrive: Callable[[], CardArrived]
) -> None:
    blank = VirtualBlankCard()
    slot.insert(blank)
    arrive()
    wrong = done(
        readers,
        lambda connection: personalise(
            connection, lambda challenge, factor: permit(challenge, factor, b"ANOTHER TEST KEY")
        ),
    )
    assert isinstance(wrong, StatusFault)
    assert not blank.written
    assert written(readers) is None
