"""A terminal at rest is known to be there; noting it costs one write in two minutes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from central.city.figures import ONLINE_WITHIN, overview
from central.database import Database
from central.fleet.heard import NOTED_EVERY_S, Heard
from central.tables import terminal
from tests.integration.central.conftest import NOW
from tests.integration.central.desk import BOOK, Desk


def test_a_terminal_that_only_asks_is_online_and_keeps_what_it_told(database: Database) -> None:
    moment, clock = NOW, 0.0
    heard = Heard(database, lambda: moment, lambda: clock)
    Desk(database).do("borrow", BOOK, "liu-zhiyong")
    desk = Desk(database, terminal="BZ-LIB-0002")
    desk.send(desk.make("return", BOOK), pending=4)
    moment = NOW + ONLINE_WITHIN
    with database.read() as connection:
        assert overview(connection, moment).terminals.online == 0
    heard.note("BZ-LIB-0002")
    heard.note("BZ-LIB-0003")
    with database.read() as connection:
        found = overview(connection, moment).terminals
        assert (found.known, found.online, found.pending) == (3, 2, 4)


def test_it_is_noted_no_more_often_than_needed(database: Database) -> None:
    moment, clock = NOW, 0.0
    heard = Heard(database, lambda: moment, lambda: clock)

    def seen() -> object:
        with database.read() as connection:
            return connection.execute(select(terminal.c.seen_at).where(terminal.c.id == "BZ-1")).scalar_one()

    heard.note("BZ-1")
    moment, clock = NOW + timedelta(seconds=NOTED_EVERY_S - 1), NOTED_EVERY_S - 1
    heard.note("BZ-1")
    assert seen() == NOW
    moment, clock = NOW + timedelta(seconds=NOTED_EVERY_S), NOTED_EVERY_S
    heard.note("BZ-1")
    assert seen() == moment
