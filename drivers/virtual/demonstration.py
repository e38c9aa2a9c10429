"""A whole counter's worth of virtual hardware: a reader with cards, a camera with phones and books.

The reader is a real pcscd with virtual slots; where that cannot run, one in process. The camera is a
network camera on loopback. Everything above the drivers is as in the field.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from config.city.city import City
from config.settings import ReaderSettings
from drivers.events import Post
from drivers.pcsc.readers import PcscReaders, Readers
from drivers.virtual.blank_card import VirtualBlankCard
from drivers.virtual.camera_feed import CameraFeed
from drivers.virtual.card import VirtualCard
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.in_process_reader import InProcessReader
from drivers.virtual.paper import sheet_with
from drivers.virtual.pcsc_daemon import PcscDaemon, VirtualReadersUnavailable
from drivers.virtual.personas import ANSWER_TIMES, card_of
from drivers.virtual.phone import book_with, phone_showing
from drivers.virtual.psam import PsamMake, VirtualPsam
from drivers.virtual.t_union_card import VirtualTUnionCard
from drivers.virtual.vpcd_slot import VpcdSlot

log = logging.getLogger(__name__)

READER = "Counter"
BLANK, NEW_CARD = "blank", "new-card"
"""A fresh blank card, and the blank that was laid down last with what was written on it."""
CHANGE_S = 0.9
SWAYS = 4
"""Frames of a hand that does not hold quite still."""


class Slot(Protocol):
    def insert(self, card: VirtualCard, disturbance: Disturbance | None = None) -> None: ...

    def remove(self) -> None: ...


class DemonstrationHardware:
    """``directory`` holds the socket of the private pcscd. ``times`` names the speed of the cards.

    Must be made before the first PC/SC call of the process.
    """

    def __init__(self, directory: Path, city: City, times: str = "contactless") -> None:
        self._city = city
        self._times = ANSWER_TIMES[times]
        self._feed = CameraFeed()
        self._daemon: PcscDaemon | None = PcscDaemon(directory, READER)
        self._slot: Slot | None = None
        self._sam_slot: VpcdSlot | None = None
        self._blank = VirtualBlankCard(self._city.region, self._times)
        try:
            self._daemon.start()
            self._daemon.use()
        except VirtualReadersUnavailable as fault:
            log.warning("%s; cards are read in process", fault)
            self._daemon = None

    @property
    def reader_settings(self) -> ReaderSettings:
        """The card slot by name, and the slot of the PSAM where there is one."""
        if self._daemon is None:
            return ReaderSettings()
        card, sam = self._daemon.ports
        return ReaderSettings(cards=card, sam=sam)

    @property
    def camera_source(self) -> str:
        return self._feed.url

    @property
    def daemon(self) -> PcscDaemon | None:
        """The real PC/SC service, or None where cards are read in process."""
        return self._daemon

    def readers(self, post: Post) -> Readers:
        """The readers of this counter."""
        if self._daemon is None:
            reader = InProcessReader(post)
            self._slot = reader.slot
            return reader
        card, sam = self._daemon.ports.values()
        self._slot, self._sam_slot = VpcdSlot(card, change_s=CHANGE_S), VpcdSlot(sam)
        return PcscReaders(self.reader_settings.cards, post)

    def start(self) -> None:
        self._feed.start()
        if self._sam_slot:
            self._sam_slot.insert(VirtualPsam(PsamMake(self._city.region)))

    def stop(self) -> None:
        self.remove_card()
        if self._sam_slot:
            self._sam_slot.remove()
        self._feed.stop()
        if self._daemon:
            self._daemon.stop()

    def insert_card(self, card: str, disturbance: Disturbance | None = None) -> None:
        """Lays a persona's card, or a transport card, on the reader."""
        if self._slot:
            self._slot.insert(self._card(card), disturbance)

    def _card(self, card: str) -> VirtualCard:
        if card in self._city.transport_cards:
            return VirtualTUnionCard(self._city.transport_cards[card], self._times)
        if card == BLANK:
            self._blank = VirtualBlankCard(self._city.region, self._times)
        if card in (BLANK, NEW_CARD):
            return self._blank
        return card_of(self._city.personas[card], self._times)

    def remove_card(self) -> None:
        if self._slot:
            self._slot.remove()

    def show_code(self, content: str | bytes) -> None:
        """Holds a phone before the camera that shows this."""
        self._feed.show(*(phone_showing(content, seed=seed) for seed in range(SWAYS)))

    def show_book(self, barcode: str) -> None:
        self._feed.show(*(book_with(barcode, seed=seed) for seed in range(SWAYS)))

    def show_paper(self, heading: str, lines: tuple[str, ...]) -> None:
        """Lays a printed sheet before the camera."""
        self._feed.show(*(sheet_with(heading, lines, seed=seed) for seed in range(SWAYS)))

    def clear_camera(self) -> None:
        self._feed.clear()
