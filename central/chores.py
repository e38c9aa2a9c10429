"""Background work of one centre: done by one of its processes, each chore on its own supervised thread."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from datetime import datetime

from central.city import folding
from central.database import Database
from central.departments.register import RegisterDelivery, register_of
from central.departments.tariffs import CityTariffs
from central.fleet import register_looks
from central.retention import kept_days, purge
from runtime.periodic import PeriodicTask
from runtime.task import Task

PURGE_S = 86_400.0
LONGEST_RETRY_S = 5.0
"""Spread to 7.5 s at most: within ten seconds of a database that writes again every chore goes on."""


def chores(
    database: Database,
    register: str,
    now: Callable[[], datetime],
    environment: Mapping[str, str] = os.environ,
    chance: Callable[[], float] = random.random,
) -> list[Task]:
    """Deleting what is old, adding up figures, looking through the registers of riders, reporting guests.

    ``register``: address of the register of guests. A database that was stopped, or any other failure, costs
    a chore one round. Raises ``Fault`` for an environment that cannot be followed.
    """
    days = kept_days(environment)
    tariffs = CityTariffs()

    def purge_old() -> None:
        database.write(lambda connection: purge(connection, now(), days))

    def look() -> None:
        register_looks.renew_when_due(database, tariffs, now(), register_looks.BEFORE)

    return [
        PeriodicTask("purge", PURGE_S, chance, purge_old, longest_retry_s=LONGEST_RETRY_S),
        PeriodicTask(
            "figures",
            folding.EVERY_S,
            chance,
            lambda: folding.fold_all(database),
            longest_retry_s=LONGEST_RETRY_S,
        ),
        PeriodicTask(
            "registers of riders", register_looks.CHORE_S, chance, look, longest_retry_s=LONGEST_RETRY_S
        ),
        RegisterDelivery(database, register_of(register), now, chance),
    ]
