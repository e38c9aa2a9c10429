"""A demonstration: virtual hardware, an embedded centre, and a counter over them, in one place."""

from __future__ import annotations

import threading
from pathlib import Path

from config.faults import Fault
from config.settings import CameraSettings, Settings
from drivers.central.client import CentralClient
from drivers.central.wallet import WalletClient
from drivers.virtual.demonstration import DemonstrationHardware
from drivers.virtual.disturbance import Disturbance
from terminal.embedded import EmbeddedCentral
from ui.counter import Counter
from ui.window_face import Voice

HEALTH_BUDGET_MS = 2000


class Demonstration:
    """``data`` holds everything it makes. ``central_url`` empty starts an embedded centre. ``voice``
    speaks in the system's place, and then there are no sounds.

    Raises ``CentralNotStarted`` and what ``Counter`` raises.
    """

    def __init__(
        self, settings: Settings, data: Path, central_url: str = "", *, voice: Voice | None = None
    ) -> None:
        self.data = data
        self.central: EmbeddedCentral | None = None
        if not central_url:
            self.central = EmbeddedCentral(data / "central", demonstration=True)
            self.central.start()
            central_url = self.central.url
        self.central_url = central_url
        pcsc = data / "pcsc"
        pcsc.mkdir(parents=True, exist_ok=True)
        self.hardware = DemonstrationHardware(pcsc)
        camera = CameraSettings(source=self.hardware.camera_source)
        self.settings = settings.model_copy(
            update={"demonstration": True, "camera": camera, "readers": self.hardware.reader_settings}
        )
        self._wallet = WalletClient(central_url)
        self._client = CentralClient(central_url)
        self.counter = Counter(
            self.settings,
            data / "terminal",
            central_url,
            readers_for=self.hardware.readers,
            quiet=voice is not None,
            voice=voice,
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

    def present_phone(self, persona: str) -> None:
        """Asks the centre for a code as a phone does, off Qt's thread, and holds it before the camera."""

        def fetch_and_show() -> None:
            try:
                token = self._wallet.token(persona)
            except Fault:
                token = "OC1:" + "0" * 40
            self.hardware.show_code(token)

        threading.Thread(target=fetch_and_show, name="phone", daemon=True).start()

    def present_book(self, barcode: str) -> None:
        threading.Thread(target=self.hardware.show_book, args=(barcode,), name="book", daemon=True).start()

    def take_away(self) -> None:
        self.hardware.remove_card()
        self.hardware.clear_camera()
