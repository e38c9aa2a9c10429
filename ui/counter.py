"""A running counter: a terminal and its window on Qt's thread."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from config.city.loading import load_city
from config.clock import Clock, in_zone, utc_now
from config.settings import Settings
from drivers.events import DeviceEvent
from terminal.app.composition import PostEvent, ReadersFor, Terminal, monotonic_ms
from terminal.provisioning.access import CentralAccess
from terminal.staff.events import SignedIn, StaffEvent
from terminal.visit.events import Event, LanguageChanged, StaffAnswered
from terminal.visit.states import Idle
from terminal.visit.steps import ServiceSet
from ui.inbox import Inbox, Posted
from ui.kiosk_model import KioskModel
from ui.paper_picture import PaperPicture, PaperSeen
from ui.sound_effects import SilentSounds, ready_sounds
from ui.speech.process import COMMAND, SpeechProcess, VoiceFound
from ui.speech.silent import SilentVoice
from ui.staff.area import StaffArea
from ui.staff.hands import StaffHands
from ui.staff.live_picture import LivePicture
from ui.staff.model import StaffModel
from ui.texts import Texts
from ui.window import KioskWindow
from ui.window_face import Voice, WindowFace

log = logging.getLogger(__name__)

SIGNALS_LOOKED_AT_MS = 200
SWITCH_S = 0.001
VISIT_EVENTS = get_args(Event)


class Counter:
    """Needs an application. ``quiet`` leaves voice and sounds out; ``voice`` speaks in the system's place.

    Raises ``JournalFault``, ``SettingsFault``, ``WindowNotShown``.
    """

    def __init__(
        self,
        settings: Settings,
        data: Path,
        access: CentralAccess,
        *,
        readers_for: ReadersFor | None = None,
        quiet: bool = False,
        voice: Voice | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._inbox = Inbox(self._receive)
        self.texts = Texts(settings.screen.language)
        self.model = KioskModel(self._receive, in_zone(clock, load_city(settings.city).zone))
        self._speech = None if quiet or voice else SpeechProcess((*COMMAND, str(data)), told=self._inbox.post)
        if quiet or voice:
            self.model.set_voice(heard=voice is not None)
        self._face = WindowFace(
            self.model,
            settings,
            ServiceSet(),
            self.texts,
            voice or self._speech or SilentVoice(),
            SilentSounds() if quiet else ready_sounds(),
        )
        self.terminal = Terminal(settings, data, access, self._face, self.post, readers_for, clock)
        self.staff_model = StaffModel()
        live = LivePicture(self.terminal.camera, self.post, monotonic_ms)
        self.staff = StaffArea(
            self.staff_model, self.terminal, self.texts, live, self._receive, time.monotonic
        )
        self._paper = PaperPicture(
            self.terminal.camera, self._inbox.post, monotonic_ms, self.terminal.papers.picture
        )
        if self.terminal.camera:
            self._face.also_forget = self.terminal.camera.forget
        self._face.show(self.terminal.kiosk.counter)
        self.window = KioskWindow(
            self.model,
            settings.screen,
            self._scanned,
            self.staff_model,
            settings.night,
            live=live,
            paper=self._paper,
            broken=self.terminal.scans.broken,
        )
        self.staff.clean = self.window.house.startCleaning
        self.staff.leave_terminal = self.window.guard.leave
        self._hands = StaffHands(self.staff)
        self._face.window = self.window

    @property
    def post(self) -> PostEvent:
        """Hands an event over from any thread."""
        return self._inbox.post

    def start(self) -> None:
        self.terminal.start()

    @property
    def at_rest(self) -> bool:
        """True without a visit and without an open staff page."""
        return isinstance(self.terminal.kiosk.counter.stage, Idle) and not self.staff_model.open

    def stop(self) -> None:
        """Threads first, then what they speak to. Nothing of Qt is left for the collector to find."""
        self.terminal.stop()
        if self._speech:
            self._speech.close()
        self._hands.close()
        self.staff.close()
        self._paper.hide()
        self._inbox.close()
        self.window.close()
        self.texts.close()

    def _receive(self, event: Posted) -> None:
        """Devices may report what no visit knows of (a camera found again): that is for the log."""
        if isinstance(event, StaffEvent):
            self.staff.told(event)
            if isinstance(event, SignedIn) and self.terminal.kiosk.counter.staff_called:
                self.terminal.kiosk.receive(StaffAnswered(event.member.name))
        elif isinstance(event, PaperSeen):
            if self._paper.live:
                self.model.show_paper(event.serial)
        elif isinstance(event, VoiceFound):
            self.model.set_voice(heard=event.heard)
        elif self.staff.takes(event):
            return
        elif isinstance(event, VISIT_EVENTS):
            before = self.terminal.kiosk.counter
            self.terminal.kiosk.receive(event)
            if not self._paper.follow(self.terminal.kiosk.counter):
                self.model.hide_paper()
            elif not self.terminal.camera:
                self.model.show_paper(0)
            began_ms = event.at_ms if isinstance(event, DeviceEvent) else None
            self.terminal.measures.seen(before, self.terminal.kiosk.counter, began_ms)
            if isinstance(event, LanguageChanged):
                self.staff.say_anew()
        else:
            log.info("%s", event)

    def _scanned(self, untrusted: str) -> None:
        self.terminal.scans.typed(untrusted)


def favour_the_screen() -> None:
    """Once everything is started: nothing of the interpreter's own holds a frame up for long.

    What start-up made stays for good: the collector need not look at it again and again, 60 ms each time.
    And a thread that computes gives Python's lock up within a millisecond, not five: several of them in turn
    made the screen wait for up to 80 ms on a busy machine.
    """
    gc.freeze()
    sys.setswitchinterval(SWITCH_S)


def run_until_told(
    application: QGuiApplication, stop: Callable[[], None], at_rest: Callable[[], bool] = lambda: True
) -> int:
    """Runs the event loop until the window is closed or the system asks to end: at once (SIGTERM, SIGINT), or
    at the next idle moment (SIGUSR1), given by ``at_rest``."""
    asked: set[int] = set()

    def ask(number: int, _frame: object) -> None:
        asked.add(number)

    def look() -> None:
        at_once = asked & {signal.SIGINT, signal.SIGTERM}
        if at_once or (asked and at_rest()):
            # Not quit(): it asks the window, and a window in public mode says no.
            application.exit()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
        signal.signal(number, ask)
    looking = QTimer()
    looking.setInterval(SIGNALS_LOOKED_AT_MS)
    looking.timeout.connect(look)
    looking.start()
    favour_the_screen()
    code = application.exec()
    stop()
    return code
