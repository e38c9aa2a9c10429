"""A terminal that could not start says so to the public, with its code, until it tries again."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from config.city.loading import load_city
from config.clock import in_zone, utc_now
from config.faults import Fault
from config.settings import Settings
from drivers.system.service_manager import ServiceManager
from terminal.visit.states import Counter
from terminal.visit.steps import ServiceSet
from ui.counter import run_until_told
from ui.heartbeat import Heartbeat
from ui.kiosk_model import KioskModel
from ui.sound_effects import SilentSounds
from ui.speech.silent import SilentVoice
from ui.texts import Texts
from ui.window import KioskWindow
from ui.window_face import WindowFace

log = logging.getLogger(__name__)

SHOWN_MS = 30_000


def zone_of(settings: Settings) -> tzinfo:
    """The zone of the city, or that of this machine where the city itself is what is wrong."""
    try:
        return load_city(settings.city).zone
    except Fault:
        return datetime.now().astimezone().tzinfo or UTC


def show_out_of_service(
    application: QGuiApplication,
    manager: ServiceManager,
    settings: Settings,
    fault: Fault,
    shown_ms: int = SHOWN_MS,
) -> None:
    """Half a minute of the screen "out of service"; the service manager then restarts the terminal.

    Raises ``WindowNotShown`` and ``TranslationsMissing`` where nothing can be shown at all.
    """
    log.error("out of service: %s", fault)
    texts = Texts(settings.screen.language)
    model = KioskModel(lambda _: None, in_zone(utc_now, zone_of(settings)))
    model.set_voice(heard=False)
    face = WindowFace(model, settings, ServiceSet(()), texts, SilentVoice(), SilentSounds())
    face.show(Counter(language=settings.screen.language, out_of_service=fault.code, online=False))
    window = KioskWindow(model, settings.screen, lambda _: None, night=settings.night)
    heartbeat = Heartbeat(manager, window.window)
    manager.tell_status(f"out of service: {fault.code}")

    def stop() -> None:
        heartbeat.end()
        window.close()
        texts.close()

    heartbeat.begin()
    QTimer.singleShot(shown_ms, application.exit)
    run_until_told(application, stop)
