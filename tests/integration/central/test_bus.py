"""Rides at the centre: rated again, alarmed when they differ, charged once, settled to the fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pydantic import JsonValue
from sqlalchemy import delete, insert, select, update

from central import alarms, settlement
from central.database import Database
from central.departments.bus import Bus
from central.departments.bus import settlement as by_line
from central.departments.bus_tables import holder_entitlement, promotion_spent
from central.departments.department import Enquiry
from central.departments.tables import account
from central.fleet import entitlements
from central.fleet.administration import administer
from central.seeding import seed
from central.tables import holder
from central.transactions import apply_batch
from domain.fares import ANYONE, Entitlement, RideHistory, Rider, Tap, TapKind, rate
from domain.fares.keeping import as_json
from domain.messages.contract import (
    Delivery,
    PendingWork,
    SocialSecurityCardPresented,
    Transaction,
    TransactionBatch,
    TransactionResult,
    TrustLevel,
    body_hash,
)
from terminal.ticketing.fare_desk import tap_as_json
from tests.cities import personas, shipped_tariffs
from tests.integration.central.conftest import NOW

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=ZONE)
TARIFF = next(iter(shipped_tariffs().values()))
DAY = date(2026, 11, 23)


@dataclass
class Validator:
    """A vehicle as the centre sees it: it rates what it knows and says what it told the rider."""

    database: Database
    name: str = "BZ-BUS-0001"
    line: str = "1"
    sequence: int = 0
    previous: str = "0" * 64
    history: dict[str, RideHistory] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)

    def tap(self, persona: str = "rider", at: datetime = MORNING, **more: object) -> TransactionResult:
        """``told_fen`` and ``tariff`` may differ from what is right; ``rider`` is who the fare is for."""
        told = more.pop("told_fen", None)
        tariff = str(more.pop("tariff", TARIFF.version))
        rider, version = more.pop("rider", ANYONE), more.pop("entitlement_list", 0)
        assert isinstance(rider, Rider)
        tap = Tap(str(uuid4()), at, self.name, self.line, "social_security_card", **more)  # type: ignore[arg-type]
        known = self.history.get(persona, RideHistory())
        fare = rate(TARIFF, tap, rider, known, self.spent)
        self.history[persona] = known.after(fare)
        body: dict[str, JsonValue] = {
            "amount_fen": fare.fen if told is None else int(str(told)),
            "tap": tap_as_json(tap),
            "ride": as_json(fare.ride),
            "tariff": tariff,
            "spent": dict(self.spent),
            "born": rider.birth_date.isoformat() if rider.birth_date else "",
            "entitlements": [each.kind for each in rider.entitlements],
            **({"entitlement_list": int(str(version))} if version else {}),
        }
        if fare.ride.promotion_id:
            self.spent[fare.ride.promotion_id] = (
                self.spent.get(fare.ride.promotion_id, 0) + fare.ride.promotion_fen
            )
        return self.send(persona, body, at)

    def send(self, persona: str, body: Mapping[str, JsonValue], at: datetime = MORNING) -> TransactionResult:
        person = personas()[persona]
        self.sequence += 1
        made = Transaction(
            id=uuid4(),
            terminal=self.name,
            sequence=self.sequence,
            previous=self.previous,
            service="bus",
            action="ride",
            occurred_at=at,
            trust=TrustLevel.READ,
            credential=SocialSecurityCardPresented(
                card_number=person.card_number, identification_code=person.identification_code
            ),
            body=dict(body),
        )
        self.previous = body_hash(made)
        batch = TransactionBatch(
            terminal=self.name,
            pending=PendingWork(count=0),
            deliveries=(Delivery(transaction=made, accepted_offline=True),),
        )
        departments = {"bus": Bus()}
        (result,) = self.database.write(lambda connection: apply_batch(connection, batch, departments, NOW))
        return result

    @property
    def alarms(self) -> list[str]:
        with self.database.read() as connection:
            return [str(each["detail"]) for each in alarms.listed(connection) if each["kind"] == "fare"]


@pytest.fixture
def validator(database: Database) -> Validator:
    return Validator(database)


def balance(database: Database, persona: str) -> int:
    with database.read() as connection:
        return int(
            connection.execute(
                select(account.c.balance_fen)
                .join(holder, holder.c.subject == account.c.subject)
                .where(holder.c.persona == persona)
            ).scalar_one()
        )


def test_a_ride_rated_alike_is_charged_and_raises_no_alarm(validator: Validator) -> None:
    before = balance(validator.database, "rider")
    result = validator.tap()
    assert (result.outcome.value, result.data["charged_fen"]) == ("confirmed", 1)
    assert balance(validator.database, "rider") == before - 1
    assert validator.alarms == []


@pytest.mark.parametrize("told_fen", [0, 2, 200])
def test_a_fare_told_otherwise_than_the_tariff_says_is_an_alarm_and_the_right_one_is_charged(
    validator: Validator, told_fen: int
) -> None:
    result = validator.tap(told_fen=told_fen)
    assert result.data["charged_fen"] == 1
    assert validator.alarms == [f"told {told_fen}, rated 1"]


def test_a_tariff_nobody_published_is_an_alarm_and_nobody_is_charged(validator: Validator) -> None:
    result = validator.tap(tariff="0" * 64)
    assert (result.outcome.value, result.data["charged_fen"]) == ("confirmed", 0)
    assert validator.alarms == ["unknown tariff"]


def test_a_delivery_that_comes_twice_is_charged_once(validator: Validator) -> None:
    before = balance(validator.database, "rider")
    validator.tap()
    again = Validator(validator.database)
    again.tap(at=MORNING + timedelta(seconds=5))
    assert balance(validator.database, "rider") == before - 1


def test_who_was_rightly_told_a_price_pays_no_more_and_the_operator_bears_the_rest(
    validator: Validator,
) -> None:
    """One-fen rides are two a day: the third vehicle could not know, the centre does."""
    fens = []
    for number in range(3):
        vehicle = Validator(validator.database, f"BZ-BUS-000{number + 2}")
        fens.append(vehicle.tap(at=MORNING + timedelta(hours=number + 1)).data["charged_fen"])
    assert fens == [1, 1, 1]
    assert validator.alarms == []
    with validator.database.read() as connection:
        rows = {row["funder"]: row["funded_fen"] for row in by_line(connection, DAY, DAY)}
    assert rows == {"滨州市人社局与合作银行": 398, "": 199}


def test_a_budget_that_is_used_up_ends_the_promotion_once_the_vehicle_has_heard(validator: Validator) -> None:
    budget = next(each for each in TARIFF.city.promotion if each.id == "one-fen").budget_fen
    validator.database.write(
        lambda connection: connection.execute(
            insert(promotion_spent).values(promotion="one-fen", fen=budget - 100)
        )
    )
    assert validator.tap("rider").data["charged_fen"] == 1
    with validator.database.read() as connection:
        told = Bus().ask(connection, Enquiry("budgets", "", {}, validator.name, NOW))
    assert told == {"spent": {"one-fen": budget - 100}}
    validator.spent = {"one-fen": budget - 100}
    assert validator.tap("trainee").data["charged_fen"] == 200
    assert validator.alarms == []


@pytest.mark.parametrize(
    ("persona", "kind", "paid_fen", "funder"),
    [
        ("li-xinhua", "disabled", 0, "滨州市残疾人联合会"),
        ("long-name", "veteran", 0, "滨州市退役军人事务局"),
    ],
)
def test_what_the_register_vouches_for_counts_whether_the_vehicle_knew_it_or_not(
    validator: Validator, persona: str, kind: str, paid_fen: int, funder: str
) -> None:
    assert validator.tap(persona).data["charged_fen"] == paid_fen
    entitled = Rider(None, (Entitlement(kind),))
    later = MORNING + timedelta(hours=3)
    assert validator.tap(persona, later, rider=entitled).data["charged_fen"] == paid_fen
    assert validator.alarms == []
    with validator.database.read() as connection:
        assert funder in {row["funder"] for row in by_line(connection, DAY, DAY)}


def test_an_entitlement_the_register_does_not_have_is_an_alarm(validator: Validator) -> None:
    free = Rider(None, (Entitlement("veteran"),))
    assert validator.tap("rider", rider=free).data["charged_fen"] == 1
    assert validator.alarms == ["told 0, rated 1"]


def test_who_rode_free_by_the_list_on_board_is_not_charged_when_the_right_had_just_ended(
    validator: Validator,
) -> None:
    def renew() -> int:
        return entitlements.renew(validator.database, 60, NOW)

    renew()
    free = Rider(None, (Entitlement("veteran"),))
    assert validator.tap("long-name", rider=free, entitlement_list=1).data["charged_fen"] == 0
    validator.database.write(lambda c: c.execute(delete(holder_entitlement)))
    renew()
    later, evening = MORNING + timedelta(hours=3), MORNING + timedelta(hours=6)
    aboard = validator.tap("long-name", later, rider=free, entitlement_list=1)
    assert aboard.data["charged_fen"] == 0
    assert validator.alarms == []
    assert validator.tap("long-name", evening, rider=free, entitlement_list=2).data["charged_fen"] > 0
    assert len(validator.alarms) == 1


def test_who_has_too_little_money_was_carried_and_owes(validator: Validator) -> None:
    validator.database.write(lambda connection: connection.execute(update(account).values(balance_fen=0)))
    result = validator.tap()
    assert result.data == {"charged_fen": 1, "paid": False}
    with validator.database.read() as connection:
        (row,) = by_line(connection, DAY, DAY)
    assert (row["paid_fen"], row["owed_fen"]) == (1, 1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"tap": None},
        {"tap": {"id": "x"}},
        {"tap": {"id": "x", "at": "yesterday", "validator": "v"}},
        {"tap": [], "tariff": 7},
    ],
)
def test_what_is_no_tap_is_refused_and_nothing_booked(
    validator: Validator, body: dict[str, JsonValue]
) -> None:
    result = validator.send("rider", body)
    assert (result.outcome.value, result.code) == ("refused", "central.malformed")
    with validator.database.read() as connection:
        assert by_line(connection, DAY, DAY) == []


def test_the_settlement_adds_up_by_line_product_and_funder(validator: Validator) -> None:
    seventy = Rider(personas()["liu-shunli"].birth_date)
    validator.tap("rider")
    validator.tap("trainee", riders=3)
    validator.tap("liu-shunli", rider=seventy)
    county = Validator(validator.database, "BZ-BUS-0601", "601")
    county.tap("visitor", stop_id="coach", kind=TapKind.BOARD)
    with validator.database.read() as connection:
        rows = by_line(connection, DAY, DAY)
        sum_ = settlement.total(connection, DAY, DAY)
        lines = list(settlement.told(connection, DAY, DAY))
    assert sum_.rides == 4
    assert {row["line"] for row in rows} == {"1", "601"}
    assert sum_.full_fen == sum_.paid_fen + sum_.funded_fen
    assert lines[-1].startswith("total")
    funders = {row["funder"] for row in rows if row["funded_fen"]}
    assert {"滨州市人社局与合作银行", "滨州市财政局"} <= funders


def test_the_administrator_settles_days_into_a_file_a_spreadsheet_can_be_trusted_with(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    database = Database(url)
    database.write(lambda connection: seed(connection, NOW))
    Validator(database).tap()
    database.close()
    file = tmp_path / "november.csv"
    lines = administer(url, tmp_path / "keys", "settlement", ["2026-11-01", "2026-11-30", str(file)])
    assert lines[-1] == f"1 rows written to {file}"
    assert file.read_text(encoding="utf-8-sig").splitlines() == [
        "day,line,product,funder,rides,full_fen,paid_fen,owed_fen,funded_fen",
        "2026-11-23,1,city-single,滨州市人社局与合作银行,1,200,1,0,199",
    ]
    with pytest.raises(FileExistsError):
        administer(url, tmp_path / "keys", "settlement", ["2026-11-01", "2026-11-30", str(file)])
    with pytest.raises(ValueError, match="isoformat"):
        administer(url, tmp_path / "keys", "settlement", ["november", "2026-11-30"])
