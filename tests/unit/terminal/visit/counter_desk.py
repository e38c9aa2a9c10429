"""A counter without devices: events go in one by one, what is asked of the world is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from config.settings import VisitSettings
from domain.codes.code import CopyBarcode, ECardToken
from domain.credential import SocialSecurityCard
from domain.messages.contract import Holder, TrustLevel
from drivers.codes.code_seen import CodeSeen
from drivers.pcsc.events import CardArrived
from terminal.services.library import LibraryService
from terminal.visit.effects import Effect, StartTimer, SubmitDraft
from terminal.visit.events import CardRead, Event, Identified, Submitted, TimerFired
from terminal.visit.states import Counter
from terminal.visit.steps import Certainty, Service, ServiceSet, SubmissionOutcome
from terminal.visit.transitions import step
from terminal.visit.world import World

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
READER = "Virtual PCD 00 00"
CARD = SocialSecurityCard(
    card_number="A00000018",
    identification_code="371600D156000005000000A1FFFFFFFF",
    version="2.00",
    algorithm="3DES",
    issue_date=date(2020, 1, 1),
    expiry_date=date(2030, 1, 1),
    name="刘志勇",
    social_security_number="371600199001010016",
)
HOLDER = Holder(
    subject="h_1",
    masked_name="刘*勇",
    masked_number="3716**********0016",
    trust=TrustLevel.READ,
    services={"library": {"status": "active", "loans": 0, "loan_limit": 3}},
)


@dataclass
class Desk:
    """``tell`` steps the visit; ``asked`` is everything it wanted done so far."""

    services: tuple[Service, ...] = (LibraryService(),)
    now: datetime = NOW
    counter: Counter = field(default_factory=Counter)
    asked: list[Effect] = field(default_factory=list)
    prints: bool = False

    @property
    def world(self) -> World:
        services = ServiceSet(self.services)
        return World(services, VisitSettings(), "滨州市图书馆", "BZ-LIB-0001", self.now, self.prints)

    def tell(self, *events: Event) -> Counter:
        for event in events:
            self.counter, effects = step(self.counter, event, self.world)
            self.asked.extend(effects)
        return self.counter

    def effects(self, kind: type) -> list[Effect]:
        return [effect for effect in self.asked if isinstance(effect, kind)]

    def submitted(self) -> list[SubmitDraft]:
        return [effect for effect in self.asked if isinstance(effect, SubmitDraft)]

    def fire(self, name: str) -> Counter:
        """Let the running timer of this name run out."""
        serial = dict(self.counter.timers)[name]
        return self.tell(TimerFired(name, serial))

    def latest_timer(self, name: str) -> StartTimer:
        return [e for e in self.asked if isinstance(e, StartTimer) and e.name == name][-1]

    def show_card(self, card: SocialSecurityCard = CARD) -> Counter:
        return self.tell(CardArrived(0.0, READER), CardRead(READER, card, 12.0))

    def identified_by_card(self, holder: Holder = HOLDER) -> Counter:
        self.show_card()
        return self.tell(Identified(holder))

    def outcome(self, number: int, certainty: Certainty, code: str = "", **data: str) -> Counter:
        return self.tell(
            Submitted(number, SubmissionOutcome(certainty, f"0199-{number:08d}", code, tuple(data.items())))
        )


def copy_seen(barcode: str, repeated: bool = False) -> CodeSeen:
    return CodeSeen(0.0, "scanner", "Code128", CopyBarcode(barcode), repeated)


def phone_seen(token: str = "OC1:" + "A" * 40, repeated: bool = False) -> CodeSeen:
    return CodeSeen(0.0, "camera", "QRCode", ECardToken(token), repeated)


def with_loans(loans: int, status: str = "active") -> Holder:
    return replace_services(HOLDER, {"library": {"status": status, "loans": loans, "loan_limit": 3}})


def replace_services(holder: Holder, services: dict[str, dict[str, object]]) -> Holder:
    return Holder.model_validate({**holder.model_dump(), "services": services})


def expired(card: SocialSecurityCard) -> SocialSecurityCard:
    return replace(card, expiry_date=date(2026, 11, 22))
