"""Files for departments and funders: complete, minimal, the same again, and recomputed from rows."""

from __future__ import annotations

import csv
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from sqlalchemy import select, update

from central.carrying_out import carried_out
from central.database import Database
from central.departments.bus_tables import bus_ride, bus_saving
from central.departments.registry import DEPARTMENTS
from central.departments.tables import due, posting
from central.exports import daily, transactions
from central.exports.daily import Key, Sum, hash_of
from central.exports.transactions import ExportRefused, ParquetMissing
from central.fleet.administration import administer
from central.tables import received
from domain.messages.contract import Delivery, Outcome, PendingWork, TransactionBatch, TrustLevel
from tests.cities import ZONE, personas, shipped_tariffs
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import BOOK, Desk

TODAY = date(2026, 11, 23)
TOMORROW = NOW + timedelta(days=1)


def book(desk: Desk, service: str, action: str, persona: str, **body: Any) -> None:
    """Booked as the centre does it, with whatever is carried out afterwards."""
    changed = {"service": service, "action": action, "body": body, "trust": TrustLevel.HOLDER}
    made = desk.make("borrow", BOOK, persona).model_copy(update=changed)
    results = desk.send(made)
    batch = TransactionBatch(
        terminal=desk.terminal, pending=PendingWork(count=0), deliveries=(Delivery(transaction=made),)
    )
    (result,) = carried_out(desk.database, batch, results, DEPARTMENTS, desk.now)
    assert result.outcome is Outcome.CONFIRMED, result.code


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def a_day(desk: Desk) -> None:
    """A loan, a refusal, subsidies in cash, a one-fen ride: all really booked."""
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.later(seconds=1)
    desk.do("renew", "2371699999999", "liu-zhiyong")
    li = subject_of(desk, "li-xinhua")
    with desk.database.read() as connection:
        owed = select(due.c.fen).where(due.c.fund == "subsidies", due.c.subject == li)
        total = sum(connection.execute(owed).scalars())
    book(desk, "subsidy-collection", "pay", "li-xinhua", amount_fen=total)
    tap = {
        "id": "ride-1", "at": NOW.isoformat(), "validator": "BZ-BUS-0001", "route_id": "1", "riders": 1,
        "fare_media_id": "social_security_card", "stop_id": "railway", "kind": "board",
    }  # fmt: skip
    version = next(iter(shipped_tariffs()))
    book(desk, "bus", "ride", "liu-zhiyong", tariff=version, tap=tap, amount_fen=1, born=None)


def subject_of(desk: Desk, persona: str) -> str:
    return str(desk.identify(persona)["subject"])


def read(
    desk: Desk, department: str, file: Path, form: str = "csv", key: bytes = b"k" * 32
) -> list[dict[str, str]]:
    with desk.database.read() as connection:
        transactions.write(transactions.rows(connection, department, TODAY, TODAY, key), file, form, ZONE)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_department_gets_its_own_transactions_and_nobody_can_be_known_from_them(
    desk: Desk, tmp_path: Path
) -> None:
    a_day(desk)
    found = read(desk, "culture", tmp_path / "culture.csv")
    assert [(row["service"], row["action"], row["outcome"]) for row in found] == [
        ("library", "borrow", "confirmed"),
        ("library", "renew", "refused"),
    ]
    assert found[0]["person"] == found[1]["person"] != ""
    assert found[0]["district"] == "371602"
    assert found[0]["decided_at"].endswith("+08:00")
    text = (tmp_path / "culture.csv").read_text(encoding="utf-8-sig")
    for person in personas().values():
        for secret in (person.full_name, person.social_security_number, person.card_number):
            assert secret not in text
    assert subject_of(desk, "liu-zhiyong") not in text
    other = read(desk, "culture", tmp_path / "again.csv", key=b"o" * 32)
    assert other[0]["person"] != found[0]["person"]
    assert read(desk, "transport", tmp_path / "transport.csv")[0]["amount_fen"] == "1"


def test_parquet_says_the_same_as_csv(desk: Desk, tmp_path: Path) -> None:
    a_day(desk)
    lines = read(desk, "transport", tmp_path / "transport.csv")
    with desk.database.read() as connection:
        found = transactions.rows(connection, "transport", TODAY, TODAY, b"k" * 32)
        transactions.write(found, tmp_path / "transport.parquet", "parquet", ZONE)
    table = parquet.read_table(tmp_path / "transport.parquet")
    assert table.column_names == list(transactions.COLUMNS)
    (row,) = table.to_pylist()
    assert row["amount_fen"] == int(lines[0]["amount_fen"])
    assert row["decided_at"].isoformat() == lines[0]["decided_at"]
    assert row["person"] == lines[0]["person"]
    assert row["accepted_offline"] is False


