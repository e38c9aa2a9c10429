"""Officials sign in by a password only they know; guesses are counted, locked out and on record."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from central.database import Database
from central.officials import accounts, sessions, trail
from central.officials.faults import LockedOut, NotAccount, NotLetIn, PasswordWeak
from central.officials.passwords import Passwords
from central.officials.roles import Official, Right, Role
from central.officials.tables import audit, official, official_session
from central.retention import purge
from tests.integration.central.conftest import NOW

CHOSEN = "quiet river 2026"
DEPARTMENTS = ("culture", "transport")


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


class Desk:
    """An administrator's and a browser's side of it."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self.database, self.passwords, self.now = database, passwords, NOW
        self._tokens: Iterator[int] = itertools.count()

    def make(self, name: str = "wang", role: str = "viewer", department: str = "") -> str:
        return accounts.make(
            self.database,
            name,
            role,
            department,
            DEPARTMENTS,
            self.passwords,
            lambda n: n // 2,
            self.now,
            "root",
        )

    def ready(self, name: str = "wang", role: str = "viewer", department: str = "") -> None:
        self.make(name, role, department)
        accounts.choose_password(self.database, name, CHOSEN, self.passwords, self.now, "192.0.2.1")

    def sign_in(self, password: str = CHOSEN, name: str = "wang", address: str = "192.0.2.1") -> str:
        return sessions.sign_in(
            self.database,
            name,
            password,
            address,
            self.passwords,
            lambda: f"token-{next(self._tokens)}",
            self.now,
        )

    def session(self, token: str, *, by_person: bool = True) -> sessions.Session | None:
        return sessions.session_of(self.database, token, self.now, by_person=by_person)

    def record(self) -> list[str]:
        with self.database.read() as connection:
            return list(connection.execute(select(audit.c.did).order_by(audit.c.id)).scalars())


@pytest.fixture
def desk(database: Database, passwords: Passwords) -> Desk:
    return Desk(database, passwords)


def test_a_one_time_password_serves_only_to_choose_another(desk: Desk) -> None:
    session = desk.session(desk.sign_in(desk.make(role="administrator")))
    assert session is not None
    assert session.official.must_choose
    assert not any(session.official.may(right) for right in Right)
    desk.ready(role="administrator")
    session = desk.session(desk.sign_in())
    assert session is not None
    assert all(session.official.may(right) for right in Right)


def test_a_one_time_password_lasts_a_day(desk: Desk) -> None:
    given = desk.make()
    desk.now += timedelta(hours=25)
    with pytest.raises(NotLetIn):
        desk.sign_in(given)


def test_neither_passwords_nor_tokens_are_kept(desk: Desk) -> None:
    desk.ready()
    token = desk.sign_in()
    with desk.database.read() as connection:
        kept = str(connection.execute(select(official)).all()) + str(
            connection.execute(select(official_session)).all()
        )
    assert CHOSEN not in kept
    assert token not in kept
    assert "$argon2id$" in kept


@pytest.mark.parametrize("chosen", ["short", "aaaaaaaaaaaaaaaa", "wang-and-more-12", "x" * 200])
def test_a_weak_password_is_not_taken(desk: Desk, chosen: str) -> None:
    desk.make()
    with pytest.raises(PasswordWeak):
        accounts.choose_password(desk.database, "wang", chosen, desk.passwords, desk.now, "")


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(desk: Desk) -> None:
    desk.ready()
    for _ in range(5):
        with pytest.raises(NotLetIn):
            desk.sign_in("wrong")
    with pytest.raises(LockedOut):
        desk.sign_in()
    desk.now += timedelta(seconds=61)
    assert desk.session(desk.sign_in())
    assert desk.record().count("sign_in_refused") == 5
    assert "locked_out" in desk.record()


