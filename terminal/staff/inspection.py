"""An inspector's check of a passenger's card or code: was it validated on this vehicle?

    card, code ──▶ read or proved, as for a ride ──▶ this vehicle's ride book ──▶ on the staff record ──▶
shown

Nothing is charged and no visit begins. Screen and record name the last four digits, no person's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from pydantic import JsonValue

from config.faults import Fault
from domain.codes.code import ECardToken, RideCode, SignedECard
from domain.credential import Credential, ProvedECard, ProvedRideCode, SocialSecurityCard, TUnionCard
from domain.messages.contract import ECardTokenPresented, Holder, IdentificationRequest, TrustLevel
from drivers.central.faults import CentralFault
from terminal.staff.account import Permission
from terminal.staff.audit import Act
from terminal.staff.desk import StaffDesk
from terminal.staff.events import StaffEvent, TicketInspected

BUDGET_MS = 5_000
NOT_VALIDATED = "bus.not_validated"

Told = Callable[[Mapping[str, JsonValue]], None]


class Cards(Protocol):
    """Reads a card as for a ride, on its reader's thread."""

    def look(self, reader: str, told: Callable[[SocialSecurityCard | TUnionCard | Fault], None]) -> None: ...


class Rides(Protocol):
    """The newest ride of a card, reported on a thread of its own."""

    def inspect(self, card: str, told: Told) -> None: ...


class Identifying(Protocol):
    """Port of the central client for budgets. Raises ``CentralFault``."""

    def identify(self, request: IdentificationRequest, budget_ms: int) -> Holder: ...


class InspectionDesk:
    """Goes through ``desk``: who may inspect, and the staff record, are kept there. ``prove`` hands a code
    over to be checked; its credential comes back through ``proved``. Posts ``TicketInspected``."""

    def __init__(
        self,
        desk: StaffDesk,
        cards: Cards,
        rides: Rides,
        prove: Callable[[SignedECard | RideCode], None],
        central: Identifying,
        terminal: str,
        post: Callable[[StaffEvent], None],
    ) -> None:
        self._desk = desk
        self._cards = cards
        self._rides = rides
        self._prove = prove
        self._central = central
        self._terminal = terminal
        self._post = post

    def begin(self) -> None:
        """The page was opened; on record."""
        self._desk.do(Permission.INSPECT, Act.INSPECTION_BEGUN, "", lambda: None)

    def card(self, reader: str) -> None:
        def told(read: SocialSecurityCard | TUnionCard | Fault) -> None:
            if isinstance(read, Fault):
                self._tell(TicketInspected(code=read.code))
            else:
                self.proved(read)

        self._cards.look(reader, told)

    def code(self, shown: SignedECard | RideCode | ECardToken) -> None:
        if isinstance(shown, ECardToken):
            token = shown.untrusted_token
            self._desk.do(Permission.INSPECT, Act.CODE_ASKED_ABOUT, "", lambda: self._ask_whose(token))
        else:
            self._prove(shown)

    def _ask_whose(self, token: str) -> None:
        """An opaque code says nothing by itself: the centre knows whose it is."""
        request = IdentificationRequest(
            terminal=self._terminal,
            trust=TrustLevel.NONE,
            credential=ECardTokenPresented(token=token),
            services=(),
        )
        try:
            holder = self._central.identify(request, BUDGET_MS)
        except CentralFault as fault:
            self._tell(TicketInspected("e_card", code=fault.code))
            return
        self._look_up(f"subject:{holder.subject}", "e_card", "")

    def proved(self, credential: Credential) -> None:
        """A card that was read, or a code that was proved."""
        self._look_up(credential.subject_key, *named(credential))

    def not_proved(self, code: str) -> None:
        self._tell(TicketInspected(code=code))

    def _look_up(self, card: str, kind: str, tail: str) -> None:
        def told(last: Mapping[str, JsonValue]) -> None:
            if not last.get("ride") or not last.get("here"):
                self._tell(TicketInspected(kind, tail, code=NOT_VALIDATED))
                return
            riders, fen = int(str(last.get("riders") or 1)), int(str(last.get("fen") or 0))
            self._tell(TicketInspected(kind, tail, str(last.get("at")), str(last.get("line")), riders, fen))

        self._rides.inspect(card, told)

    def _tell(self, found: TicketInspected) -> None:
        """Record the inspection first; without a signed-in member nothing is shown."""
        card = f"{found.kind or '?'} {found.tail}".strip()
        seen = found.code or f"{found.line} {found.at}"
        self._desk.do(Permission.INSPECT, Act.TICKET_INSPECTED, f"{card}: {seen}", lambda: self._post(found))


def named(credential: Credential) -> tuple[str, str]:
    """Kind of the credential, and the digits that may be shown."""
    match credential:
        case SocialSecurityCard(card_number=number):
            return "social_security_card", number[-4:]
        case TUnionCard(number=number):
            return "t_union", number[-4:]
        case ProvedRideCode(payment_account=account):
            return "ride_code", account[-4:]
        case ProvedECard():
            return "e_card", ""
    return "e_card", ""
