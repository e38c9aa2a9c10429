"""Audit log of the staff, one row an action, bound to the row before: append-only, and checked with the key.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from terminal.staff.hashing import Hashing

FIRST_PREVIOUS = bytes(32)
LONGEST_DETAIL = 400


class Act(StrEnum):
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_REMOVED = "account_removed"
    PIN_CHANGED = "pin_changed"
    CARD_CHANGED = "card_changed"
    UNLOCKED = "unlocked"
    SIGNED_IN = "signed_in"
    NOT_LET_IN = "not_let_in"
    LOCKED_OUT = "locked_out"
    SIGNED_OUT = "signed_out"
    TIMED_OUT = "timed_out"
    INBOX_OPENED = "inbox_opened"
    ITEM_OPENED = "item_opened"
    ITEM_SETTLING = "item_settling"
    ITEM_SETTLED = "item_settled"
    TODAY_OPENED = "today_opened"
    VOIDING = "voiding"
    VOIDED = "voided"
    REPRINTED = "reprinted"
    JOURNAL_OPENED = "journal_opened"
    JOURNAL_VERIFIED = "journal_verified"
    TESTS_RUN = "tests_run"
    CAMERA_SHOWN = "camera_shown"
    DAY_OPENED = "day_opened"
    HOUSE_OPENED = "house_opened"
    SERVING = "serving"
    INSPECTION_BEGUN = "inspection_begun"
    CODE_ASKED_ABOUT = "code_asked_about"
    TICKET_INSPECTED = "ticket_inspected"
    SCREEN_CLEANED = "screen_cleaned"
    TERMINAL_LEFT = "terminal_left"
    RECORD_OPENED = "record_opened"
    STAFF_CALLED = "staff_called"
    STAFF_ANSWERED = "staff_answered"
    STAFF_CALL_ENDED = "staff_call_ended"


@dataclass(frozen=True, slots=True)
class Deed:
    """One row. ``number`` is 0 and ``name`` a system user where the command line was used; for a try to
    sign in that failed, ``number`` is what was typed and ``name`` is empty."""

    sequence: int
    at: str
    act: str
    number: int
    name: str
    detail: str


def note(
    database: sqlite3.Connection,
    hashing: Hashing,
    at: datetime,
    act: Act,
    number: int,
    name: str,
    detail: str = "",
) -> None:
    """Appends one row inside the caller's transaction."""
    last = database.execute("SELECT sequence, hash FROM deed ORDER BY sequence DESC LIMIT 1").fetchone()
    sequence, previous = (last[0] + 1, last[1]) if last else (1, FIRST_PREVIOUS)
    deed = Deed(sequence, at.isoformat(), act.value, number, name, detail[:LONGEST_DETAIL])
    database.execute(
        "INSERT INTO deed (sequence, at, act, number, name, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*_columns(deed), hashing.of_row(previous, _row(deed))),
    )


def deeds(database: sqlite3.Connection, newest: int) -> list[Deed]:
    """The newest so many, oldest first."""
    rows = database.execute(
        "SELECT sequence, at, act, number, name, detail FROM deed ORDER BY sequence DESC LIMIT ?", (newest,)
    ).fetchall()
    return [Deed(*row) for row in reversed(rows)]


def broken(database: sqlite3.Connection, hashing: Hashing) -> Iterator[int]:
    """Numbers of rows that are not as they were written, or whose predecessor is gone."""
    expected, previous = 1, FIRST_PREVIOUS
    for *columns, hash_ in database.execute(
        "SELECT sequence, at, act, number, name, detail, hash FROM deed ORDER BY sequence"
    ):
        deed = Deed(*columns)
        if deed.sequence != expected or hashing.of_row(previous, _row(deed)) != hash_:
            yield deed.sequence
        expected, previous = deed.sequence + 1, hash_


def _columns(deed: Deed) -> tuple[int, str, str, int, str, str]:
    return deed.sequence, deed.at, deed.act, deed.number, deed.name, deed.detail


def _row(deed: Deed) -> str:
    return json.dumps(_columns(deed), ensure_ascii=False)
