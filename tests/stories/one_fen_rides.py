"""The article's own figure: 62,769 rides for one fen on a line of two yuan, from the tap to the settlement.

    python -m tests.stories.one_fen_rides [RIDES]

Several vehicles, each with its own fare desk and journal on disk; the service a validator runs; forwarding
over HTTP; the centre in a process of its own, which rates every ride again. Nothing is written to its
database but its people and what the vehicles send. Prints the settlement; ends with 1 when a fen is missing.
"""

from __future__ import annotations

import queue
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from central.database import Database
from central.departments.tables import account
from central.settlement import Total, told, total
from central.tables import card, holder
from config.settings import BusSettings
from domain.credential import SocialSecurityCard
from domain.messages.contract import TrustLevel
from domain.offline_policy import ActionPolicy, OfflinePolicies, load_policies
from drivers.central.client import CentralClient, sharing_secret
from drivers.central.faults import CentralFault
from terminal.app.embedded import EmbeddedCentral
from terminal.services.bus import BusService
from terminal.store_and_forward.assembly import StoreAndForward, assemble
from terminal.ticketing.fare_budgets import BudgetRefresh
from terminal.ticketing.fare_desk import FareDesk, OnlyTariff
from terminal.visit.effects import SubmitDraft
from terminal.visit.events import Answered
from terminal.visit.steps import Certainty, Facts, Look, Submit
from tests.cities import shipped_tariff

ARTICLE = 62_769
FULL_FEN, PAID_FEN = 200, 1
VEHICLES, RIDES_A_DAY = 4, 2
FIRST_DAY = date(2026, 10, 1)
ZONE = ZoneInfo("Asia/Shanghai")
PATIENCE_S = 900
BUDGET_MS = 1500
SECRET = "a secret of this story"


@dataclass(frozen=True, slots=True)
class Rider:
    """Two rides a day with the same card, one each way."""

    number: int

    @property
    def card(self) -> SocialSecurityCard:
        return SocialSecurityCard(
            card_number=f"T{self.number:08d}",
            identification_code=f"371600D1{self.number:024d}",
            version="3.00",
            algorithm="3DES",
            issue_date=date(2024, 1, 1),
            expiry_date=date(2044, 1, 1),
            name=None,
            social_security_number=None,
        )

    def enter(self, connection: Connection) -> None:
        subject = f"rider-{self.number}"
        connection.execute(
            insert(holder).values(
                subject=subject,
                name="乘客",
                social_security_number=f"Z{self.number:017d}",
                birth_date=date(1990, 1, 1),
            )
        )
        connection.execute(
            insert(card).values(
                identification_code=self.card.identification_code,
                card_number=self.card.card_number,
                subject=subject,
            )
        )
        connection.execute(
            insert(account).values(
                id=f"a{self.number}",
                subject=subject,
                bank_zh="银行",
                bank_en="Bank",
                ending="0000",
                balance_fen=10_000,
            )
        )


class Vehicle:
    """A validator without its screen: the service, the fare desk and the journal are the real ones."""

    def __init__(self, number: int, directory: Path, url: str) -> None:
        self.name = f"BZ-BUS-{number:04d}"
        self.now = datetime(2026, 10, 1, 6, tzinfo=ZONE)
        self._answers: queue.SimpleQueue[Answered] = queue.SimpleQueue()
        settings = BusSettings(tariff="binzhou", line="1", stop="railway", vehicle=self.name)
        self.desk = FareDesk(
            settings,
            OnlyTariff(shipped_tariff("binzhou")),
            directory / "rides.db",
            lambda: self.now,
            lambda: str(uuid4()),
            self._answers.put,
        )
        self._client = CentralClient(url, sharing_secret(SECRET))
        self.terminal: StoreAndForward = assemble(
            directory, self.name, self._client, policies(), BUDGET_MS, lambda _: None
        )
        self._service = BusService()

    def start(self) -> None:
        self.desk.start()
        self.terminal.forwarder.start()

    def stop(self) -> None:
        self.desk.stop()
        self.terminal.forwarder.stop()
        self.terminal.journal.close()

    def hear_budgets(self) -> None:
        """What the vehicle asks of the centre every minute."""
        BudgetRefresh(self._client, self.name, lambda: 0.5, self.desk.learn).step()

    def ride(self, rider: Rider, at: datetime) -> int:
        """One tap, decided and on disk when it returns the fen that were told."""
        self.now = at
        facts = Facts(at.date(), False, rider.card)
        look = self._service.step(facts)
        assert isinstance(look, Look)
        self.desk.look(look)
        answer = self._answers.get()
        facts = Facts(at.date(), False, rider.card, answers=((look.name, answer.data),))
        submit = self._service.step(facts)
        assert isinstance(submit, Submit), submit
        effect = SubmitDraft(0, submit.drafts[0], rider.card, "", TrustLevel.READ)
        outcome = self.terminal.submission.outcome_of(effect)
        assert outcome.certainty is Certainty.CONFIRMED, outcome
        self.desk.keep(effect)
        return int(str(dict(submit.drafts[0].body)["amount_fen"]))

    @property
    def pending(self) -> int:
        return self.terminal.journal.backlog.pending


