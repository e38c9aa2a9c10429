"""One person's data given out, and forgotten: nothing of them is left in any column of any table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update

from central import personal_data
from central.database import Database
from central.departments.hotel_tables import hotel_stay
from central.departments.library_tables import library_fine
from central.departments.tables import account, application, due
from central.fleet.administration import administer, random_digits
from central.personal_data import NoSuchPerson, StillOpen
from central.seeding import seed
from central.tables import holder, library_loan, metadata, received
from tests.cities import personas
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import BOOK, Desk

LIU = personas()["liu-zhiyong"]


def everything(database: Database) -> str:
    """Every column of every row, as text."""
    with database.read() as connection:
        return "\n".join(
            str(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(select(table))
        )


def subject(database: Database) -> str:
    with database.read() as connection:
        return personal_data.subject_of(connection, LIU.social_security_number)


def settled(database: Database, of: str) -> None:
    """Everything brought to its end, as departments would."""

    def settle(connection: Connection) -> None:
        for table, values in (
            (library_loan, {"returned_at": NOW}),
            (library_fine, {"paid_at": NOW}),
            (due, {"paid_at": NOW}),
            (hotel_stay, {"left_at": NOW}),
            (application, {"status": "granted"}),
            (account, {"balance_fen": 0}),
        ):
            connection.execute(update(table).where(table.c.subject == of).values(**values))

    database.write(settle)


def with_traces(database: Database) -> str:
    """Business of every kind that keeps words of a person."""
    of = subject(database)
    Desk(database).do("borrow", BOOK, LIU.id)

    def trace(connection: Connection) -> None:
        connection.execute(
            insert(application).values(
                number="A1",
                subject=of,
                service="talent",
                fields={"name": LIU.full_name},
                by="t1",
                at=NOW,
                answer_by=NOW.date(),
            )
        )
        connection.execute(
            insert(hotel_stay).values(
                hotel="h",
                room="1",
                subject=of,
                document="hash",
                name=LIU.full_name,
                from_day=NOW.date(),
                to_day=NOW.date(),
                trust="read",
                came_at=NOW,
                came_by="t2",
            )
        )

    database.write(trace)
    return of


def test_all_that_is_held_of_a_person_is_given_out_and_nothing_of_others(database: Database) -> None:
    of = with_traces(database)
    with database.read() as connection:
        found = personal_data.exported(connection, of)
    assert found["holder"][0]["social_security_number"] == LIU.social_security_number
    assert {"card", "library_loan", "application", "hotel_stay", "received", "account"} <= found.keys()
    text = json.dumps(found, ensure_ascii=False)
    assert "pin_hash" not in text
    for other in personas().values():
        if other.id != LIU.id:
            assert other.social_security_number not in text
            assert other.full_name not in text


def test_a_person_with_something_open_is_not_forgotten_and_told_what(database: Database) -> None:
    of = with_traces(database)
    before = everything(database)
    with pytest.raises(StillOpen, match=r"loans, .*stays, applications"):
        database.write(lambda connection: personal_data.forget(connection, of, random_digits))
    assert everything(database) == before


def test_nothing_of_a_forgotten_person_is_left_and_everybody_else_is(database: Database) -> None:
    of = with_traces(database)
    settled(database, of)
    assert LIU.full_name in everything(database)
    database.write(lambda connection: personal_data.forget(connection, of, random_digits))
    left = everything(database)
    own = (LIU.full_name, LIU.social_security_number, LIU.card_number, LIU.identification_code)
    assert [each for each in own if each in left] == []
    for other in personas().values():
        if other.id != LIU.id:
            assert other.social_security_number in left
    with database.read() as connection:
        assert connection.execute(select(received.c.id, received.c.hash)).all()
        assert connection.execute(select(holder).where(holder.c.subject == of)).one().name == ""


def test_every_table_about_people_is_either_forgotten_or_kept_on_purpose() -> None:
    source = Path(personal_data.__file__).read_text(encoding="utf-8")
    treated = set(re.findall(r"(?:delete|update)\((\w+)\)", source))
    about_people = {table.name for table in metadata.sorted_tables if "subject" in table.c}
    assert about_people - treated == personal_data.KEPT


def test_transactions_of_a_forgotten_person_are_still_never_booked_twice(database: Database) -> None:
    desk = Desk(database)
    borrowed = desk.make("borrow", BOOK, LIU.id)
    desk.send(borrowed)
    of = subject(database)
    settled(database, of)
    database.write(lambda connection: personal_data.forget(connection, of, random_digits))
    again = desk.send(borrowed)[0]
    assert (again.outcome.value, again.data) == ("confirmed", {})
    with database.read() as connection:
        assert connection.execute(select(library_loan).where(library_loan.c.subject == of)).all() == []


def test_the_administrator_names_the_person_in_a_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    database = Database(url)
    database.write(lambda connection: seed(connection, NOW))
    settled(database, subject(database))
    database.close()
    number, out = tmp_path / "number", tmp_path / "held.json"
    number.write_text(LIU.social_security_number + "\n", encoding="ascii")
    (line,) = administer(url, tmp_path / "keys", "person", [str(number), str(out)])
    assert "rows of" in line
    assert out.stat().st_mode & 0o777 == 0o600
    assert LIU.social_security_number in out.read_text(encoding="utf-8")
    with pytest.raises(FileExistsError):
        administer(url, tmp_path / "keys", "person", [str(number), str(out)])
    administer(url, tmp_path / "keys", "forget", [str(number)])
    with pytest.raises(NoSuchPerson):
        administer(url, tmp_path / "keys", "forget", [str(number)])
