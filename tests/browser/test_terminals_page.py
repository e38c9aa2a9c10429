"""The page of the city's terminals: which need a hand stand first, with what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from sqlalchemy import Connection

from central.city import sites
from central.database import Database
from central.fleet.heard import heard
from tests.browser.driver import Browser
from tests.browser.officials import account, enter, now
from tests.browser.test_overview import SIZES

pytestmark = pytest.mark.usefixtures("forgotten")


def test_who_looks_after_the_fleet_sees_what_needs_a_hand_first(
    window: Browser, centre: str, database: Database
) -> None:
    def fill(connection: Connection) -> None:
        heard(connection, "BZ-LIB-0001", now())
        heard(connection, "BZ-BUS-0001", now())
        heard(connection, "BZ-VIL-0003", now() - timedelta(hours=5))
        sites.put(connection, [{"terminal": "BZ-LIB-0001", "district": "371602", "name": "滨州市图书馆"}])

    database.write(fill)
    told = {
        "terminal": "BZ-LIB-0001",
        "version": "0.1.0",
        "started_at": now().isoformat(),
        "troubles": [{"name": "printer", "zh": "打印机<b>缺纸</b>，请装纸。", "en": "Out of paper."}],
    }
    assert requests.post(f"{centre}/v1/terminal-states", json=told, timeout=30).status_code == 200
    account(database, "li", "viewer")
    enter(window, centre, "li")
    window.click("[data-figure=terminals] a")
    window.wait_for(lambda: window.address.endswith("/overview/terminals"))
    rows = window.run("return [...document.querySelectorAll('tbody th')].map(e => e.firstChild.textContent)")
    assert rows == ["BZ-VIL-0003", "BZ-LIB-0001", "BZ-BUS-0001"]
    assert "打印机<b>缺纸</b>，请装纸。" in window.text
    assert "失去联系" in window.text
    for width, height in SIZES:
        window.size(width, height)
        assert window.run("return document.documentElement.scrollWidth <= window.innerWidth"), width
    window.type("#words", "图书馆")
    window.submit("form[role=search] button")
    assert "BZ-LIB-0001" in window.text
    assert "BZ-VIL-0003" not in window.text


def test_nobody_sees_the_terminals_without_signing_in(window: Browser, centre: str) -> None:
    window.open(f"{centre}/overview/terminals")
    assert window.address.endswith("/overview/sign-in")
