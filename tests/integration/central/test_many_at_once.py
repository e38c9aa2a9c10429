"""More counters ask at once than there are connections to the database: all are answered, and soon."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from central.database import POOL, Database, DatabaseBusy
from tests.cities import personas
from tests.integration.central.conftest import NOW
from tests.integration.central.served import served

AT_ONCE = 60
"""Three times the connections of one process, and more than it has threads."""


def test_more_at_once_than_connections_are_all_answered(database: Database) -> None:
    person = personas()["liu-zhiyong"]
    shown = {
        "kind": "social_security_card",
        "card_number": person.card_number,
        "identification_code": person.identification_code,
    }

    def ask(url: str, number: int) -> int:
        asked = {
            "terminal": f"BZ-{number}",
            "trust": "read",
            "credential": shown,
            "services": ["library", "none"],
        }
        return requests.post(f"{url}/v1/identifications", json=asked, timeout=60).status_code

    with served(database, demonstration=True, now=lambda: NOW) as url, ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(3):
            assert set(pool.map(lambda number: ask(url, number), range(AT_ONCE))) == {200}


def test_who_finds_no_connection_is_told_to_come_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.05)
    held = [database.engine.connect() for _ in range(POOL["pool_size"] + POOL["max_overflow"])]
    try:
        with pytest.raises(DatabaseBusy), database.read():
            pass
        with pytest.raises(DatabaseBusy):
            database.write(lambda _: None)
        with database.read_beside() as connection:
            assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    finally:
        for connection in held:
            connection.close()
