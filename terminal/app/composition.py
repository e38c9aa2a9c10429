"""The composition root: settings and hardware in, a running terminal out.

Everything is built here and nowhere else; parts are handed what they need and know no more.
"""

from __future__ import annotations

import logging
import os
import random
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from config.city.loading import load_city
from config.clock import Clock as WallClock
from config.clock import in_zone, utc_now
from config.printer_address import parse_address
from config.settings import PrinterSettings, Settings
from domain.codes.trust import Here
from domain.messages.signed_documents import Configuration
from drivers.cards.authentication import AuthenticatedReading
from drivers.cards.authenticator import HsmAuthenticator, PsamAuthenticator
from drivers.cards.psam import PsamKeys
from drivers.cards.social_security import read_card
from drivers.central.client import CentralClient
from drivers.codes.camera import Camera
from drivers.codes.copies import copy_rules
from drivers.events import DeviceEvent
from drivers.notices.webhook import StaffCall, ring
from drivers.pcsc.connection import open_card
from drivers.pcsc.readers import PcscReaders, Readers
from drivers.printers.printer import Printer
from drivers.printers.printing import Printing
from drivers.scanners.scan_sight import ScanSight
from drivers.scanners.serial_scanner import SerialScanner
from drivers.system_clock import synchronised
from drivers.vehicle.position_feed import PositionFeed
from runtime.supervisor import Supervisor, tasks_of
from terminal.app.face import Face
from terminal.app.kiosk import Device, Kiosk
from terminal.app.timers import Timers
from terminal.card_issuing.card_writing import WRITE, CardWriting
from terminal.card_issuing.personalisation_log import UnfinishedCards
from terminal.diagnostics.checks import Running
from terminal.diagnostics.state_reports import StateReports
from terminal.diagnostics.usage_metrics.store import Measures, measures_file
from terminal.identification.card_reading import PresentedCards, Read
from terminal.identification.central_hsm import CentralHsm
from terminal.identification.code_checking import CodeChecking, reading_of
from terminal.identification.code_trust import IssuersRefresh, KnownIssuers
from terminal.identification.pin_sealing import PinSealing
from terminal.identification.queries import Identification
from terminal.journal.faults import JournalFault
from terminal.journal.opening import journal_in
from terminal.provisioning.access import CentralAccess
from terminal.provisioning.catalogue_delivery import CatalogueCopy, CatalogueRefresh, Offer
from terminal.provisioning.fleet_parts import CardControl, end, fleet_parts
from terminal.provisioning.policies_in_force import PoliciesInForce
from terminal.provisioning.published_settings import PublishedSettings
from terminal.runtime.clock import Clock
from terminal.services.binding_codes import BindingCodes
from terminal.services.catalogue.phone_binding import FRESH
from terminal.services.paper_pictures import PaperPictures
from terminal.staff.calls import ANSWER_S, Ring, StaffCalls
from terminal.staff.cards import StaffCards
from terminal.staff.desk import StaffDesk
from terminal.staff.events import StaffEvent
from terminal.staff.house import HouseDesk
from terminal.staff.inspection import InspectionDesk
from terminal.staff.operator_desk import OperatorDesk
from terminal.store_and_forward.circuit_breaker import Link
from terminal.store_and_forward.forwarding import Forwarder
from terminal.store_and_forward.readiness import Readiness
from terminal.store_and_forward.submission import JournalledSubmission
from terminal.ticketing.entitlements.refresh import EntitlementRefresh
from terminal.ticketing.entitlements.store import ENTITLEMENTS, EntitlementList
from terminal.ticketing.fare_budgets import BudgetRefresh
from terminal.ticketing.fare_desk import SERVICE, FareDesk
from terminal.ticketing.tariffs import TariffRefresh, tariff_book
from terminal.visit.events import Event, OfferChanged
from terminal.visit.steps import Look

log = logging.getLogger(__name__)

