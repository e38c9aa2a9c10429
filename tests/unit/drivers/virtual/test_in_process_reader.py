"""The reader without PC/SC keeps the same promises: one test file for what both must do is the contract."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

from config.faults import Fault
from domain.cards.faults import CardMute, CardRemoved
from drivers.cards.connection import Connection
from drivers.cards.social_security import (
    SocialSecurityApplication,
    SocialSecurityCardFiles,
    read_card,
)
from drivers.events import DeviceEvent
from drivers.pcsc.events import CardArrived, CardGone, ReadersChanged
from drivers.pcsc.faults import ReaderMissing
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.in_process_reader import NAME, InProcessReader
from tests.cities import card_of

Answer = SocialSecurityCardFiles | Fault


@pytest.fixture
def events() -> queue.SimpleQueue[DeviceEvent]:
    return queue.SimpleQueue()


@pytest.fixture
def reader(events: queue.SimpleQueue[DeviceEvent]) -> Iterator[InProcessReader]:
    reader = InProcessReader(events.put)
    reader.start()
    yield reader
    reader.stop()


def read(reader: InProcessReader, name: str = NAME) -> Answer:
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    reader.run(name, read_card, answers.put)
    return answers.get(timeout=30)


def kinds(events: queue.SimpleQueue[DeviceEvent]) -> list[type[DeviceEvent]]:
    found = []
    while not events.empty():
        found.append(type(events.get()))
    return found


def test_a_card_is_announced_read_and_gone(
    reader: InProcessReader, events: queue.SimpleQueue[DeviceEvent]
) -> None:
    reader.slot.insert(card_of("yang-ying"))
    card = read(reader)
    assert isinstance(card, SocialSecurityCardFiles)
    assert card.holder is not None
    reader.slot.remove()
    assert kinds(events)[1:] == [ReadersChanged, CardArrived, CardGone]


@pytest.mark.parametrize("position", [0, 3, 6])
def test_a_card_torn_out_between_two_commands_is_named_and_the_next_works(
    reader: InProcessReader, position: int
) -> None:
    reader.slot.insert(card_of("yang-ying"), Disturbance(torn_after=position))
    assert isinstance(read(reader), CardRemoved)
    reader.slot.insert(card_of("yang-ying"))
    assert isinstance(read(reader), SocialSecurityCardFiles)


def test_a_card_swapped_in_mid_read_is_never_taken_for_the_other(reader: InProcessReader) -> None:
    def swapping(connection: Connection) -> SocialSecurityCardFiles:
        reader.slot.insert(card_of("liu-shunli"))
        return read_card(connection)

    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    reader.slot.insert(card_of("yang-ying"))
    reader.run(NAME, swapping, answers.put)
    assert isinstance(answers.get(timeout=30), CardRemoved)


def test_an_empty_slot_a_mute_card_and_a_missing_reader_are_named(reader: InProcessReader) -> None:
    assert isinstance(read(reader), CardRemoved)
    assert isinstance(read(reader, "elsewhere"), ReaderMissing)
    reader.slot.insert(card_of("yang-ying"), Disturbance(mute=True))
    assert isinstance(read(reader), CardMute)


def test_a_contactless_card_proves_itself_here_too(
    reader: InProcessReader, events: queue.SimpleQueue[DeviceEvent]
) -> None:
    """It is no T=0 card: its answers do not wait behind ``61xx``, and a command keeps its ``Le``."""
    reader.slot.insert(card_of("li-peijun"))
    answers: queue.SimpleQueue[bytes | Fault] = queue.SimpleQueue()

    def prove(connection: Connection) -> bytes:
        return SocialSecurityApplication.open(connection).internal_authenticate(bytes(8), bytes(8))

    reader.run(NAME, prove, answers.put)
    answer = answers.get(timeout=30)
    assert isinstance(answer, bytes)
    assert len(answer) == 8
