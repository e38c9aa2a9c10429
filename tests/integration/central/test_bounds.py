"""Extreme messages: refused by name or kept exactly, never a failure of the centre."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import func, select, text

from central.database import Database
from central.migrations import TooNew, migrate
from central.retention import RETENTION_DAYS, kept_days, purge
from central.tables import identification, metadata, received
from config.settings import SettingsFault
from domain.messages.contract import Outcome, TransactionBatch
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import ANOTHER, BOOK, Desk, presented
from tests.integration.central.served import served


@pytest.fixture
def centre(database: Database) -> Iterator[str]:
    with served(database, demonstration=True, now=lambda: NOW) as url:
        yield f"{url}/v1/transactions"


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def batch(desk: Desk, **changed: Any) -> dict[str, Any]:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    whole = {
        "terminal": desk.terminal,
        "pending": {"count": 0},
        "deliveries": [{"transaction": made.model_dump(mode="json")}],
    }
    whole["deliveries"][0]["transaction"].update(changed)
    return whole


def post(centre: str, message: dict[str, Any]) -> requests.Response:
    return requests.post(
        centre, data=json.dumps(message), headers={"Content-Type": "application/json"}, timeout=5
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": "9999-12-31T23:59:59-14:00"},
        {"occurred_at": "2026-11-23T12:00:00"},
        {"sequence": 2**63},
        {"sequence": 10**40},
        {"sequence": 0},
        {"service": "lib\x00rary"},
        {"service": "lib\nrary"},
        {"action": "\ud800"},
        {"body": {"barcode": "2371\x00"}},
        {"body": {"bar\x00code": "1"}},
        {"body": {"barcode": "\udfff"}},
        {"body": {"number": 2**53}},
        {"body": {"number": 1e999}},
        {"body": {"deep": [[[[[[[[[[[[1]]]]]]]]]]]]}},
        {"body": {"long": "0" * 70_000}},
        {"id": "not-an-id"},
        {"credential": {"kind": "e_card_token", "token": "OC1:\x00\x00\x00\x00\x00"}},
    ],
)
def test_what_a_database_cannot_keep_is_malformed(centre: str, desk: Desk, changed: dict[str, Any]) -> None:
    answer = post(centre, batch(desk, **changed))
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "central.malformed"


@pytest.mark.parametrize(
    "changed",
    [
        {"occurred_at": "2000-01-01T00:00:00Z"},
        {"sequence": 2**53 - 1},
        {"body": {"barcode": 2**53 - 1}},
        {"body": {"barcode": "\u2028\n\t😀"}},
        {"body": {"barcode": {"a": [None, True, 1.5, {}]}}},
        {"service": "'; DROP TABLE holder; --"},
    ],
)
def test_what_is_odd_and_lawful_is_answered(centre: str, desk: Desk, changed: dict[str, Any]) -> None:
    answer = post(centre, batch(desk, **changed))
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"][0]["outcome"] in ("confirmed", "refused")


def test_a_body_without_a_length_is_limited_all_the_same(centre: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(80):
            yield b" " * 65_536

    answer = requests.post(centre, data=endless(), timeout=30)
    assert answer.status_code == 413
    assert answer.json()["code"] == "central.too_large"


def test_a_declared_length_over_the_limit_is_not_read(centre: str) -> None:
    address = urlsplit(centre)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=30) as connection:
        head = b"POST /v1/transactions HTTP/1.1\r\nHost: centre\r\nContent-Length: 99999999999\r\n\r\n"
        connection.sendall(head)
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")


def test_a_visit_that_went_on_offline_is_booked_however_late_it_arrives(desk: Desk) -> None:
    subject = desk.identify("liu-zhiyong")["subject"]
    made = desk.make("borrow", BOOK).model_copy(update={"credential": presented(subject)})
    desk.later(days=60)
    assert desk.send(made, offline=True)[0].outcome is Outcome.CONFIRMED


def test_a_holder_seen_long_ago_is_not_served_online(desk: Desk) -> None:
    subject = desk.identify("liu-zhiyong")["subject"]
    desk.later(days=1)
    made = desk.make("borrow", BOOK).model_copy(update={"credential": presented(subject)})
    assert desk.send(made)[0].code == "holder.not_presented"


def test_a_holder_never_seen_is_not_served_offline_either(desk: Desk) -> None:
    elsewhere = Desk(desk.database, terminal="BZ-LIB-0002")
    subject = elsewhere.identify("liu-zhiyong")["subject"]
    made = desk.make("borrow", BOOK).model_copy(update={"credential": presented(subject)})
    assert desk.send(made, offline=True)[0].code == "holder.not_presented"


def test_a_clock_in_the_future_wins_no_loan_days(desk: Desk) -> None:
    assert desk.do("borrow", BOOK, "liu-zhiyong").outcome is Outcome.CONFIRMED
    renewed = desk.send(desk.make("renew", BOOK, "liu-zhiyong", at=NOW + timedelta(days=365)))[0]
    assert renewed.data["due_date"] == "2026-12-21"


def test_what_is_older_than_it_has_to_be_is_forgotten_and_no_gap_is_seen(desk: Desk) -> None:
    desk.identify("liu-zhiyong")
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.later(days=RETENTION_DAYS + 1)
    assert desk.database.write(lambda connection: purge(connection, desk.now)) == 2
    desk.do("return", BOOK)
    with desk.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(received)).scalar_one() == 1
        assert connection.execute(select(func.count()).select_from(identification)).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM alarm")).scalar_one() == 0


def test_what_may_have_been_booked_and_forgotten_is_not_booked_again(desk: Desk) -> None:
    """Delivered again after the centre forgot its answer, it would be a second loan."""
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    desk.send(made)
    desk.do("return", BOOK)
    before = desk.identify("liu-zhiyong")["loans"]
    desk.later(days=RETENTION_DAYS + 1)
    desk.database.write(lambda connection: purge(connection, desk.now))
    again = desk.send(made, offline=True)[0]
    assert (again.outcome, again.code) == (Outcome.REFUSED, "central.too_old")
    assert desk.send(made, offline=True)[0] == again
    assert desk.identify("liu-zhiyong")["loans"] == before


def test_what_was_told_not_booked_so_long_ago_goes_to_a_person(desk: Desk) -> None:
    made = desk.make("borrow", BOOK, "liu-zhiyong")
    desk.send(made)
    desk.later(days=RETENTION_DAYS + 1)
    desk.database.write(lambda connection: purge(connection, desk.now))
    result = desk.send(made, withdrawn=True)[0]
    assert (result.outcome, result.code) == (Outcome.CONFIRMED, "central.too_old")


def test_a_terminal_found_in_a_cellar_delivers_what_never_came(desk: Desk) -> None:
    desk.do("borrow", BOOK, "liu-zhiyong")
    late = desk.make("borrow", ANOTHER, "liu-zhiyong")
    desk.later(days=RETENTION_DAYS + 1)
    desk.database.write(lambda connection: purge(connection, desk.now))
    assert desk.send(late, offline=True)[0].outcome is Outcome.CONFIRMED


def test_a_terminal_made_anew_under_its_old_name_is_served(desk: Desk) -> None:
    for _ in range(3):
        desk.do("return", BOOK)
    desk.later(days=RETENTION_DAYS + 1)
    desk.database.write(lambda connection: purge(connection, desk.now))
    anew = Desk(desk.database, terminal=desk.terminal, now=desk.now)
    assert anew.do("borrow", BOOK, "liu-zhiyong").outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("told", ["0", "30", "-5", "for ever", "99999999"])
def test_a_retention_too_short_or_no_number_is_refused_at_the_start(told: str) -> None:
    with pytest.raises(SettingsFault, match="31 to 36500"):
        kept_days({"ONECARD_CENTRAL_KEEP_DAYS": told})
    assert kept_days({"ONECARD_CENTRAL_KEEP_DAYS": "90"}) == 90
    assert kept_days({}) == RETENTION_DAYS


def test_an_older_database_gets_the_columns_it_lacks(database: Database) -> None:
    def age(connection: Any) -> None:
        connection.exec_driver_sql("ALTER TABLE terminal DROP COLUMN highest")
        connection.exec_driver_sql("DROP TABLE alarm")

    database.write(age)
    added = database.write(lambda connection: migrate(connection, metadata))
    assert sorted(added) == ["alarm", "terminal.highest"]
    assert database.write(lambda connection: migrate(connection, metadata)) == []
    assert Desk(database).do("borrow", BOOK, "liu-zhiyong").outcome is Outcome.CONFIRMED


def test_a_database_of_something_else_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE alarm (id INTEGER PRIMARY KEY, terminal TEXT)")
    with pytest.raises(TooNew, match=r"alarm\.kind"):
        Database(url)


def test_the_limits_hold_for_messages_built_in_python_too() -> None:
    with pytest.raises(ValueError, match="control"):
        TransactionBatch.model_validate(
            {"terminal": "BZ\x07", "pending": {"count": 0}, "deliveries": []}, strict=False
        )