def policies() -> OfflinePolicies:
    """A whole month may wait on board here: the figure is about fares, not about how long one may be away."""
    shipped = load_policies(("bus",))
    wide = {"count": 10**6, "total_fen": 10**9, "age_hours": 10**4, "count_per_card": 0}
    actions: dict[tuple[str, str], ActionPolicy] = {
        name: policy.model_copy(update=wide) for name, policy in shipped.actions.items()
    }
    return OfflinePolicies(actions)


def journeys(rides: int, riders: int) -> Iterator[tuple[Rider, datetime, int]]:
    """Who rides when, and in which vehicle: out in the morning, back in the evening, day after day."""
    for number in range(rides):
        rider, trip = number % riders, number // riders
        day, back = divmod(trip, RIDES_A_DAY)
        at = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time(), ZONE)
        at += timedelta(hours=17 if back else 6, seconds=rider)
        yield Rider(rider), at, rider % VEHICLES


@dataclass(frozen=True, slots=True)
class Result:
    total: Total
    lines: tuple[str, ...]
    alarms: int
    ridden_s: float
    delivered_s: float


def run(rides: int, directory: Path) -> Result:
    """Rides so often and waits until the centre has every ride."""
    riders = max(1, -(-rides // 40))
    url = f"sqlite:///{directory / 'centre' / 'central.db'}"
    (directory / "centre").mkdir(parents=True)
    database = Database(url)
    database.write(lambda connection: [Rider(number).enter(connection) for number in range(riders)])
    database.close()
    centre = EmbeddedCentral(directory / "centre", demonstration=False, secret=SECRET)
    centre.start()
    vehicles = [Vehicle(number, directory / f"vehicle-{number}", centre.url) for number in range(VEHICLES)]
    began = time.monotonic()
    try:
        for vehicle in vehicles:
            vehicle.start()
        plan: list[list[tuple[Rider, datetime]]] = [[] for _ in vehicles]
        for rider, at, number in journeys(rides, riders):
            plan[number].append((rider, at))
        threads = [
            threading.Thread(target=lambda v=vehicle, p=part: [v.ride(*each) for each in p])
            for vehicle, part in zip(vehicles, plan, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ridden_s = time.monotonic() - began
        delivered(vehicles)
        delivered_s = time.monotonic() - began
    finally:
        for vehicle in vehicles:
            vehicle.stop()
        centre.stop()
    return settled(url, rides, riders, ridden_s, delivered_s)


def delivered(vehicles: list[Vehicle]) -> None:
    """Waits until nothing is pending on any vehicle."""
    looked = threading.Event()
    deadline = time.monotonic() + PATIENCE_S
    while any(vehicle.pending for vehicle in vehicles):
        for vehicle in vehicles:
            vehicle.terminal.forwarder.new_work()
        if looked.wait(0.1) or time.monotonic() > deadline:
            raise CentralFault(f"{sum(vehicle.pending for vehicle in vehicles)} rides did not arrive")


def settled(url: str, rides: int, riders: int, ridden_s: float, delivered_s: float) -> Result:
    from central.alarms import listed

    last = FIRST_DAY + timedelta(days=rides // (riders * RIDES_A_DAY) + 1)
    database = Database(url)
    with database.read() as connection:
        sum_ = total(connection, FIRST_DAY, last)
        lines = tuple(told(connection, FIRST_DAY, last))
        alarms = len(listed(connection))
    database.close()
    return Result(sum_, lines, alarms, ridden_s, delivered_s)


def main() -> int:
    rides = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLE
    with tempfile.TemporaryDirectory(prefix="one-fen-") as folder:
        result = run(rides, Path(folder))
    saved = result.total.full_fen - result.total.paid_fen
    lines = (
        *result.lines,
        f"{result.total.rides:,} rides, {saved / 100:,.2f} yuan saved, {result.alarms} alarms; "
        f"{rides / result.ridden_s:,.0f} taps a second decided and on disk, "
        f"all at the centre after {result.delivered_s:,.1f} s",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    right = (rides, rides * FULL_FEN, rides * PAID_FEN, rides * (FULL_FEN - PAID_FEN))
    sum_ = result.total
    found = (sum_.rides, sum_.full_fen, sum_.paid_fen, sum_.funded_fen)
    return 0 if found == right and result.alarms == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