PostEvent = Callable[[Event | DeviceEvent | StaffEvent], None]
ReadersFor = Callable[[PostEvent], Readers]


FRESH_MS = 2_000.0
"""A camera whose newest picture is older gives none."""
LOOK_S, LOOKS = 0.1, 15


def monotonic_ms() -> float:
    return time.monotonic() * 1000


def receipt_printing(settings: PrinterSettings, post: PostEvent) -> Printing | None:
    """None where no printer is set. Raises ``WrongAddress``."""
    if not settings.address:
        return None
    return Printing(
        Printer(parse_address(settings.address), settings.width_mm, profile=settings.profile), post
    )


def staff_ring(settings: Settings) -> Ring | None:
    """The house's program for calls to the staff; None where none is set."""
    url = settings.staff.call_webhook
    if not url:
        return None
    return lambda at: ring(url, StaffCall(settings.terminal, settings.counter_name, at), ANSWER_S)


class Terminal:
    """A terminal, assembled. ``post`` hands events over to the face's thread, where ``kiosk`` lives.

    ``readers_for`` replaces the PC/SC readers (a demonstration's), ``clock`` the machine's.
    Raises ``JournalFault``, ``SettingsFault``, ``WrongAddress``.
    """

    def __init__(
        self,
        settings: Settings,
        data: Path,
        access: CentralAccess,
        face: Face,
        post: PostEvent,
        readers_for: ReadersFor | None = None,
        clock: WallClock = utc_now,
    ) -> None:
        self.settings = settings
        self.data = data
        self.city = load_city(settings.city)
        has_camera = bool(settings.camera.source)
        catalogue = CatalogueCopy(data, settings.services, access.authority, camera=has_camera)
        offer = catalogue.offer()
        services = offer.services
        self.policies = PoliciesInForce(offer.policies, PublishedSettings(settings, data, access).in_force)
        face.offers(services)
        self.clock = Clock(in_zone(clock, self.city.zone), monotonic_ms)
        self.journal = journal_in(data, settings.terminal, os.environ)
        cut_short = self.journal.open(self.policies.when_interrupted, self.clock.now())
        if cut_short:
            log.info("%d transactions were cut short and are settled with the centre", cut_short)
        client = access.client()
        self.control = CardControl(data, settings.hotlist, self.clock.now)
        self.link = Link(post, monotonic_ms, self.clock.now, random.random)
        self.readiness = Readiness(lambda: self.journal.fault, post)
        self.forwarder = Forwarder(
            self.journal,
            client,
            self.link,
            self.clock,
            self.readiness,
            random.random,
            ended=lambda: end(access),
        )
        bus = settings.bus
        self.position = PositionFeed(bus.position, bus.position_good_s) if bus.position else None
        self.entitlements = (
            EntitlementList(data / ENTITLEMENTS, bus.entitlements_good_days)
            if SERVICE in settings.services
            else None
        )
        self.tariffs = tariff_book(settings, data, access.authority)
        desk = self._fare_desk(settings, data, post, self.position)
        self._post = post
        self.unfinished_cards = unfinished = UnfinishedCards(data / "unfinished-card.json", post)
        self.submission = submission = JournalledSubmission(
            self.journal,
            client,
            self.link,
            self.clock,
            self.policies.now,
            settings.central.budget_ms,
            self.readiness,
            self.forwarder,
            unfinished.told,
            kept=desk.keep if desk else lambda _: None,
            too_old=self.control.too_old,
        )
        identification = Identification(
            client, settings.terminal, settings.central.budget_ms, post, self.link.reached
        )
        issuers = KnownIssuers(data / "codes", access.authority)
        readers = (
            readers_for(post)
            if readers_for
            else PcscReaders(settings.readers.cards, post, settings.readers.sam)
        )
        psam = PsamAuthenticator(lambda: open_card(settings.readers.sam), PsamKeys())
        read = self._reading(client, psam)
        cards = PresentedCards(
            readers,
            read,
            post,
            lambda: self.clock.now().date(),
            self.control.refuse_blocked,
            self.city.transport_code,
        )
        now, deliver = self.clock.now, self.forwarder.deliver_now
        self.staff = StaffDesk(data, self.journal, self.policies.now, now, post, deliver)
        self.policies.tell(submission.use)
        self.policies.tell(self.staff.use)
        self.house = HouseDesk(self.staff, client, settings.terminal, post)
        self.staff_cards = StaffCards(readers, read, self.control.refuse_blocked, self.staff, post)
        self.measures = Measures(measures_file(data), self.clock.now, monotonic_ms)
        lent = self._lent(client, psam)
        self.operator = OperatorDesk(self.staff, settings, data, self.journal, lent, self.clock.now, post)
        unfinished.over(submission)
        self._writing = CardWriting(
            readers, client, settings.terminal, settings.central.budget_ms, post, unfinished
        )
        page = settings.central.phone_page or f"{access.url}/phone"
        self._binding_codes = BindingCodes(page, secrets.randbelow, post)
        self._desk = desk
        codes = CodeChecking(
            data / "codes",
            lambda: issuers.anchors,
            lambda: reading_of(self.clock, synchronised),
            Here(settings.codes.audience, takes_ride_codes=SERVICE in settings.services),
            self.control.refuse_blocked,
            post,
        )
        self._timers = Timers(post)
        self.supervisor = Supervisor()
        copies = copy_rules(settings.codes.copies)
        self.camera = Camera(settings.camera, post, copies) if settings.camera.source else None
        self.papers = PaperPictures(
            self.camera,
            client,
            settings.terminal,
            settings.central.budget_ms,
            monotonic_ms,
            post,
            self.link.reached,
        )
        self.scans = ScanSight(settings.scanner.quiet_ms, post, copies)
        self._psam = psam
        self.inspection = (
            InspectionDesk(self.staff, cards, desk, codes.check, client, settings.terminal, post)
            if desk
            else None
        )
        self._devices: list[Device] = [
            readers,
            codes,
            identification,
            self.papers,
            submission,
            self.forwarder,
        ]
        self._devices += [self.staff, self.operator, self.measures]
        self._devices.append(IssuersRefresh(issuers, access.client(), random.random))
        self._periodic = fleet_parts(
            settings,
            data,
            access,
            client,
            self.control,
            self.clock.now,
            self.readiness.revoke,
            self._newly_published,
        )
        self._devices += self._periodic
        self.catalogue_refresh = CatalogueRefresh(catalogue, client, random.random, self._newly_offered)
        self._devices.append(self.catalogue_refresh)
        if desk:
            self._devices.insert(0, desk)
            budgets = BudgetRefresh(client, settings.terminal, random.random, desk.learn)
            self._periodic.append(budgets)
            self._devices.append(budgets)
        if self.entitlements:
            every_s = float(bus.entitlements_every_s)
            rights = EntitlementRefresh(
                self.entitlements, client, access.authority, self.clock.now, random.random, every_s
            )
            self._periodic.append(rights)
            self._devices.append(rights)
        if self.tariffs:
            fares = TariffRefresh(self.tariffs, client, self.clock.now, random.random)
            self._periodic.append(fares)
            self._devices.append(fares)
        if self.position:
            self._devices.append(self.position)
        if self.camera:
            self._devices.append(self.camera)
        if settings.scanner.serial_device:
            self._devices.append(SerialScanner(settings.scanner, post, copies))
        self.printing = receipt_printing(settings.printer, post)
        if self.printing:
            self._devices.append(self.printing)
        reports = StateReports(
            settings,
            data,
            lent,
            client,
            lambda: self.readiness.code,
            lambda: self.printing.trouble if self.printing else "",
            self.clock.now(),
            random.random,
            lambda: calls.since,
        )
        calls = StaffCalls(staff_ring(settings), self.staff, self.clock.now, post, reports.hurry)
        self._devices += [reports, calls]
        self.kiosk = Kiosk(
            settings,
            services,
            face,
            cards,
            identification,
            unfinished,
            self._timers,
            self.clock.now,
            PinSealing(post),
            self._answer_here,
            self.printing,
            codes.check,
            self.papers,
            unfinished.leave,
            calls,
        )

    def _lent(self, client: CentralClient, psam: PsamAuthenticator) -> Running:
        """Devices of this terminal that self-tests borrow while it runs."""

        def size() -> tuple[int, int] | None:
            """The next picture is waited for: the last person's is not kept."""
            for _ in range(LOOKS):
                frame = self.camera.latest() if self.camera else None
                if frame and monotonic_ms() - frame.at_ms < FRESH_MS:
                    height, width = frame.taken.picture().shape
                    return width, height
                pause.wait(LOOK_S)
            return None

        pause = threading.Event()
        return Running(client, size, psam.terminal_number, self._fault_of)

    def _fault_of(self, device: str) -> str:
        """Fault of ``camera`` or ``scanner`` that the screen knows. Any thread: a state is never changed."""
        counter = self.kiosk.counter
        return counter.camera_fault if device == "camera" else counter.scanner_fault

    def _answer_here(self, question: Look) -> None:
        """A question that the terminal answers without the centre. Called on the kiosk's thread."""
        if question.name == WRITE:
            self._writing.write(question, self.kiosk.counter.any_card)
        elif question.name == FRESH:
            self._binding_codes.make()
        elif self._desk:
            self._desk.look(question)

    def _newly_offered(self, offer: Offer) -> None:
        """Promises by the newer catalogue at once, choices at the next idle moment."""
        self.policies.by_catalogue(offer.policies)
        self._post(OfferChanged(offer.services))

    def _newly_published(self, said: Configuration) -> None:
        """Promises by the newer limits at once; the newer settings wait for the next start."""
        self.policies.by_centre(said)
        log.warning("settings version %d wait for the next start", said.version)

    def _reading(self, client: CentralClient, psam: PsamAuthenticator) -> Read:
        """How cards are read: proved by the PSAM, by the centre's HSM, or not at all."""
        readers = self.settings.readers
        if readers.sam:
            return AuthenticatedReading(psam, secrets.token_bytes).read
        if readers.central_hsm:
            budget_ms = self.settings.central.budget_ms
            hsm = CentralHsm(client, self.settings.terminal, budget_ms, lambda: self.link.online)
            return AuthenticatedReading(HsmAuthenticator(hsm.ask), secrets.token_bytes).read
        return read_card

    def _fare_desk(
        self, settings: Settings, data: Path, post: PostEvent, feed: PositionFeed | None
    ) -> FareDesk | None:
        if self.tariffs is None:
            return None
        rides = data / "rides" / "rides.db"

        def where() -> tuple[str, str] | None:
            told = feed.position if feed else None
            return (told.route_id, told.stop_id) if told else None

        entitled = self.entitlements.of if self.entitlements else lambda _card, _now: None
        return FareDesk(
            settings.bus,
            self.tariffs,
            rides,
            self.clock.now,
            lambda: str(uuid4()),
            post,
            where,
            entitled,
        )

    def start(self) -> None:
        self._timers.begin()
        for device in self._devices:
            device.start()
        self.supervisor.watch(*tasks_of([self._timers, *self._devices]))
        self.supervisor.start()
        self.unfinished_cards.recover()

    def hurry(self) -> None:
        """Run the periodic requests to the centre now: blocked cards, settings."""
        for each in self._periodic:
            each.hurry()

    def stop(self) -> None:
        """Ends every thread, the journal last: what was begun is on disk."""
        self.supervisor.stop()
        for device in self._devices:
            device.stop()
        self._timers.end()
        self._psam.close()
        self.control.close()
        if self.entitlements:
            self.entitlements.close()
        try:
            self.journal.close()
        except JournalFault as fault:
            log.warning("%s", fault)