def test_without_pyarrow_parquet_is_refused_by_name(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ParquetMissing):
        transactions.write(iter(()), tmp_path / "file.parquet", "parquet", ZONE)


@pytest.mark.parametrize(
    ("department", "first", "last"),
    [
        ("alchemy", TODAY, TODAY),
        ("culture", TODAY, TODAY - timedelta(days=1)),
        ("culture", TODAY - timedelta(days=200), TODAY),
    ],
)
def test_what_cannot_be_exported_is_refused(desk: Desk, department: str, first: date, last: date) -> None:
    with desk.database.read() as connection, pytest.raises(ExportRefused):
        list(transactions.rows(connection, department, first, last, b""))


def test_the_settlement_of_a_day_is_what_its_rows_say(desk: Desk, tmp_path: Path) -> None:
    a_day(desk)
    lines = desk.database.write(lambda connection: daily.settle(connection, TODAY, TOMORROW))
    found = {line.key: line.sum for line in lines}
    with desk.database.read() as connection:
        paid = connection.execute(select(due).where(due.c.paid_by.is_not(None), due.c.paid_by != "")).all()
        ride = connection.execute(select(bus_ride)).one()
        saved = connection.execute(select(bus_saving)).one()
    expected: dict[Key, Sum] = {}
    for each in paid:
        key = Key("subsidies", "subsidy-collection", each.subsidy, "cash")
        expected[key] = expected.get(key, Sum()).with_one(each.paid_by, each.fen)
    expected[Key("transport", "bus", "riders", "fare")] = Sum(1, -1, hash_of(ride.by))
    expected[Key("transport", "bus", saved.funder, "funded")] = Sum(1, 199, hash_of(ride.by))
    assert found == expected
    assert len(paid) == 4
    file = daily.write(TODAY, lines, tmp_path)
    content = file.read_text(encoding="utf-8")
    assert daily.is_whole(content)
    assert not daily.is_whole(content.replace(",199,", ",198,"))
    assert content.splitlines()[-1].startswith("total,2026-11-23,6,")


def test_a_day_told_stays_told_and_what_changes_is_corrected_later(desk: Desk) -> None:
    a_day(desk)
    first = desk.database.write(lambda connection: daily.settle(connection, TODAY, TOMORROW))
    with desk.database.read() as connection:
        by = connection.execute(select(bus_ride.c.by)).scalar_one()
    gone = update(received).where(received.c.id == by).values(outcome="withdrawn")
    desk.database.write(lambda connection: connection.execute(gone))
    again = desk.database.write(lambda connection: daily.settle(connection, TODAY, TOMORROW))
    assert again == first
    next_day, later = TODAY + timedelta(days=1), NOW + timedelta(days=2)
    second = desk.database.write(lambda connection: daily.settle(connection, next_day, later))
    assert {(line.day, line.key.way, line.sum.times, line.sum.fen) for line in second} == {
        (TODAY, "fare", -1, 1),
        (TODAY, "funded", -1, -199),
    }
    third = desk.database.write(
        lambda connection: daily.settle(connection, TODAY + timedelta(days=2), NOW + timedelta(days=3))
    )
    assert third == []
    whole: dict[Key, Sum] = {}
    for line in (*first, *second):
        whole[line.key] = whole.get(line.key, Sum()).plus(line.sum)
    with desk.database.read() as connection:
        assert {key: sum_ for key, sum_ in whole.items() if sum_ != Sum()} == daily.computed(
            connection, TODAY
        )


def test_a_day_that_is_not_over_is_not_settled(desk: Desk) -> None:
    with pytest.raises(daily.DayNotOver):
        desk.database.write(lambda connection: daily.settle(connection, TODAY, NOW))


def test_what_a_bank_moved_and_took_back_again_settles_nothing(desk: Desk) -> None:
    """A payment that was withdrawn leaves two postings and no line."""
    a_day(desk)
    with desk.database.read() as connection:
        (one,) = connection.execute(select(received.c.id).where(received.c.service == "bus")).scalars()
        ways = {key.way for key in daily.computed(connection, TODAY)}
        postings = connection.execute(select(posting.c.by)).scalars().all()
    assert one in postings
    assert "account" not in ways


def test_the_orders_write_the_files_and_leave_a_record(database: Database, tmp_path: Path) -> None:
    desk = Desk(database)
    a_day(desk)
    url = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    told = administer(url, tmp_path / "keys", "daily", ["2026-11-23", str(tmp_path / "out")])
    assert told[0].startswith("6 lines")
    told = administer(
        url, tmp_path / "keys", "export", ["culture", "2026-11-23", "2026-11-23", str(tmp_path / "c.csv")]
    )
    assert told == [f"2 rows written to {tmp_path / 'c.csv'}"]
    assert administer(url, tmp_path / "keys", "recount", []) == ["every figure is what its rows say"]
