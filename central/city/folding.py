"""Adding what is new to the figures kept, so that few rows are read however much was booked."""

from __future__ import annotations

import logging
import threading

from sqlalchemy import text

from central.city.recount import FOLD
from central.database import Database
from config.faults import Fault

log = logging.getLogger(__name__)

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


def keep_folding(database: Database, stopping: threading.Event) -> None:
    """A thread's work until ``stopping``."""
    while not stopping.wait(EVERY_S):
        try:
            while fold(database):
                pass
        except Fault as fault:
            log.warning("the figures were not folded: %s", fault)
