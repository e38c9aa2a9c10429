"""Sites of terminals, imported from a CSV of terminal, district code, name."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from central.city.naming import districts
from central.city.tables import site
from config.faults import Fault


class SitesUnreadable(Fault):
    """The detail names the line."""

    code = "central.sites_unreadable"


def read(file: Path) -> list[dict[str, Any]]:
    """Raises ``SitesUnreadable``, ``OSError``."""
    rows = []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines), 1):
            if not cells or cells[0] == "terminal":
                continue
            if len(cells) != 3 or cells[1] not in districts() or not 0 < len(cells[0]) <= 64:
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


def demonstration() -> list[dict[str, Any]]:
    """The counters of the shipped profiles."""
    file = resources.files("central") / "seed" / "districts.toml"
    return list(tomllib.loads(file.read_text(encoding="utf-8"))["site"])
