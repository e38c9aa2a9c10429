"""A real pcscd with virtual readers, private to this run; cards are put into its slots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.pcsc.events import CardArrived, ReadersChanged
from drivers.pcsc.readers import PcscReaders
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.vpcd_slot import VpcdSlot
from tests.hardware.events import EventLog

DESK = "Desk 00 00"
SECOND = "Desk 00 01"


@pytest.fixture
def stopped_daemon(card_reader_service: Path) -> Iterator[PcscDaemon]:
    daemon = PcscDaemon(card_reader_service, "Desk")
    daemon.use()
    yield daemon
    daemon.stop()


@pytest.fixture
def daemon(stopped_daemon: PcscDaemon) -> PcscDaemon:
    stopped_daemon.start()
    return stopped_daemon


@pytest.fixture
def slot(daemon: PcscDaemon) -> Iterator[VpcdSlot]:
    slot = VpcdSlot(daemon.ports[DESK])
    yield slot
    slot.remove()


@pytest.fixture
def second_slot(daemon: PcscDaemon) -> Iterator[VpcdSlot]:
    slot = VpcdSlot(daemon.ports[SECOND])
    yield slot
    slot.remove()


@pytest.fixture
def log() -> EventLog:
    return EventLog()


@pytest.fixture
def readers(log: EventLog) -> Iterator[PcscReaders]:
    readers = PcscReaders("*", log.post)
    readers.start()
    yield readers
    readers.stop()


@pytest.fixture
def arrive(log: EventLog) -> Callable[[str], CardArrived]:
    def arrive(reader: str = DESK) -> CardArrived:
        return log.wait_for(CardArrived, lambda event: event.reader == reader)

    return arrive


@pytest.fixture
def attached(daemon: PcscDaemon, readers: PcscReaders, log: EventLog) -> ReadersChanged:
    return log.wait_for(ReadersChanged, lambda event: DESK in event.readers)
