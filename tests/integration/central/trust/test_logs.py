"""FC-58: a failing statement leaves no values in the log of the centre."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from central.database import Database
from central.tables import holder
from config.logging import JsonLines, PlainLines
from tests.cities import personas
from tests.unit.config.test_logging import record

LIU = personas()["liu-zhiyong"]


def test_a_failing_statement_repeats_no_values(database: Database) -> None:
    """Neither the parameters of SQLAlchemy nor the DETAIL of PostgreSQL."""
    row = {
        "subject": "a",
        "name": LIU.name,
        "social_security_number": LIU.social_security_number,
        "birth_date": LIU.birth_date,
    }
    again = insert(holder).values({**row, "subject": "13800138000"})
    with pytest.raises(IntegrityError) as failed:
        database.write(lambda connection: connection.execute(again))
    for formatter in (PlainLines(), JsonLines()):
        line = formatter.format(record("failed", error=failed.value))
        assert "IntegrityError" in line
        for planted in (LIU.name, LIU.social_security_number, "13800138000"):
            assert planted not in line
