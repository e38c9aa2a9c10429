"""A demonstration: virtual hardware, an embedded centre, and a counter over them, in one place."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from config.city.loading import load_city
from config.clock import Clock, clock_at
from config.faults import Fault
from config.settings import Settings
from drivers.central.client import plain_session
from drivers.central.wallet import WalletClient
from drivers.virtual.demonstration import DemonstrationHardware
from drivers.virtual.disturbance import Disturbance
from drivers.virtual.pcsc_daemon import PcscDaemon
from drivers.virtual.wallet_phone import BoundPhone, WalletPhone
from runtime.one_shot import OneShot
from terminal.app.embedded import EmbeddedCentral
from terminal.provisioning.access import CentralAccess, new_secret, to_embedded
from ui.counter import Counter
from ui.window_face import Voice

log = logging.getLogger(__name__)

HEALTH_BUDGET_MS = 2000
PAPERS = {
    "register": ("HOUSEHOLD REGISTER", "SPECIMEN", "An invented address", "Family of three"),
    "permit": ("RESIDENCE PERMIT", "SPECIMEN", "An invented address", "until 2030-12-31"),
}
"""Texts of the invented sheets, by the catalogue's names of papers."""


class Showing(StrEnum):
    """Codes of a phone: an opaque token, the signed electronic card, or the transport's ride code."""

    ONLINE = "online"
    SIGNED = "signed"
    RIDE = "ride"


class Demonstration:
    """``data`` holds everything it makes. ``central_url`` empty starts an embedded centre. ``voice``
    speaks in the system's place, and then there are no sounds. ``at``: the moment it begins at, for the
    counter, its own centre and every phone; None: now.

    Raises ``CentralNotStarted`` and what ``Counter`` raises.
    """

    def __init__(
        self,
        settings: Settings,
        data: Path,
        central_url: str = "",
        *,
        voice: Voice | None = None,
        at: datetime | None = None,
    ) -> None:
        self.data = data
        self.city = load_city(settings.city)
        self.now: Clock = clock_at(at)
        self.central: EmbeddedCentral | None = None
        if central_url:
            self.access = CentralAccess(central_url, plain_session, lambda: None)
        else:
            secret = new_secret()
            self.central = EmbeddedCentral(
                data / "central",
                demonstration=True,
                secret=secret,
                clock=self.now if at else None,
                city=settings.city,
            )
            self.central.start()
            self.access = to_embedded(self.central.url, secret, self.central.authority_file)
        pcsc = PcscDaemon.place(data / "pcsc")
        pcsc.mkdir(parents=True, exist_ok=True)
        self.hardware = DemonstrationHardware(pcsc, self.city)
        camera = settings.camera.model_copy(update={"source": self.hardware.camera_source})
        self.settings = settings.model_copy(
            update={"demonstration": True, "camera": camera, "readers": self.hardware.reader_settings}
        )
        self._wallet = WalletClient(self.access.url)
        self._phones: dict[str, WalletPhone] = {}
        self._scanned: dict[str, BoundPhone] = {}
        self._client = self.access.client()
        self.counter = Counter(
            self.settings,
            data / "terminal",
            self.access,
            readers_for=self.hardware.readers,
            quiet=voice is not None,
            voice=voice,
            clock=self.now,
        )

    @property
    def register_folder(self) -> Path:
        """Where the embedded centre drops its reports to the register of guests."""
        return self.data / "central" / "register"

    def start(self) -> None:
        self.hardware.start()
        self.counter.start()

    def stop(self) -> None:
        self.counter.stop()
        self.hardware.stop()
        if self.central:
            self.central.stop()

    @property
    def has_centre(self) -> bool:
        """Its own centre runs, and was not lost on purpose."""
        return self.central is not None and self.central.running

    def centre_answers(self) -> bool:
        try:
            self._client.health(HEALTH_BUDGET_MS)
        except Fault:
            return False
        return True

    def lose_centre(self) -> None:
        """The embedded centre dies, as it would out of coverage."""
        if self.central:
            self.central.kill()

    def regain_centre(self) -> None:
        """It is there again, at the same address, with the same database."""
        if self.central:
            self.central.start()

    def present_card(self, persona: str, disturbance: Disturbance | None = None) -> None:
        self.hardware.insert_card(persona, disturbance)

    def load_phone(self, persona: str) -> WalletPhone:
        """This persona's phone, with what it needs to show codes without a network: fetched once, while there
        is one. Raises ``WalletUnreachable``."""
        self._take_up(persona)
        phone = self._phones.setdefault(persona, WalletPhone(self._wallet, persona, self.now))
        if not phone.loaded:
            phone.load()
        return phone

    def has_own_phone(self, persona: str) -> bool:
        """Whether this persona's phone was bound at a counter."""
        return isinstance(self._phones.get(persona), BoundPhone)

    def scan_screen(self, persona: str) -> None:
        """Hold a new phone of this persona to the code on the counter's screen, if there is one. It shows
        codes once the person confirmed it at the counter; until then the previous phone does.
        """
        shown = dict(self.counter.model._get_screen())
        if shown.get("kind") == "code":
            text = str(shown["value"])
            OneShot("phone", lambda: self._scan(persona, text))

    def _scan(self, persona: str, text: str) -> None:
        phone = BoundPhone(self._wallet, persona, self.now)
        try:
            phone.scan(text)
        except Fault as fault:
            log.warning("the phone binds nothing: %s", fault)
        else:
            self._scanned[persona] = phone

    def _take_up(self, persona: str) -> None:
        """The phone that scanned the counter's screen, once it is bound."""
        phone = self._scanned.get(persona)
        if phone is None:
            return
        with suppress(Fault):
            phone.load()
            self._phones[persona] = self._scanned.pop(persona)

    def present_phone(self, persona: str, showing: Showing = Showing.ONLINE, audience: str = "") -> None:
        """Makes a code, or asks the centre for one, as a phone does, off Qt's thread; and holds it before the
        camera. A phone that needs a network and has none shows an unknown code."""

        def make_and_show() -> None:
            self.hardware.show_code(self._shown(persona, showing, audience))

        OneShot("phone", make_and_show)

    def _shown(self, persona: str, showing: Showing, audience: str) -> str | bytes:
        try:
            match showing:
                case Showing.ONLINE:
                    self._take_up(persona)
                    return self._phones.get(persona, WalletPhone(self._wallet, persona, self.now)).token()
                case Showing.SIGNED:
                    return self.load_phone(persona).signed_code(audience)
                case Showing.RIDE:
                    return self.load_phone(persona).ride_code()
        except Fault:
            return "OC1:" + "0" * 40

    def present_book(self, book: str) -> None:
        """Hold a copy before the camera: by its id on the city's shelf, or by what is on its label."""
        barcode = self.city.barcode(book)
        OneShot("book", lambda: self.hardware.show_book(barcode))

    def present_paper(self, heading: str, *lines: str) -> None:
        """Lays a printed sheet before the camera, as it is there before anybody takes its picture."""
        self.hardware.show_paper(heading, lines)

    def present_sheet(self, paper: str) -> None:
        """One of ``PAPERS``, off Qt's thread."""
        heading, *lines = PAPERS[paper]
        OneShot("paper", lambda: self.present_paper(heading, *lines))

    def take_away(self) -> None:
        self.hardware.remove_card()
        self.hardware.clear_camera()
