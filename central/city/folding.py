"""Adding what is new to the figures kept, so that few rows are read however much was booked."""

from __future__ import annotations

from sqlalchemy import text

from central.city.recount import FOLD
from central.database import Database

EVERY_S = 2.0
AT_ONCE = 50_000
NAME = 0x0E_CA_2E
"""One folds at a time; the others go on with their own work."""


def fold(database: Database) -> bool:
    """One round; says whether more may be waiting. Nothing to do on SQLite."""
    if database.engine.dialect.name != "postgresql":
        return False
    with database.engine.begin() as connection:
        if not connection.execute(text("SELECT pg_try_advisory_xact_lock(:name)"), {"name": NAME}).scalar():
            return False
        waiting = connection.execute(text("SELECT count(*) FROM tally_change")).scalar_one()
        if waiting:
            connection.execute(FOLD, {"at_once": AT_ONCE})
        return int(waiting) > AT_ONCE


def fold_all(database: Database) -> None:
    """Rounds until nothing is waiting. Raises what the database raises."""
    while fold(database):
        pass
