"""One more service with rules of its own, as docs/services.md shows it: a module at each side, two rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import JsonValue
from sqlalchemy import Connection

from central.database import Database
from central.departments.department import Business, Decision, Enquiry, Visitor, confirmed
from central.departments.registry import DEPARTMENTS
from central.seeding import seed
from central.transactions import apply_batch
from domain.credential import SocialSecurityCard
from domain.messages.contract import Delivery, PendingWork, Transaction, TransactionBatch, TrustLevel
from domain.offline_policy import load_policies
from terminal.services.registry import SERVICES, services_of
from terminal.store_and_forward.submission import business_of
from terminal.visit.states import Finished
from terminal.visit.steps import (
    Certainty,
    Draft,
    Facts,
    Finish,
    Option,
    Present,
    Step,
    Submit,
    Text,
    text,
)
from tests.cities import personas
from tests.unit.terminal.visit.counter_desk import NOW, Desk

RIDER = personas()["rider"]
CARD = SocialSecurityCard(
    RIDER.card_number,
    RIDER.identification_code,
    RIDER.version,
    RIDER.algorithm,
    RIDER.issue_date,
    RIDER.expiry_date,
    RIDER.name,
    RIDER.social_security_number,
)


@dataclass(frozen=True, slots=True)
class ParcelService:
    id: str = "parcel"
    label: Text = Text("parcel.name")
    picture: str = "take"
    needs: TrustLevel = TrustLevel.READ
    identify: bool = False
    known_ahead: bool = False
    takes_copies: bool = False
    group: Option | None = None
    starts: tuple[Option, ...] = ()

    def step(self, facts: Facts) -> Step:
        if facts.credential is None:
            return Present(text("parcel.present"))
        if not facts.lines:
            return Submit((Draft("parcel", "collect", (("shelf", "A7"),)),), text("parcel.asking"))
        if facts.lines[0].outcome is None:
            return Submit((), text("parcel.asking"))
        return Finish(facts.lines[0].certainty, text("parcel.done"), None)


@dataclass
class Parcels:
    """The centre's side; ``handed_out`` is its table."""

    handed_out: dict[str, str] = field(default_factory=dict)

    def apply(self, connection: Connection, business: Business) -> Decision:
        self.handed_out[str(business.transaction.body["shelf"])] = business.subject
        return confirmed(shelf="A7")

    def undo(self, connection: Connection, transaction: Transaction) -> bool:
        return False

    def know(self, connection: Connection, visitor: Visitor) -> dict[str, JsonValue]:
        return {}

    def ask(self, connection: Connection, enquiry: Enquiry) -> dict[str, JsonValue] | None:
        return None


def test_a_service_and_its_department_are_two_rows_and_the_rest_serves_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SERVICES, "parcel", ParcelService)
    desk = Desk(services=services_of(("parcel", "library")).services)
    desk.services = desk.services[:1]
    desk.show_card(CARD)
    (effect,) = desk.submitted()
    policy = load_policies(("parcel",)).of("parcel", "collect")
    assert not policy.allowed
    business = business_of(effect, policy)
    made = Transaction(
        id=uuid4(),
        terminal="BZ-PAR-0001",
        sequence=1,
        previous="0" * 64,
        service=business.service,
        action=business.action,
        occurred_at=NOW,
        trust=business.trust,
        credential=business.credential,
        body=business.body,
    )
    parcels, database = Parcels(), Database(f"sqlite:///{tmp_path / 'central.db'}")
    database.write(lambda connection: seed(connection, NOW))
    batch = TransactionBatch(
        terminal="BZ-PAR-0001", pending=PendingWork(count=0), deliveries=(Delivery(transaction=made),)
    )
    departments = {**DEPARTMENTS, "parcel": parcels}
    (result,) = database.write(lambda connection: apply_batch(connection, batch, departments, NOW))
    database.close()
    assert result.outcome.value == "confirmed"
    assert list(parcels.handed_out) == ["A7"]
    assert parcels.handed_out["A7"] != ""
    ended = desk.outcome(0, Certainty.CONFIRMED, shelf="A7").stage
    assert isinstance(ended, Finished)
    assert ended.receipt is not None
