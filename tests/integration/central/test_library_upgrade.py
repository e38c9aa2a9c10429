"""A library that was there before holds, fines and kinds of readers goes on, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from central.database import Database
from central.departments.sip2.tables import sip2_request
from central.migrations import migrate
from central.tables import metadata
from domain.messages.contract import Outcome
from tests.integration.central.desk import BOOK, Desk


@pytest.fixture
def older(database: Database) -> Database:
    """As the version before left it: every reader with a limit of ten, no types, no holds, no fines."""

    def go_back(connection: object) -> None:
        for statement in (
            "DROP TABLE library_hold",
            "DROP TABLE library_fine",
            "ALTER TABLE library_patron DROP COLUMN type",
            f"ALTER TABLE {sip2_request.name} DROP COLUMN amount_fen",
            "UPDATE library_patron SET loan_limit = 10",
        ):
            connection.execute(text(statement))  # type: ignore[attr-defined]

    database.write(go_back)
    return database


def test_an_older_library_is_brought_up_to_date_and_lends_as_before(older: Database) -> None:
    added = older.write(lambda connection: migrate(connection, metadata))
    assert set(added) == {
        "library_hold",
        "library_fine",
        "library_patron.type",
        "sip2_request.amount_fen",
    }
    desk = Desk(older)
    assert desk.do("borrow", BOOK, "liu-zhiyong").data["due_date"] == "2026-12-21"
    known = desk.identify("liu-zhiyong")
    assert (known["type"], known["loan_limit"], known["owed_fen"]) == ("adult", 10, 0)
    assert desk.do("return", "2371600000126").data["fine_fen"] == 120
    assert desk.do("borrow", "2371600000126", "yang-ying").outcome is Outcome.CONFIRMED
