"""When the registers of riders are looked through for the entitled cards: before anybody waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from central.database import Database
from central.departments.bus import senior_age
from central.departments.tariffs import CityTariffs
from central.fleet import entitlements

BEFORE, CHORE_S = timedelta(minutes=5), 60.0
"""So much before a vehicle would have to wait for it, the centre's own thread looks."""


def renew_when_due(database: Database, tariffs: CityTariffs, now: datetime, before: timedelta) -> None:
    """Looks through the registers if that is due so much later."""
    with database.read() as connection:
        due = entitlements.due(connection, now + before)
    if due:
        renew(database, tariffs, now)


def renew(database: Database, tariffs: CityTariffs, now: datetime) -> int:
    """Look through the registers now. Returns the number of cards whose entry changed."""
    with database.read() as connection:
        youngest = senior_age(tariffs.known(connection))
    return entitlements.renew(database, youngest, now)