def test_many_guesses_at_once_are_no_more_than_many_in_a_row(desk: Desk) -> None:
    desk.ready()

    def guess(number: int) -> str:
        try:
            desk.sign_in(f"guess {number}", address=f"192.0.2.{number}")
        except (NotLetIn, LockedOut) as fault:
            return type(fault).__name__
        return "in"

    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(guess, range(12)))
    assert found.count("NotLetIn") == 5
    assert found.count("LockedOut") == 7


def test_names_nobody_has_are_answered_alike_and_an_address_is_shut_out(desk: Desk) -> None:
    for number in range(sessions.FROM_ONE_ADDRESS):
        with pytest.raises(NotLetIn):
            desk.sign_in("guess", name=f"nobody-{number}", address="198.51.100.7")
    desk.ready()
    with pytest.raises(LockedOut):
        desk.sign_in(address="198.51.100.7")
    assert desk.sign_in(address="192.0.2.9")


def test_who_rests_is_signed_out_and_a_page_that_refreshes_itself_keeps_nobody_in(desk: Desk) -> None:
    desk.ready(role="administrator")
    token = desk.sign_in()
    for _ in range(10):
        desk.now += timedelta(minutes=20)
        assert desk.session(token)
    for _ in range(3):
        desk.now += timedelta(minutes=9)
        assert desk.session(token, by_person=False)
    desk.now += timedelta(minutes=9)
    assert desk.session(token, by_person=False) is None


def test_a_page_on_the_wall_stays_for_a_month(desk: Desk) -> None:
    desk.ready()
    token = desk.sign_in()
    desk.now += timedelta(days=29)
    assert desk.session(token, by_person=False)
    desk.now += timedelta(days=2)
    assert desk.session(token, by_person=False) is None
    assert desk.database.write(lambda connection: purge(connection, desk.now)) == 1


def test_a_closed_or_reset_account_ends_its_sessions_at_once(desk: Desk) -> None:
    desk.ready()
    token = desk.sign_in()
    desk.database.write(lambda connection: accounts.close(connection, "wang", desk.now, "root"))
    assert desk.session(token) is None
    with pytest.raises(NotLetIn):
        desk.sign_in()
    desk.ready()
    token = desk.sign_in()
    desk.make()
    assert desk.session(token) is None


def test_whoever_signed_out_is_out(desk: Desk) -> None:
    desk.ready()
    token = desk.sign_in()
    desk.database.write(lambda connection: sessions.sign_out(connection, token, "wang", "", desk.now))
    assert desk.session(token) is None
    assert desk.record()[-1] == "signed_out"


@pytest.mark.parametrize(
    ("name", "role", "department"),
    [
        ("", "viewer", ""),
        ("Wang", "viewer", ""),
        ("w' OR 1=1", "viewer", ""),
        ("wang", "king", ""),
        ("wang", "department", ""),
        ("wang", "department", "alchemy"),
        ("wang", "viewer", "culture"),
    ],
)
def test_what_is_no_account_is_not_made(desk: Desk, name: str, role: str, department: str) -> None:
    with pytest.raises(NotAccount):
        desk.make(name, role, department)


def test_a_department_exports_its_own_and_no_other() -> None:
    culture = Official("wang", Role.DEPARTMENT, "culture")
    assert culture.may_export("culture")
    assert not culture.may_export("transport")
    assert not culture.may(Right.AUDIT)
    assert not culture.may(Right.ACCOUNTS)
    assert Official("li", Role.ADMINISTRATOR).may_export("transport")
    assert not Official("zhao", Role.VIEWER).may_export("culture")


def test_the_trail_is_read_newest_first_and_page_by_page(desk: Desk) -> None:
    def many(connection: object) -> None:
        for number in range(trail.SHOWN + 5):
            trail.note(connection, "wang", "signed_in", NOW, detail=str(number))  # type: ignore[arg-type]

    desk.database.write(many)
    with desk.database.read() as connection:
        first = trail.newest(connection)
        second = trail.newest(connection, before=first[-1].id)
    assert first[0].detail == str(trail.SHOWN + 4)
    assert [row.detail for row in second] == ["4", "3", "2", "1", "0"]
