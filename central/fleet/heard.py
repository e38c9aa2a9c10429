"""When each terminal was heard last: also one at rest that asks for the hotlist and books nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from central.database import Database, DatabaseBusy
from central.tables import terminal

NOTED_EVERY_S = 120.0


class Heard:
    """Notes a terminal at most every two minutes. Not to be noted is no reason to turn anybody away."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._noted: dict[str, float] = {}

    def note(self, name: str) -> None:
        at = self._monotonic()
        with self._lock:
            if at - self._noted.get(name, float("-inf")) < NOTED_EVERY_S:
                return
            self._noted[name] = at
        with suppress(DatabaseBusy):
            self._database.write(lambda connection: heard(connection, name, self._now()))


def heard(connection: Connection, name: str, now: datetime) -> None:
    """Record the time of contact; the counts held by a terminal come with its transactions."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    noted = dialect.insert(terminal).values(id=name, seen_at=now)
    connection.execute(noted.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now}))
