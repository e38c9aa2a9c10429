"""The city's figures are what their rows say, whatever happens to the rows and however many write at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update

from central.city import counting
from central.city.folding import fold
from central.city.recount import differences, recount
from central.city.tables import site, tally, tally_change
from central.database import Database
from central.departments.bus_tables import bus_ride
from central.departments.tables import due
from central.retention import RETENTION_DAYS, purge
from central.tables import card, e_card, holder, received
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import BOOK, Desk

PEOPLE = 6


def counted(database: Database, figure: str) -> tuple[int, int]:
    query = text(
        "SELECT coalesce(sum(times), 0), coalesce(sum(fen), 0) FROM (SELECT figure, times, fen FROM tally "
        "UNION ALL SELECT figure, times, fen FROM tally_change) both_of_them WHERE figure = :figure"
    )
    with database.read() as connection:
        times, fen = connection.execute(query, {"figure": figure}).one()
    return int(times), int(fen)


def disagreements(database: Database) -> list[object]:
    with database.read() as connection:
        return list(differences(connection))


class Chance:
    """Any row of any counted table comes, changes or goes."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (a test's chance)
        self._made = 0

    def happen(self, connection: Connection) -> None:
        self._made += 1
        getattr(self, f"_{self._random.choice(('card', 'e_card', 'due', 'ride', 'received', 'gone'))}")(
            connection
        )

    def _subject(self) -> str:
        return f"chance-{self._random.randrange(PEOPLE)}"

    def _when(self) -> datetime:
        return datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=self._random.randrange(6000))

    def _card(self, connection: Connection) -> None:
        rows = [
            {"identification_code": f"{self._made}-{n}", "card_number": f"{n}", "subject": self._subject()}
            for n in range(self._random.randrange(1, 4))
        ]
        connection.execute(insert(card).values(rows))

    def _e_card(self, connection: Connection) -> None:
        connection.execute(insert(e_card).values(id=str(self._made), subject=self._subject()))

    def _due(self, connection: Connection) -> None:
        paid = self._when() if self._random.random() < 0.5 else None
        fund = self._random.choice(("subsidies", "pension"))
        connection.execute(
            insert(due).values(
                subject=self._subject(), fund=fund, subsidy="grain", title_zh="补", title_en="s",
                fen=self._random.randrange(1, 10_000), period="2026", paid_at=paid,
            )
        )  # fmt: skip
        some = due.c.subject == self._subject()
        turned = self._when() if self._random.random() < 0.6 else None
        connection.execute(update(due).where(some).values(paid_at=turned))

    def _ride(self, connection: Connection) -> None:
        promotion = self._random.choice(("", "one-fen"))
        connection.execute(
            insert(bus_ride).values(
                id=str(self._made), by=str(self._made), terminal="BZ-BUS-0001", subject="", boarded=NOW,
                day=self._when().date(), line="1", product="adult", told_fen=1, fen=1, full_fen=200,
                promotion=promotion, ride={},
            )
        )  # fmt: skip
        connection.execute(
            update(bus_ride).where(bus_ride.c.line == "1").values(fen=self._random.randrange(200))
        )

    def _received(self, connection: Connection) -> None:
        outcome = self._random.choice(("running", "confirmed", "refused"))
        connection.execute(
            insert(received).values(
                id=str(self._made), hash="", terminal=self._random.choice(("BZ-A", "BZ-B")),
                sequence=self._made, previous="", service="library", action="borrow", subject="",
                occurred_at=self._when(), outcome=outcome, decided_at=NOW,
            )
        )  # fmt: skip
        turned = self._random.choice(("confirmed", "refused", "withdrawn"))
        connection.execute(update(received).where(received.c.sequence % 3 == 0).values(outcome=turned))

    def _gone(self, connection: Connection) -> None:
        subject = self._subject()
        connection.execute(delete(card).where(card.c.subject == subject))
        connection.execute(delete(e_card).where(e_card.c.subject == subject))
        connection.execute(update(holder).where(holder.c.subject == subject).values(name=""))


def people(connection: Connection) -> None:
    for number in range(PEOPLE):
        connection.execute(
            insert(holder).values(
                subject=f"chance-{number}", name="某", social_security_number=f"C{number}",
                birth_date=date(1990, 1, 1),
            )
        )  # fmt: skip
    connection.execute(insert(site).values(terminal="BZ-A", district="371602"))


@pytest.mark.parametrize("seed", range(3))
def test_figures_agree_with_their_rows_whatever_happens(database: Database, seed: int) -> None:
    database.write(people)
    chance = Chance(seed)
    for _ in range(60):
        database.write(chance.happen)
        if seed == 0:
            assert disagreements(database) == []
    assert disagreements(database) == []
    assert all(counted(database, figure)[0] for figure in ("persons", "holders", "confirmed", "places"))
    fold(database)
    assert disagreements(database) == []


def test_what_is_rolled_back_was_never_counted(database: Database) -> None:
    before = counted(database, "persons")

    def fail(connection: Connection) -> None:
        people(connection)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write(fail)
    assert counted(database, "persons") == before


def test_a_person_with_two_cards_is_one_holder_however_the_cards_come(database: Database) -> None:
    database.write(people)
    before = counted(database, "holders")[0]

    def issue(number: int) -> None:
        row = {"identification_code": f"race-{number}", "card_number": "1", "subject": "chance-0"}
        database.write(lambda connection: connection.execute(insert(card).values(row)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(issue, range(24)))
    assert counted(database, "holders")[0] == before + 1
    database.write(lambda connection: connection.execute(delete(card).where(card.c.subject == "chance-0")))
    assert counted(database, "holders")[0] == before


def test_folding_while_terminals_book_loses_nothing(database: Database) -> None:
    desks = [Desk(database, terminal=f"BZ-LIB-{number:04d}") for number in range(6)]

    def work(desk: Desk) -> None:
        for _ in range(10):
            desk.do("return", BOOK)
            fold(database)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, desks))
    while fold(database):
        pass
    fold(database)
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tally_change)).scalar_one() == 0
    assert counted(database, "refused")[0] == 60
    assert disagreements(database) == []


def test_a_falsified_figure_is_found_and_a_recount_puts_it_right(database: Database) -> None:
    database.write(lambda connection: connection.execute(update(tally).values(times=tally.c.times + 5)))
    fold(database)
    database.write(lambda connection: connection.execute(update(tally).values(times=tally.c.times + 5)))
    assert disagreements(database) != []
    database.write(recount)
    assert disagreements(database) == []


def test_an_older_database_is_counted_when_it_is_opened_first(database: Database) -> None:
    Desk(database).do("borrow", BOOK, "liu-zhiyong")
    before = counted(database, "confirmed")

    def age(connection: Connection) -> None:
        counting.remove(connection)
        connection.execute(delete(tally))
        connection.execute(delete(tally_change))

    database.write(age)
    assert database.write(counting.install)
    assert counted(database, "confirmed") == before == (1, 0)
    assert not database.write(counting.install)


def test_uses_stay_counted_when_their_rows_are_forgotten(database: Database) -> None:
    desk = Desk(database)
    desk.do("borrow", BOOK, "liu-zhiyong")
    desk.later(days=RETENTION_DAYS + 1)
    database.write(lambda connection: purge(connection, desk.now))
    desk.do("return", BOOK)
    assert disagreements(database) == []
    database.write(recount)
    assert counted(database, "confirmed")[0] == 2
