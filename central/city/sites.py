"""Sites of terminals, imported from a CSV of terminal, district code, name."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from central.city.tables import site
from config.city.city import City
from config.faults import Fault


class SitesUnreadable(Fault):
    """The detail names the line."""

    code = "central.sites_unreadable"


def read(file: Path, districts: Container[str]) -> list[dict[str, Any]]:
    """``districts``: the codes there are. Raises ``SitesUnreadable``, ``OSError``."""
    rows = []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines), 1):
            if not cells or cells[0] == "terminal":
                continue
            if len(cells) != 3 or cells[1] not in districts or not 0 < len(cells[0]) <= 64:
                raise SitesUnreadable(f"{file}:{number}: terminal, district code, name")
            rows.append({"terminal": cells[0], "district": cells[1], "name": cells[2][:80]})
    return rows


def put(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """From now on uses of these terminals count for their districts; those before stay where they were."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    put = dialect.insert(site)
    put = put.on_conflict_do_update(
        index_elements=["terminal"], set_={"district": put.excluded.district, "name": put.excluded.name}
    )
    listed = list(rows)
    if listed:
        connection.execute(put, listed)
    return len(listed)


def demonstration(city: City) -> list[dict[str, Any]]:
    """The counters of the city's profiles."""
    return [
        {"terminal": each.terminal, "district": each.district, "name": each.name}
        for each in city.said.counter
    ]
