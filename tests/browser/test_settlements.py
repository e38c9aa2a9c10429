"""The daily settlement on its page: told by the nightly order, each department its own lines, the file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from central.database import Database
from central.exports import daily
from central.exports.tables import settled_day, settled_line
from central.fleet.administration import administer
from central.officials.tables import audit
from tests.browser.driver import Browser
from tests.browser.officials import account, enter
from tests.cities import ZONE
from tests.integration.central.catalogue_desk import CatalogueDesk

WHO = "yang-ying"


pytestmark = pytest.mark.usefixtures("forgotten")


def settled_yesterday(database: Database, folder: Path) -> str:
    """One withdrawal from the housing fund, a day ago, settled as the timer does it."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    desk = CatalogueDesk(database, now=yesterday)
    result = desk.do("housing-fund-withdrawal", "pay", WHO, amount_fen=2_000_000)
    assert result.outcome.value == "confirmed", result
    url = database.engine.url.render_as_string(hide_password=False)
    (said,) = administer(url, folder / "keys", "daily", ["yesterday", str(folder)])
    day = yesterday.astimezone(ZONE).date().isoformat()
    assert f"settlement-{day}.csv" in said
    return day


def test_a_department_sees_its_own_lines_and_an_administrator_all_and_the_file(
    window: Browser, centre: str, database: Database, tmp_path: Path
) -> None:
    day = settled_yesterday(database, tmp_path)
    with database.read() as connection:
        assert [row.day.isoformat() for row in connection.execute(select(settled_day))] == [day]
        (of,) = set(connection.execute(select(settled_line.c.department)).scalars())
    account(database, "own", "department", of)
    enter(window, centre, "own")
    window.open(f"{centre}/overview/settlements")
    assert "20,000.00" in window.text
    window.open(f"{centre}/overview/settlements/{day}.csv")
    assert "20000" not in window.text
    window.forget()
    account(database, "other", "department", "transport")
    enter(window, centre, "other")
    window.open(f"{centre}/overview/settlements?day={day}")
    assert day in window.text
    assert "20,000.00" not in window.text
    window.forget()
    account(database, "chen", "administrator")
    enter(window, centre, "chen")
    window.open(f"{centre}/overview/settlements")
    assert "20,000.00" in window.text
    content = window.run(
        "const a = new XMLHttpRequest(); a.open('GET', arguments[0], false); a.send(); return a.responseText",
        f"/overview/settlements/{day}.csv",
    )
    assert daily.is_whole(content)
    assert content == (tmp_path / f"settlement-{day}.csv").read_text(encoding="utf-8")
    with database.read() as connection:
        done = {(row.who, row.did) for row in connection.execute(select(audit))}
    assert {("chen", "fetched_settlement"), ("own", "not_allowed")} <= done


def test_before_the_first_day_is_settled_the_page_says_so(
    window: Browser, centre: str, database: Database
) -> None:
    account(database, "chen", "administrator")
    enter(window, centre, "chen")
    window.open(f"{centre}/overview/settlements?day=nonsense")
    assert "还没有结算过" in window.text
