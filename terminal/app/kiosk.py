"""A running counter: events in, the visit stepped, effects carried out.

``Kiosk`` is the shell round the pure visit. It lives on one thread (the face's); devices, disk and
network have their own and reach it only through ``post``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from config.settings import Settings
from domain.codes.code import RideCode, SignedECard
from domain.credential import PersonalCredential
from drivers.codes.code_seen import CodeSeen
from drivers.pcsc.events import CardArrived
from drivers.printers.slip import Slip
from terminal.app.face import Face
from terminal.visit.effects import (
    AskCentre,
    CallStaff,
    CheckCode,
    CheckPin,
    Effect,
    EndStaffCall,
    ForgetPerson,
    Identify,
    PlaySound,
    PrintReceipt,
    ReadCard,
    SealPin,
    Speak,
    SpeakAgain,
    StartTimer,
    StopTimer,
    SubmitDraft,
    TakePicture,
)
from terminal.visit.events import Event, OfferChanged
from terminal.visit.receipt import slip_of
from terminal.visit.states import Counter, Idle
from terminal.visit.steps import Look, ServiceSet
from terminal.visit.transitions import step
from terminal.visit.world import World

log = logging.getLogger(__name__)


class Device(Protocol):
    """Anything with a thread of its own. ``stop`` returns within a second or says why it cannot."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class CardReading(Protocol):
    """Reads the card in a reader and posts ``CardRead`` or ``CardFailed``; gives it a PIN and posts
    ``PinChecked``."""

    def read(self, reader: str) -> None: ...

    def check_pin(self, reader: str, identification_code: str, pin: str) -> None: ...


CheckCodeFor = Callable[[SignedECard | RideCode], None]
"""Proves a code that vouches for itself and posts ``CodeChecked`` or ``CodeRefused``."""


class HolderQuestion(Protocol):
    """Asks the centre who this is and posts ``Identified`` or ``NotIdentified``; asks what it knows and
    posts ``Answered`` or ``NotAnswered``."""

    def ask(self, credential: PersonalCredential, services: tuple[str, ...]) -> None: ...

    def look(self, question: Look, subject: str) -> None: ...


class Submission(Protocol):
    """Journals a draft, sends it or decides it offline, and posts ``Submitted``."""

    def submit(self, effect: SubmitDraft) -> None: ...


class PaperCamera(Protocol):
    """Photographs a paper and posts ``Photographed`` or ``NotPhotographed``; sends what it took to the centre
    and posts ``Answered`` or ``NotAnswered``; forgets all of it."""

    def take(self, paper: str, most_bytes: int) -> None: ...

    def send(self, question: Look, subject: str) -> None: ...

    def forget(self) -> None: ...


SealPinFor = Callable[[str, str, str, str], None]
"""Seals a PIN (into, key, account, pin) and posts ``Typed`` or ``PinChecked``."""


class SlipPrinter(Protocol):
    """Prints on a thread of its own and posts ``Printed`` or ``NotPrinted`` with ``name``."""

    def print(self, name: str, slip: Slip) -> None: ...


class StaffCallPort(Protocol):
    """Calls the staff and posts ``StaffAnswered``, perhaps never; ends the call."""

    def call(self) -> None: ...

    def end(self, answered_by: str) -> None: ...


class TimerPort(Protocol):
    def start(self, name: str, serial: int, after_ms: int) -> None: ...

    def stop(self, name: str) -> None: ...


class Kiosk:
    """Steps the visit and carries out what it asks. All methods belong to the face's thread."""

    def __init__(
        self,
        settings: Settings,
        services: ServiceSet,
        face: Face,
        cards: CardReading,
        identification: HolderQuestion,
        submission: Submission,
        timers: TimerPort,
        now: Callable[[], datetime],
        seal: SealPinFor,
        local: Callable[[Look], None] = lambda _: None,
        printer: SlipPrinter | None = None,
        check_code: CheckCodeFor = lambda _: None,
        papers: PaperCamera | None = None,
        left: Callable[[], None] = lambda: None,
        calls: StaffCallPort | None = None,
    ) -> None:
        self._settings = settings
        self._services = services
        self._face = face
        self._cards = cards
        self._identification = identification
        self._submission = submission
        self._timers = timers
        self._now = now
        self._seal = seal
        self._local = local
        self._printer = printer
        self._next_offer: ServiceSet | None = None
        self._check_code = check_code
        self._papers = papers
        self._left = left
        self._calls = calls
        self.counter = Counter(language=settings.screen.language, home_language=settings.screen.language)
        self.seen_ms = 0.0
        """From the arrival of the latest card or code to its first screen, in ms."""

    @property
    def services(self) -> ServiceSet:
        """Services offered at present."""
        return self._services

    def receive(self, event: Event) -> None:
        """One event: one step, its screen, then its effects."""
        if isinstance(event, OfferChanged):
            self._next_offer = event.services
            self._renew_offer()
            return
        world = World(
            self._services,
            self._settings.visit,
            self._settings.counter_name,
            self._settings.terminal,
            self._now(),
            prints=self._printer is not None,
        )
        before = self.counter
        self.counter, effects = step(before, event, world)
        if type(before.stage) is not type(self.counter.stage):
            log.info("%s: %s", type(event).__name__, type(self.counter.stage).__name__)
        if self.counter != before:
            self._face.show(self.counter)
        if isinstance(event, CardArrived | CodeSeen):
            self.seen_ms = time.monotonic() * 1000 - event.at_ms
        for effect in effects:
            self._carry_out(effect)
        self._renew_offer()

    def _renew_offer(self) -> None:
        """Nothing changes under a person who is being served."""
        if self._next_offer is None or not isinstance(self.counter.stage, Idle):
            return
        self._services, self._next_offer = self._next_offer, None
        self._face.offers(self._services)
        self._face.show(self.counter)
        log.info("%d services are offered", len(self._services.services))

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case ReadCard(reader=reader):
                self._cards.read(reader)
            case CheckCode(code=code):
                self._check_code(code)
            case Identify(credential=credential, services=services):
                self._identification.ask(credential, services)
            case CheckPin(reader=reader, identification_code=code, pin=pin):
                self._cards.check_pin(reader, code, pin)
            case SealPin(into=into, key=key, account=account, pin=pin):
                self._seal(into, key, account, pin)
            case AskCentre(question=question) if question.local:
                self._local(question)
            case AskCentre(question=question, subject=subject) if question.sends:
                if self._papers:
                    self._papers.send(question, subject)
            case TakePicture(paper=paper, most_bytes=most_bytes):
                if self._papers:
                    self._papers.take(paper, most_bytes)
            case AskCentre(question=question, subject=subject):
                self._identification.look(question, subject)
            case SubmitDraft():
                self._submission.submit(effect)
            case StartTimer(name=name, serial=serial, after_ms=after_ms):
                self._timers.start(name, serial, after_ms)
            case StopTimer(name=name):
                self._timers.stop(name)
            case PlaySound(name=name):
                self._face.play(name)
            case Speak(text=text):
                self._face.speak(text)
            case SpeakAgain():
                self._face.speak_again()
            case PrintReceipt(slip=name, receipt=receipt):
                if self._printer:
                    self._printer.print(name, slip_of(receipt, self._face.say))
            case CallStaff():
                if self._calls:
                    self._calls.call()
            case EndStaffCall(answered_by=name):
                if self._calls:
                    self._calls.end(name)
            case ForgetPerson():
                self._left()
                if self._papers:
                    self._papers.forget()
                self._face.forget()
