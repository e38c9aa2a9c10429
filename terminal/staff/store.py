"""Staff accounts on disk: who there is, who may sign in, and the record of it all.

SQLite below ``staff/`` of the data folder; the key of its hashes lies apart, below ``keys/``. Every change
and its row of the record are one transaction. A try is counted on disk before its PIN is looked at: pulling
the plug gives no free tries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from math import ceil
from pathlib import Path

from argon2 import PasswordHasher

from domain.lockout import Tries, locked_for
from runtime.sqlite_file import SqliteFile, writing
from terminal.staff.account import HIGHEST_NUMBER, Member, Role, fit_name, fit_pin, may_be_pin
from terminal.staff.audit import Act, Deed, broken, deeds, note
from terminal.staff.faults import (
    AccountUnfit,
    AccountUnknown,
    CardUnknown,
    LockedOut,
    NotLetIn,
    StaffUnreadable,
)
from terminal.staff.hashing import Hashing, key_in

FILE_NAME = "staff.db"
SCHEMA = """
CREATE TABLE IF NOT EXISTS member (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, pin TEXT NOT NULL,
    card BLOB UNIQUE, removed INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS member_name ON member (name) WHERE removed = 0;
CREATE TABLE IF NOT EXISTS tries (number INTEGER PRIMARY KEY, count INTEGER NOT NULL, latest_at TEXT NOT NULL)
    STRICT;
CREATE TABLE IF NOT EXISTS deed (
    sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, act TEXT NOT NULL, number INTEGER NOT NULL,
    name TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS deed_is_not_changed BEFORE UPDATE ON deed
    BEGIN SELECT RAISE(ABORT, 'the record of deeds is append-only'); END;
CREATE TRIGGER IF NOT EXISTS deed_is_not_removed BEFORE DELETE ON deed
    BEGIN SELECT RAISE(ABORT, 'the record of deeds is append-only'); END;
"""
MEMBER = "SELECT number, name, role, card IS NOT NULL FROM member"


def staff_directory(data: Path) -> Path:
    return data / "staff"


def key_of(data: Path) -> Path:
    return data / "keys" / "staff.key"


class StaffStore:
    """One connection, for one thread at a time. Methods raise ``StaffFault``."""

    def __init__(self, data: Path, hasher: PasswordHasher | None = None) -> None:
        directory = staff_directory(data)
        path = directory / FILE_NAME
        with _told_as_faults():
            is_new = not path.exists()
            key = key_in(key_of(data), may_make=is_new)
            # Damaged accounts are never begun again: anybody could then be the first to sign in.
            self._database = SqliteFile(path, SCHEMA, pragmas=("secure_delete=ON",)).open()
        self._hashing = Hashing(key, hasher)

    def close(self) -> None:
        self._database.close()

    def members(self) -> list[Member]:
        with _told_as_faults():
            rows = self._database.execute(f"{MEMBER} WHERE removed = 0 ORDER BY number").fetchall()
            return [_member(row) for row in rows]

    def add(self, name: str, role: Role, pin: str, now: datetime, by: str) -> Member:
        """Raises ``AccountUnfit``. Numbers are never given again: the record stays clear."""
        name, pin_hash = fit_name(name), self._hashing.of_pin(fit_pin(pin))
        with self._changing() as database:
            number: int = database.execute("SELECT coalesce(max(number), 0) + 1 FROM member").fetchone()[0]
            if number > HIGHEST_NUMBER:
                raise AccountUnfit(f"there is no number above {HIGHEST_NUMBER}")
            if database.execute("SELECT 1 FROM member WHERE name = ? AND removed = 0", (name,)).fetchone():
                raise AccountUnfit(f"there is a {name} already")
            database.execute(
                "INSERT INTO member (number, name, role, pin) VALUES (?, ?, ?, ?)",
                (number, name, role.value, pin_hash),
            )
            database.execute("DELETE FROM tries WHERE number = ?", (number,))
            note(database, self._hashing, now, Act.ACCOUNT_ADDED, 0, by, f"{number} {name} {role.value}")
        return Member(number, name, role)

    def remove(self, number: int, now: datetime, by: str) -> None:
        """Raises ``AccountUnknown``."""
        with self._changing() as database:
            member = _known(database, number)
            database.execute(
                "UPDATE member SET removed = 1, card = NULL, pin = '' WHERE number = ?", (number,)
            )
            note(database, self._hashing, now, Act.ACCOUNT_REMOVED, 0, by, f"{number} {member.name}")

    def change_pin(self, number: int, pin: str, now: datetime, by: str) -> None:
        """Raises ``AccountUnknown`` or ``AccountUnfit``."""
        pin_hash = self._hashing.of_pin(fit_pin(pin))
        with self._changing() as database:
            _known(database, number)
            database.execute("UPDATE member SET pin = ? WHERE number = ?", (pin_hash, number))
            note(database, self._hashing, now, Act.PIN_CHANGED, 0, by, str(number))

    def give_card(self, number: int, card_number: str | None, now: datetime, by: str) -> None:
        """The card's number is kept as a hash; None takes the card away. Raises ``AccountUnknown`` or
        ``AccountUnfit`` when another member has it."""
        card = self._hashing.of_card(card_number) if card_number else None
        with self._changing() as database:
            _known(database, number)
            if database.execute(
                "SELECT 1 FROM member WHERE card = ? AND number <> ?", (card, number)
            ).fetchone():
                raise AccountUnfit("another member has this card")
            database.execute("UPDATE member SET card = ? WHERE number = ?", (card, number))
            detail = f"{number} {'given' if card else 'taken away'}"
            note(database, self._hashing, now, Act.CARD_CHANGED, 0, by, detail)

    def unlock(self, number: int, now: datetime, by: str) -> None:
        """Raises ``AccountUnknown``."""
        with self._changing() as database:
            _known(database, number)
            database.execute("DELETE FROM tries WHERE number = ?", (number,))
            note(database, self._hashing, now, Act.UNLOCKED, 0, by, str(number))

    def sign_in(self, number: int, pin: str, now: datetime) -> Member:
        """Sign in with number and PIN. Raises ``LockedOut`` or ``NotLetIn``, which also covers an unknown
        number.
        """
        if not 1 <= number <= HIGHEST_NUMBER:
            number = HIGHEST_NUMBER + 1
        self._count(number, now)
        with _told_as_faults():
            row = self._database.execute(
                "SELECT pin FROM member WHERE number = ? AND removed = 0", (number,)
            ).fetchone()
        fits = self._hashing.is_pin(row[0] if row else self._hashing.nobody, pin)
        with self._changing() as database:
            if row is None or not fits or not may_be_pin(pin):
                note(database, self._hashing, now, Act.NOT_LET_IN, number, "")
                refused = True
            else:
                refused = False
                member = _known(database, number)
                database.execute("DELETE FROM tries WHERE number = ?", (number,))
                note(database, self._hashing, now, Act.SIGNED_IN, number, member.name, "pin")
        if refused:
            raise NotLetIn
        return member

    def member_with(self, card_number: str) -> Member:
        """Member with this card. Raises ``CardUnknown``."""
        with _told_as_faults():
            row = self._database.execute(
                f"{MEMBER} WHERE card = ? AND removed = 0", (self._hashing.of_card(card_number),)
            ).fetchone()
        if row is None:
            raise CardUnknown
        return _member(row)

    def sign_in_with_card(self, card_number: str, now: datetime) -> Member:
        """For a card that was proved genuine. Raises ``CardUnknown``."""
        member = self.member_with(card_number)
        self.note(now, Act.SIGNED_IN, member, "card")
        return member

    def note(self, now: datetime, act: Act, member: Member, detail: str = "") -> None:
        """On record when it returns."""
        with self._changing() as database:
            note(database, self._hashing, now, act, member.number, member.name, detail)

    def deeds(self, newest: int) -> list[Deed]:
        with _told_as_faults():
            return deeds(self._database, newest)

    def broken_deeds(self) -> list[int]:
        """Rows of the record that are not as they were written."""
        with _told_as_faults():
            return list(broken(self._database, self._hashing))

    def _count(self, number: int, now: datetime) -> None:
        """Counts this try on disk before the PIN is looked at. Raises ``LockedOut``."""
        with self._changing() as database:
            row = database.execute(
                "SELECT count, latest_at FROM tries WHERE number = ?", (number,)
            ).fetchone()
            tries = Tries(row[0], datetime.fromisoformat(row[1])) if row else Tries()
            left = locked_for(tries, now)
            if not left:
                database.execute(
                    "INSERT INTO tries (number, count, latest_at) VALUES (?, ?, ?) ON CONFLICT (number) "
                    "DO UPDATE SET count = excluded.count, latest_at = excluded.latest_at",
                    (number, tries.count + 1, now.isoformat()),
                )
            elif tries.latest_at and now < tries.latest_at:
                database.execute("UPDATE tries SET latest_at = ? WHERE number = ?", (now.isoformat(), number))
        if left:
            raise LockedOut(ceil(left.total_seconds()))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on disk when left without an error."""
        with _told_as_faults(), writing(self._database) as database:
            yield database


@contextmanager
def _told_as_faults() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise StaffUnreadable(str(error)) from error


def _known(database: sqlite3.Connection, number: int) -> Member:
    row = database.execute(f"{MEMBER} WHERE number = ? AND removed = 0", (number,)).fetchone()
    if row is None:
        raise AccountUnknown(str(number))
    return _member(row)


def _member(row: tuple[int, str, str, int]) -> Member:
    return Member(row[0], row[1], Role(row[2]), bool(row[3]))
